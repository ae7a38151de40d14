#include "mail/mail_round.h"

#include "mail/message.h"

namespace parley {

MailRound::MailRound(const SmtpSettings& settings, const LinkKey& key, const std::string& public_url,
                     const Catalogues& catalogues, Interruption& interruption)
    : settings_{settings}, key_{key}, public_url_{public_url}, catalogues_{catalogues}, interruption_{interruption} {}

std::string MailRound::link_of(const OutboxMail& mail) const {
    if (!mail.mail_link) return {};
    const char* way = mail.mail_link->purpose == LinkPurpose::guest ? "/guest#" : "/in#";
    return public_url_ + way + std::string{link_token(key_, mail.mail_link->name).reveal()};
}

Delivery MailRound::hand_over(const Envelope& envelope, const std::string& bytes) {
    const bool reused = session_ != nullptr;
    if (!reused) session_ = std::make_unique<SmtpSession>(settings_, interruption_);
    auto delivery = session_->deliver(envelope, bytes);
    // A server may close a connection after some mails, or some time. As long as it cannot have taken this one, that
    // says nothing about it.
    const bool again = reused && !session_->usable() && delivery.verdict == Verdict::deferred &&
                       delivery.trouble != MailTrouble::answer_lost && !interruption_.asked();
    if (again) {
        session_.reset();
        session_ = std::make_unique<SmtpSession>(settings_, interruption_);
        delivery = session_->deliver(envelope, bytes);
    }
    if (!session_->usable()) session_.reset();
    return delivery;
}

Attempt MailRound::attempt(const OutboxMail& mail) {
    Attempt attempt;
    try {
        const auto message = build_message(mail, link_of(mail), settings_, catalogues_.of(mail.locale));
        attempt.delivery = hand_over(message.envelope, message.bytes);
    } catch (const Unmailable& e) {
        attempt.delivery = {Verdict::refused, e.trouble(), 0, {}};
    } catch (const SmtpError& e) {
        attempt.delivery = {Verdict::deferred, e.trouble(), 0, {}};
        attempt.server_is_away = true;
        attempt.server_words = e.what();
    }
    if (attempt.delivery.verdict != Verdict::sent) attempt.sentence = sentence(mail, attempt.delivery);
    return attempt;
}

std::string MailRound::sentence(const OutboxMail& mail, const Delivery& delivery) const {
    const auto& catalogue = catalogues_.of(mail.locale);
    const auto reason = catalogue.phrase(std::string{"reason."} + to_text(delivery.trouble));
    if (delivery.words.empty()) return reason.plain();
    return catalogue.phrase("reason.with_words", {{"reason", reason}, {"words", Phrase::value(delivery.words)}})
        .plain();
}

}  // namespace parley
