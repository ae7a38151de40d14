#pragma once
#include <memory>
#include <optional>
#include <string>

#include "domain/link.h"
#include "domain/outbox_mail.h"
#include "mail/catalogue.h"
#include "mail/delivery.h"
#include "mail/interruption.h"
#include "mail/smtp_session.h"

namespace parley {

/// What became of one attempt, with the sentence for the person who sent the mail.
struct Attempt {
    Delivery delivery;
    std::string sentence;      ///< empty when sent
    bool server_is_away{};     ///< nothing can be sent right now, whoever it is for
    std::string server_words;  ///< then: for the log
};

/// Hands mails to the server over one connection that stays open from mail to mail. One thread.
class MailRound {
public:
    /// All must outlive it.
    MailRound(const SmtpSettings&, const LinkKey&, const std::string& public_url, const Catalogues&, Interruption&);

    /// Builds the mail and hands it over. Where the server has closed a connection that was used before, it is opened
    /// anew once. Throws nothing but what broke in ourselves.
    Attempt attempt(const OutboxMail&);
    /// Closes the connection.
    void finish() { session_.reset(); }

private:
    [[nodiscard]] std::string link_of(const OutboxMail&) const;
    Delivery hand_over(const Envelope&, const std::string& bytes);
    [[nodiscard]] std::string sentence(const OutboxMail&, const Delivery&) const;

    const SmtpSettings& settings_;
    const LinkKey& key_;
    const std::string& public_url_;
    const Catalogues& catalogues_;
    Interruption& interruption_;
    std::unique_ptr<SmtpSession> session_;
};

}  // namespace parley
