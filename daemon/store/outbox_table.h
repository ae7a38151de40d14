#pragma once
#include "domain/outbox_port.h"

namespace parley {

class Database;

class OutboxTable final : public Outbox {
public:
    explicit OutboxTable(Database& database) : database_{database} {}

    MailId insert(const NewMail&) override;
    std::optional<OutboxMail> find(MailId) override;
    std::vector<OutboxMail> due(Instant now, int limit) override;
    std::optional<Instant> next_due() override;
    void set_sending(MailId, Instant now) override;
    void set_queued(MailId, std::string_view error, Instant next_attempt_at, Instant now) override;
    void set_sent(MailId, Instant now) override;
    void set_failed(MailId, std::string_view error, Instant now) override;
    void set_withdrawn(MailId, Instant now) override;
    void withdraw_queued_of(InviteId, Instant now) override;
    int requeue_sending(Instant now) override;
    int count_invitations(PersonId parent, Instant since) override;
    std::vector<OutboxMail> failed(int limit) override;

private:
    Database& database_;
};

}  // namespace parley
