#include "domain/bookings.h"

#include "domain/appointments_port.h"
#include "domain/directory_port.h"
#include "domain/guest_access.h"
#include "domain/invites_port.h"
#include "domain/transaction.h"

namespace parley {

namespace {

std::vector<std::string> guests_of(Transaction& tx, const Appointment& appointment) {
    if (appointment.mode != Mode::video) return {};
    const auto invite = tx.invites.covering(appointment.evening, appointment.parent.id, appointment.student.id);
    if (!invite) return {};
    return {invite->guest_name};
}

GuestAppointment for_guest(const Appointment& appointment) {
    GuestAppointment shown{
        appointment.id, appointment.student.first_name, {}, appointment.starts_at, appointment.ends_at};
    for (const auto& teacher : appointment.teachers) shown.teachers.push_back(teacher.name);
    return shown;
}

}  // namespace

Outcome<Evening> current_evening(Transaction& tx, Instant now) {
    std::optional<Evening> chosen;
    for (auto& evening : tx.directory.evenings()) {
        chosen = std::move(evening);
        if (chosen->ends_at > now) break;
    }
    if (!chosen) return Refusal::not_found;
    return *chosen;
}

Outcome<MyBookings> my_bookings(Transaction& tx, PersonId parent, EveningId evening_id, Instant now) {
    const auto evening = tx.directory.evening(evening_id);
    auto invites = managed_invites(tx, parent, evening_id, now);
    if (!evening || !invites) return Refusal::not_found;
    return MyBookings{*evening, tx.directory.students_of(parent, evening_id),
                      tx.appointments.of_parent(parent, evening_id), *std::move(invites)};
}

Outcome<Schedule> teacher_schedule(Transaction& tx, PersonId teacher, EveningId evening_id, Instant) {
    const auto evening = tx.directory.evening(evening_id);
    if (!evening) return Refusal::not_found;
    Schedule schedule{*evening, {}};
    for (auto& appointment : tx.appointments.of_teacher(teacher, evening_id)) {
        auto guests = guests_of(tx, appointment);
        schedule.entries.push_back({std::move(appointment), std::move(guests)});
    }
    return schedule;
}

Outcome<GuestVisit> guest_visit(Transaction& tx, InviteId id, Instant) {
    const auto invite = tx.invites.find(id);
    if (!invite || invite->removed_at) return Refusal::link_removed;
    GuestVisit visit{invite->guest_name,
                     tx.directory.person(invite->parent).value().name,
                     tx.directory.evening(invite->evening).value(),
                     {}};
    for (const auto& appointment : guest_appointments(tx, *invite))
        visit.appointments.push_back(for_guest(appointment));
    return visit;
}

}  // namespace parley
