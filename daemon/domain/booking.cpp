#include "domain/booking.h"

#include <algorithm>

#include "base/crypto.h"
#include "domain/appointments_port.h"
#include "domain/audit_port.h"
#include "domain/directory_port.h"
#include "domain/links.h"
#include "domain/mailing.h"
#include "domain/outbox_port.h"
#include "domain/slots.h"
#include "domain/text_rules.h"
#include "domain/transaction.h"

namespace parley {

namespace {

bool is_theirs(Transaction& tx, PersonId parent, EveningId evening, StudentId id) {
    const auto students = tx.directory.students_of(parent, evening);
    return std::any_of(students.begin(), students.end(), [id](const Student& student) { return student.id == id; });
}

std::optional<ClassOffer> find_offer(Transaction& tx, EveningId evening, StudentId student, ClassId id) {
    for (auto& offer : tx.directory.offers_for(student, evening)) {
        if (offer.class_info.id == id) return offer;
    }
    return std::nullopt;
}

bool is_free(Transaction& tx, PersonId person, Instant from, Instant to) {
    return tx.appointments.taken_minutes(person, from, to).empty();
}

/// Who would be in two places at once.
std::optional<Refusal> check_times(Transaction& tx, PersonId parent, const ClassOffer& offer, Instant from) {
    const Instant to = from + offer.slot_minutes + offer.gap_minutes;
    for (const auto& teacher : offer.teachers) {
        if (!is_free(tx, teacher.id, from, to)) return Refusal::slot_taken;
    }
    if (!is_free(tx, parent, from, to)) return Refusal::you_are_busy;
    return std::nullopt;
}

std::optional<Refusal> check_slot(Transaction& tx, PersonId parent, const Evening& evening, const ClassOffer& offer,
                                  const BookRequest& request, Instant now) {
    if (!is_slot_start(evening, offer, request.starts_at)) return Refusal::slot_unknown;
    if (request.starts_at <= now) return Refusal::appointment_started;
    if (find_meeting(tx.appointments.of_student(request.student, evening.id), offer)) return Refusal::already_booked;
    return check_times(tx, parent, offer, request.starts_at);
}

NewAppointment appointment_from(const ClassOffer& offer, PersonId parent, EveningId evening, const BookRequest& request,
                                Instant now) {
    NewAppointment row;
    row.uid = random_name();
    row.evening = evening;
    row.student = request.student;
    row.parent = parent;
    row.class_id = offer.class_info.id;
    for (const auto& teacher : offer.teachers) row.teachers.push_back(teacher.id);
    row.starts_at = request.starts_at;
    row.ends_at = request.starts_at + offer.slot_minutes;
    row.gap = offer.gap_minutes;
    row.mode = offer.mode;
    row.room = offer.room;
    row.note = request.note;
    row.created_at = now;
    return row;
}

void tell_parent(Transaction& tx, const LinkKey& key, MailKind kind, const Evening& evening,
                 const Appointment& appointment, Instant now) {
    const Person parent = tx.directory.person(appointment.parent.id).value();
    const LinkRow link = evening_sign_in_link(tx, key, parent.id, evening.id, now);
    NewMail mail = mail_to_person(tx, kind, parent, evening, link, now);
    mail.appointment = appointment.id;
    mail.facts.appointments.push_back(facts_for_parent(appointment));
    tx.outbox.insert(mail);
}

void audit(Transaction& tx, Identity actor, const Appointment& appointment, const char* action, Instant now) {
    tx.audit.record({actor, action, "appointment:" + std::to_string(appointment.id.value), now});
}

Identity parent_of(const Appointment& appointment) {
    return {Role::parent, appointment.parent.id.value};
}

/// Cancels, and tells the parent.
Appointment cancelled(Transaction& tx, const LinkKey& key, const Evening& evening, AppointmentId id, Identity actor,
                      Instant now) {
    tx.appointments.cancel(id, now);
    const Appointment appointment = tx.appointments.find(id).value();
    tell_parent(tx, key, MailKind::booking_cancelled, evening, appointment, now);
    audit(tx, actor, appointment, "appointment.cancelled", now);
    return appointment;
}

}  // namespace

std::optional<Appointment> find_meeting(const std::vector<Appointment>& of_student, const ClassOffer& offer) {
    const auto teaches = [&](const PersonBrief& teacher) {
        return std::any_of(offer.teachers.begin(), offer.teachers.end(),
                           [&](const auto& own) { return own.id == teacher.id; });
    };
    for (const auto& appointment : of_student) {
        const auto& teachers = appointment.teachers;
        if (appointment.class_info.id == offer.class_info.id ||
            std::any_of(teachers.begin(), teachers.end(), teaches)) {
            return appointment;
        }
    }
    return std::nullopt;
}

bool booking_is_open(const Evening& evening, Instant now) {
    const Instant closes_at = std::min(evening.booking_closes_at.value_or(evening.ends_at), evening.ends_at);
    return (!evening.booking_opens_at || *evening.booking_opens_at <= now) && now < closes_at;
}

Outcome<Appointment> book(Transaction& tx, const LinkKey& key, PersonId parent, EveningId evening_id,
                          const BookRequest& request, Instant now) {
    const auto evening = tx.directory.evening(evening_id);
    if (!evening) return Refusal::not_found;
    if (!booking_is_open(*evening, now)) return Refusal::booking_closed;
    if (!is_theirs(tx, parent, evening_id, request.student)) return Refusal::student_not_yours;
    const auto offer = find_offer(tx, evening_id, request.student, request.class_id);
    if (!offer) return Refusal::not_found;
    if (const auto wrong = check_note(request.note)) return FieldErrors{{"note", *wrong}};
    if (const auto wrong = check_slot(tx, parent, *evening, *offer, request, now)) return *wrong;
    const auto id = tx.appointments.insert(appointment_from(*offer, parent, evening_id, request, now));
    const Appointment appointment = tx.appointments.find(id).value();
    confirm_booking(tx, key, appointment, now);
    audit(tx, parent_of(appointment), appointment, "appointment.booked", now);
    return appointment;
}

void confirm_booking(Transaction& tx, const LinkKey& key, const Appointment& appointment, Instant now) {
    tell_parent(tx, key, MailKind::booking_confirmation, tx.directory.evening(appointment.evening).value(), appointment,
                now);
}

Outcome<Appointment> cancel(Transaction& tx, const LinkKey& key, PersonId parent, AppointmentId id, Instant now) {
    const auto found = tx.appointments.find(id);
    if (!found || found->parent.id != parent || found->state != AppointmentState::booked) return Refusal::not_found;
    if (found->starts_at <= now) return Refusal::appointment_started;
    const Evening evening = tx.directory.evening(found->evening).value();
    if (!booking_is_open(evening, now)) return Refusal::booking_closed;
    return cancelled(tx, key, evening, id, parent_of(*found), now);
}

Appointment call_off(Transaction& tx, const LinkKey& key, AppointmentId id, PersonId admin, Instant now) {
    const Evening evening = tx.directory.evening(tx.appointments.find(id).value().evening).value();
    return cancelled(tx, key, evening, id, {Role::admin, admin.value}, now);
}

}  // namespace parley
