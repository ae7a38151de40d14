#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/model.h"

namespace parley {

struct NewInvite {
    EveningId evening;
    PersonId parent;
    std::string guest_name;
    std::string guest_email;
    std::vector<StudentId> students;
    std::string consent_wording;  ///< as it was ticked (M4); the time is `created_at`
    Instant created_at;
};

/// Lists hold live invites only, oldest first.
class Invites {
public:
    virtual ~Invites() = default;
    virtual std::optional<Invite> find(InviteId) = 0;  ///< removed ones too
    virtual std::vector<Invite> of_parent(PersonId parent, EveningId) = 0;
    virtual std::optional<Invite> covering(EveningId, PersonId parent, StudentId) = 0;
    virtual InviteId insert(const NewInvite&) = 0;
    virtual void remove(InviteId, Instant now) = 0;
    virtual void set_opened(InviteId, Instant now) = 0;
    virtual void set_knocked_out(InviteId, Instant now) = 0;
    virtual void forget_use(InviteId) = 0;  ///< its link is a new one: nobody has opened that
};

}  // namespace parley
