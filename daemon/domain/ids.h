#pragma once
#include <compare>

#include "base/id.h"

namespace parley {

using PersonId = Id<struct PersonTag>;  ///< a parent, a teacher or an administrator: the school's own people
using StudentId = Id<struct StudentTag>;
using ClassId = Id<struct ClassTag>;
using EveningId = Id<struct EveningTag>;
using AppointmentId = Id<struct AppointmentTag>;
using InviteId = Id<struct InviteTag>;
using LinkId = Id<struct LinkTag>;
using MailId = Id<struct MailTag>;

enum class Role { guest, parent, teacher, admin };

/// Who somebody is, for rights and for seats: one identity holds one seat (M9).
/// `key` is the InviteId's value for a guest and the PersonId's value for everybody else.
struct Identity {
    Role role{};
    std::int64_t key{};
    friend auto operator<=>(const Identity&, const Identity&) = default;

    [[nodiscard]] PersonId person() const { return {key}; }
    [[nodiscard]] InviteId invite() const { return {key}; }
};

constexpr const char* to_text(Role role) {
    switch (role) {
        case Role::guest: return "guest";
        case Role::parent: return "parent";
        case Role::teacher: return "teacher";
        case Role::admin: return "admin";
    }
    return "";
}

}  // namespace parley
