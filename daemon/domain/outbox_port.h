#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "domain/outbox_mail.h"

namespace parley {

class Outbox {
public:
    virtual ~Outbox() = default;
    virtual MailId insert(const NewMail&) = 0;  ///< queued, due at once
    virtual std::optional<OutboxMail> find(MailId) = 0;
    /// Queued mails whose time has come, the longest due first.
    virtual std::vector<OutboxMail> due(Instant now, int limit) = 0;
    virtual std::optional<Instant> next_due() = 0;
    virtual void set_sending(MailId, Instant now) = 0;  ///< counts an attempt
    virtual void set_queued(MailId, std::string_view error, Instant next_attempt_at, Instant now) = 0;
    virtual void set_sent(MailId, Instant now) = 0;
    virtual void set_failed(MailId, std::string_view error, Instant now) = 0;
    virtual void set_withdrawn(MailId, Instant now) = 0;
    virtual void withdraw_queued_of(InviteId, Instant now) = 0;
    /// Every mail in `sending` becomes queued again, due now; answers how many.
    virtual int requeue_sending(Instant now) = 0;
    /// Guest invitations written on behalf of this parent since then.
    virtual int count_invitations(PersonId parent, Instant since) = 0;
    virtual std::vector<OutboxMail> failed(int limit) = 0;  ///< newest first
};

}  // namespace parley
