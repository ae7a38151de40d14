#include "domain/outbox.h"

#include <algorithm>
#include <array>

#include "domain/links_port.h"
#include "domain/outbox_port.h"
#include "domain/transaction.h"

namespace parley {

namespace {

constexpr int max_taken_at_once = 100;

/// A server's answer can be long; the pages show one sentence. The cut never goes through a UTF-8 character.
std::string_view shortened(std::string_view error) {
    constexpr std::size_t max_error_bytes = 500;
    if (error.size() <= max_error_bytes) return error;
    const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(error[at]) & 0xC0U) == 0x80U; };
    std::size_t end = max_error_bytes;
    while (end > 0 && continues(end)) --end;
    return error.substr(0, end);
}

/// It was being sent while its link was renewed or removed, and then came back to the queue.
bool link_is_dead(Transaction& tx, const OutboxMail& mail) {
    if (!mail.link) return false;
    const auto link = tx.links.find(*mail.link);
    return !link || link->revoked_at;
}

}  // namespace

std::optional<Instant> next_attempt(int attempts, Instant created_at, Instant now) {
    using namespace std::chrono_literals;
    static constexpr std::array<seconds, 5> waits{30s, 2min, 10min, 30min, 1h};
    const auto step =
        std::clamp<std::size_t>(attempts < 1 ? 0 : static_cast<std::size_t>(attempts) - 1, 0, waits.size() - 1);
    const Instant next = now + waits.at(step);
    if (next - created_at > give_up_after) return std::nullopt;
    return next;
}

std::vector<OutboxMail> take_due_mail(Transaction& tx, Instant now, int limit) {
    std::vector<OutboxMail> taken;
    for (auto& mail : tx.outbox.due(now, std::clamp(limit, 0, max_taken_at_once))) {
        if (link_is_dead(tx, mail)) {
            tx.outbox.set_withdrawn(mail.id, now);
            continue;
        }
        tx.outbox.set_sending(mail.id, now);
        mail.state = MailState::sending;
        mail.changed_at = now;
        ++mail.attempts;
        taken.push_back(std::move(mail));
    }
    return taken;
}

std::optional<Instant> next_mail_due(Transaction& tx) {
    return tx.outbox.next_due();
}

void mail_sent(Transaction& tx, MailId id, Instant now) {
    tx.outbox.set_sent(id, now);
}

MailState mail_deferred(Transaction& tx, MailId id, std::string_view error, Instant now) {
    const auto mail = tx.outbox.find(id);
    if (!mail || mail->state != MailState::sending) return mail ? mail->state : MailState::withdrawn;
    const auto next = next_attempt(mail->attempts, mail->created_at, now);
    if (!next) {
        tx.outbox.set_failed(id, shortened(error), now);
        return MailState::failed;
    }
    tx.outbox.set_queued(id, shortened(error), *next, now);
    return MailState::queued;
}

void mail_refused(Transaction& tx, MailId id, std::string_view error, Instant now) {
    tx.outbox.set_failed(id, shortened(error), now);
}

int recover_interrupted_mail(Transaction& tx, Instant now) {
    return tx.outbox.requeue_sending(now);
}

}  // namespace parley
