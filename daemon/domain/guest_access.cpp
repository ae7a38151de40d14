#include "domain/guest_access.h"

#include <algorithm>

#include "domain/appointments_port.h"
#include "domain/transaction.h"

namespace parley {

bool covers(const Invite& invite, const Appointment& appointment) {
    const auto granted = [&](const Student& student) { return student.id == appointment.student.id; };
    return !invite.removed_at && appointment.state == AppointmentState::booked && appointment.mode == Mode::video &&
           appointment.evening == invite.evening && appointment.parent.id == invite.parent &&
           std::any_of(invite.students.begin(), invite.students.end(), granted);
}

std::vector<Appointment> guest_appointments(Transaction& tx, const Invite& invite) {
    auto appointments = tx.appointments.of_parent(invite.parent, invite.evening);
    std::erase_if(appointments, [&](const Appointment& appointment) { return !covers(invite, appointment); });
    return appointments;
}

}  // namespace parley
