#include "domain/admission.h"

#include <algorithm>

#include "domain/appointments_port.h"
#include "domain/directory_port.h"
#include "domain/guest_access.h"
#include "domain/invites_port.h"
#include "domain/transaction.h"

namespace parley {

namespace {

/// Who it is in this call, and everything of theirs that evening.
struct Part {
    std::string name;
    std::vector<Appointment> own;
};

std::optional<Part> part_of_teacher(Transaction& tx, PersonId id, const Appointment& appointment) {
    for (const auto& teacher : appointment.teachers) {
        if (teacher.id == id) return Part{teacher.name, tx.appointments.of_teacher(id, appointment.evening)};
    }
    return std::nullopt;
}

std::optional<Part> part_of_parent(Transaction& tx, PersonId id, const Appointment& appointment) {
    if (appointment.parent.id != id) return std::nullopt;
    return Part{appointment.parent.name, tx.appointments.of_parent(id, appointment.evening)};
}

/// Whether the invite is about this family's evening; the mode is looked at later, for a better answer.
std::optional<Part> part_of_guest(Transaction& tx, InviteId id, Appointment appointment) {
    const auto invite = tx.invites.find(id);
    appointment.mode = Mode::video;
    if (!invite || !covers(*invite, appointment)) return std::nullopt;
    return Part{invite->guest_name, guest_appointments(tx, *invite)};
}

std::optional<Part> find_part(Transaction& tx, Identity identity, const Appointment& appointment) {
    switch (identity.role) {
        case Role::teacher: return part_of_teacher(tx, identity.person(), appointment);
        case Role::parent: return part_of_parent(tx, identity.person(), appointment);
        case Role::guest: return part_of_guest(tx, identity.invite(), appointment);
        case Role::admin: return std::nullopt;
    }
    return std::nullopt;
}

/// `own` is ordered by start.
std::optional<Appointment> first_after(const std::vector<Appointment>& own, const Appointment& appointment) {
    const auto later = [&](const Appointment& other) { return other.starts_at > appointment.starts_at; };
    const auto found = std::find_if(own.begin(), own.end(), later);
    if (found == own.end()) return std::nullopt;
    return *found;
}

Instant closing_time(Transaction& tx, const Appointment& appointment) {
    Instant closes_at = appointment.ends_at + call_grace;
    for (const auto& teacher : appointment.teachers) {
        const auto next = first_after(tx.appointments.of_teacher(teacher.id, appointment.evening), appointment);
        if (next) closes_at = std::min(closes_at, std::max(next->starts_at, appointment.ends_at));
    }
    return closes_at;
}

}  // namespace

Instant call_opens_at(const Appointment& appointment, Role role) {
    return appointment.starts_at - (role == Role::teacher ? teacher_early : others_early);
}

Outcome<CallTicket> may_join(Transaction& tx, Identity identity, AppointmentId id, Instant now) {
    const auto appointment = tx.appointments.find(id);
    if (!appointment || appointment->state != AppointmentState::booked) return Refusal::not_found;
    const auto part = find_part(tx, identity, *appointment);
    if (!part) return Refusal::not_found;
    if (appointment->mode != Mode::video) return Refusal::not_a_video_appointment;
    const Instant opens_at = call_opens_at(*appointment, identity.role);
    const Instant closes_at = closing_time(tx, *appointment);
    if (now < opens_at) return Refusal::call_not_open;
    if (now >= closes_at) return Refusal::call_over;
    return CallTicket{*appointment,
                      identity,
                      part->name,
                      opens_at,
                      appointment->starts_at,
                      appointment->ends_at,
                      closes_at,
                      first_after(part->own, *appointment)};
}

}  // namespace parley
