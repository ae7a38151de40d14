#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/link.h"
#include "domain/model.h"
#include "domain/outcome.h"

namespace parley {

struct Transaction;

struct BookRequest {
    StudentId student;
    ClassId class_id;
    Instant starts_at;
    std::string note;
};

/// Books one slot with all teachers of the class and queues the confirmation mail (B1, B4, B6, B7).
/// Refuses: not_found (evening, or a class that is not the student's), booking_closed, student_not_yours, slot_unknown,
/// appointment_started, already_booked (the student has that class or one of its teachers already), slot_taken,
/// you_are_busy, note_too_long and request_invalid (field note).
Outcome<Appointment> book(Transaction&, const LinkKey&, PersonId parent, EveningId, const BookRequest&, Instant now);

/// Cancels an appointment of the parent's, frees the time and queues the mail that says so (B3, B7).
/// Refuses: not_found, appointment_started, booking_closed.
Outcome<Appointment> cancel(Transaction&, const LinkKey&, PersonId parent, AppointmentId, Instant now);

/// The school calls off what is booked, whether booking is open or not: frees the time and queues the mail that says so.
/// The appointment must be booked.
Appointment call_off(Transaction&, const LinkKey&, AppointmentId, PersonId admin, Instant now);

/// Queues the confirmation mail of an appointment to its parent, with their own link (B7, M10).
void confirm_booking(Transaction&, const LinkKey&, const Appointment&, Instant now);

/// A slot that all teachers of a class have free. `you_are_busy`: the parent has something else then.
struct FreeSlot {
    Instant starts_at;
    Instant ends_at;
    bool you_are_busy{};
};

struct ClassChoice {
    ClassOffer offer;
    std::optional<Appointment> booked;  ///< the student's appointment with this class or one of its teachers
    std::vector<FreeSlot> free;         ///< not begun yet; empty once booked or while booking is closed
};

struct StudentChoices {
    Student student;
    std::vector<ClassChoice> classes;
};

/// The one matrix of B1.
struct Choices {
    Evening evening;
    bool booking_open{};
    std::vector<StudentChoices> students;
};
/// Refuses: not_found.
Outcome<Choices> choices(Transaction&, PersonId parent, EveningId, Instant now);

/// The student's appointment that rules this class out: with the class itself or with one of its teachers (B4). Pure.
std::optional<Appointment> find_meeting(const std::vector<Appointment>& of_student, const ClassOffer&);

/// Whether parents may book and cancel now.
bool booking_is_open(const Evening&, Instant now);

}  // namespace parley
