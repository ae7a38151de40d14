#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/model.h"

namespace parley {

struct NewAppointment {
    std::string uid;
    EveningId evening;
    StudentId student;
    PersonId parent;
    ClassId class_id;
    std::vector<PersonId> teachers;  ///< 1 to 3
    Instant starts_at;               ///< a whole minute, as are the slot and the gap
    Instant ends_at;
    minutes gap{};  ///< kept free behind it for everybody (B4)
    Mode mode{};
    std::string room;
    std::string note;
    Instant created_at;
};

/// Lists hold booked appointments only, by start.
class Appointments {
public:
    virtual ~Appointments() = default;
    virtual std::optional<Appointment> find(AppointmentId) = 0;  ///< cancelled ones too
    virtual std::vector<Appointment> of_parent(PersonId, EveningId) = 0;
    virtual std::vector<Appointment> of_teacher(PersonId, EveningId) = 0;
    virtual std::vector<Appointment> of_student(StudentId, EveningId) = 0;
    /// The minutes in [from, to) that the person is taken, gaps included, ascending.
    virtual std::vector<Instant> taken_minutes(PersonId, Instant from, Instant to) = 0;
    /// Books and occupies the minutes of the parent and of each teacher. Throws when that breaks an invariant.
    virtual AppointmentId insert(const NewAppointment&) = 0;
    /// Marks it cancelled with the next sequence number and frees its minutes.
    virtual void cancel(AppointmentId, Instant now) = 0;
};

}  // namespace parley
