#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "domain/outbox_mail.h"

namespace parley {

struct Transaction;

/// A mail that the server would not take for this long is given up.
constexpr std::chrono::hours give_up_after{72};

/// When to try again after `attempts` failures: 30 s, 2 min, 10 min, 30 min, then hourly; nothing once it is given up.
/// Pure.
std::optional<Instant> next_attempt(int attempts, Instant created_at, Instant now);

/// The mails to send now, marked `sending` with the attempt counted: hand them to the server only after the commit.
/// One whose link is dead by now is withdrawn instead (M7, M8).
std::vector<OutboxMail> take_due_mail(Transaction&, Instant now, int limit);

/// When the next queued mail is due, for the mailer's timer. Reads only.
std::optional<Instant> next_mail_due(Transaction&);

/// The server took it.
void mail_sent(Transaction&, MailId, Instant now);

/// The server is away or said "later" (4xx): tried again as `next_attempt` has it, or failed once given up.
/// `error` is one sentence that the parent may read. Answers the new state.
MailState mail_deferred(Transaction&, MailId, std::string_view error, Instant now);

/// The server said "never" (5xx), or the mail cannot be built.
void mail_refused(Transaction&, MailId, std::string_view error, Instant now);

/// At start: what was being sent when the box stopped is queued again with the same Message-ID. Answers how many.
int recover_interrupted_mail(Transaction&, Instant now);

}  // namespace parley
