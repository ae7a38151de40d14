#include "http/announce.h"

#include <set>

#include "domain/guest_access.h"
#include "domain/invites_port.h"
#include "domain/transaction.h"
#include "http/event_hub.h"

namespace parley {

Changes changes_of(Transaction& tx, const Appointment& appointment) {
    Changes changes{{{Role::parent, appointment.parent.id.value}, "bookings"}};
    for (const auto& teacher : appointment.teachers) changes.push_back({{Role::teacher, teacher.id.value}, "schedule"});
    const auto invite = tx.invites.covering(appointment.evening, appointment.parent.id, appointment.student.id);
    if (invite) changes.push_back({{Role::guest, invite->id.value}, "bookings"});
    return changes;
}

Changes changes_of(Transaction& tx, const Invite& invite) {
    Changes changes{{{Role::parent, invite.parent.value}, "invites"}};
    std::set<PersonId> teachers;
    for (const auto& appointment : guest_appointments(tx, invite)) {
        for (const auto& teacher : appointment.teachers) teachers.insert(teacher.id);
    }
    for (const auto teacher : teachers) changes.push_back({{Role::teacher, teacher.value}, "schedule"});
    return changes;
}

void announce(EventHub& events, const Changes& changes) {
    for (const auto& change : changes) {
        events.to_identity(change.whose, {"changed", std::string{R"({"what":")"} + change.what + R"("})"});
    }
}

}  // namespace parley
