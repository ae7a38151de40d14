#include <algorithm>

#include "domain/appointments_port.h"
#include "domain/booking.h"
#include "domain/directory_port.h"
#include "domain/slots.h"
#include "domain/transaction.h"

namespace parley {

namespace {

/// When somebody is taken during the evening, gaps included: asked once a person, looked at for every slot.
using Taken = std::vector<Instant>;

bool touches(const Taken& taken, Instant from, Instant to) {
    const auto first = std::lower_bound(taken.begin(), taken.end(), from);
    return first != taken.end() && *first < to;
}

class Matrix {
public:
    Matrix(Transaction& tx, const Evening& evening, PersonId parent, Instant now)
        : tx_{tx}, evening_{evening}, now_{now}, parent_taken_{taken(parent)} {}

    ClassChoice choice(const ClassOffer& offer, const std::vector<Appointment>& of_student) {
        ClassChoice choice{offer, find_meeting(of_student, offer), {}};
        if (!choice.booked && booking_is_open(evening_, now_)) choice.free = free_slots(offer);
        return choice;
    }

private:
    Taken taken(PersonId person) {
        // A gap may reach beyond the end of the evening.
        return tx_.appointments.taken_minutes(person, evening_.starts_at, evening_.ends_at + std::chrono::days{1});
    }

    std::vector<FreeSlot> free_slots(const ClassOffer& offer) {
        std::vector<Taken> teachers;
        for (const auto& teacher : offer.teachers) teachers.push_back(taken(teacher.id));
        std::vector<FreeSlot> free;
        for (const Instant from : slot_starts(evening_, offer)) {
            const Instant to = from + offer.slot_minutes + offer.gap_minutes;
            const auto busy = [&](const Taken& minutes) { return touches(minutes, from, to); };
            if (from <= now_ || std::any_of(teachers.begin(), teachers.end(), busy)) continue;
            free.push_back({from, from + offer.slot_minutes, busy(parent_taken_)});
        }
        return free;
    }

    Transaction& tx_;
    const Evening& evening_;
    Instant now_;
    Taken parent_taken_;
};

}  // namespace

Outcome<Choices> choices(Transaction& tx, PersonId parent, EveningId evening_id, Instant now) {
    const auto evening = tx.directory.evening(evening_id);
    if (!evening) return Refusal::not_found;
    Choices result{*evening, booking_is_open(*evening, now), {}};
    Matrix matrix{tx, *evening, parent, now};
    for (const auto& student : tx.directory.students_of(parent, evening_id)) {
        StudentChoices row{student, {}};
        const auto booked = tx.appointments.of_student(student.id, evening_id);
        for (const auto& offer : tx.directory.offers_for(student.id, evening_id)) {
            row.classes.push_back(matrix.choice(offer, booked));
        }
        result.students.push_back(std::move(row));
    }
    return result;
}

}  // namespace parley
