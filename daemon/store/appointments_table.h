#pragma once
#include "domain/appointments_port.h"

namespace parley {

class Database;

/// The schema's triggers fill and free the occupancy.
class AppointmentsTable final : public Appointments {
public:
    explicit AppointmentsTable(Database& database) : database_{database} {}

    std::optional<Appointment> find(AppointmentId) override;
    std::vector<Appointment> of_parent(PersonId, EveningId) override;
    std::vector<Appointment> of_teacher(PersonId, EveningId) override;
    std::vector<Appointment> of_student(StudentId, EveningId) override;
    std::vector<Instant> taken_minutes(PersonId, Instant from, Instant to) override;
    AppointmentId insert(const NewAppointment&) override;
    void cancel(AppointmentId, Instant now) override;

private:
    std::vector<PersonBrief> teachers_of(AppointmentId);
    std::vector<Appointment> read_all(class Query&);

    Database& database_;
};

}  // namespace parley
