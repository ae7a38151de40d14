#pragma once
#include "domain/invites_port.h"

namespace parley {

class Database;

class InvitesTable final : public Invites {
public:
    explicit InvitesTable(Database& database) : database_{database} {}

    std::optional<Invite> find(InviteId) override;
    std::vector<Invite> of_parent(PersonId, EveningId) override;
    std::optional<Invite> covering(EveningId, PersonId, StudentId) override;
    InviteId insert(const NewInvite&) override;
    void remove(InviteId, Instant now) override;
    void set_opened(InviteId, Instant now) override;
    void set_knocked_out(InviteId, Instant now) override;
    void forget_use(InviteId) override;

private:
    std::vector<Student> students_of(InviteId);
    InviteMail mail_of(InviteId, Instant created_at);
    void complete(Invite&);

    Database& database_;
};

}  // namespace parley
