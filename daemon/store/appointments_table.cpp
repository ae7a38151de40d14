#include "store/appointments_table.h"

#include "store/names.h"
#include "store/query.h"

namespace parley {

constexpr const char* to_text(AppointmentState state) {
    return state == AppointmentState::booked ? "booked" : "cancelled";
}

namespace {

// In the order that `read_appointment` takes them.
#define APPOINTMENT_COLUMNS                                                                                   \
    "SELECT a.id, a.uid, a.evening, s.id, s.first_name, s.last_name, p.id, p.name, c.id, c.name, c.subject, " \
    "a.starts_at, a.ends_at, a.mode, a.room, a.note, a.sequence, a.state "
#define APPOINTMENT_JOINS \
    "JOIN student s ON s.id = a.student JOIN person p ON p.id = a.parent JOIN class c ON c.id = a.class "

constexpr const char* one_by_id = APPOINTMENT_COLUMNS "FROM appointment a " APPOINTMENT_JOINS "WHERE a.id = ?";
constexpr const char* all_of_parent = APPOINTMENT_COLUMNS
    "FROM appointment a " APPOINTMENT_JOINS
    "WHERE a.parent = ? AND a.evening = ? AND a.state = 'booked' ORDER BY a.starts_at, a.id LIMIT 1000";
constexpr const char* all_of_student = APPOINTMENT_COLUMNS
    "FROM appointment a " APPOINTMENT_JOINS
    "WHERE a.student = ? AND a.evening = ? AND a.state = 'booked' ORDER BY a.starts_at, a.id LIMIT 1000";
constexpr const char* all_of_teacher = APPOINTMENT_COLUMNS
    "FROM appointment_teacher t JOIN appointment a ON a.id = t.appointment " APPOINTMENT_JOINS
    "WHERE t.teacher = ? AND t.evening = ? AND t.state = 'booked' ORDER BY a.starts_at, a.id LIMIT 1500";

#undef APPOINTMENT_COLUMNS
#undef APPOINTMENT_JOINS

Appointment read_appointment(Query& row) {
    Appointment a;
    a.id = row.next<AppointmentId>();
    a.uid = row.next<std::string>();
    a.evening = row.next<EveningId>();
    a.student.id = row.next<StudentId>();
    a.student.first_name = row.next<std::string>();
    a.student.last_name = row.next<std::string>();
    a.parent.id = row.next<PersonId>();
    a.parent.name = row.next<std::string>();
    a.class_info.id = row.next<ClassId>();
    a.class_info.name = row.next<std::string>();
    a.class_info.subject = row.next<std::string>();
    a.starts_at = row.next<Instant>();
    a.ends_at = row.next<Instant>();
    a.mode = named(row.next<std::string>(), {Mode::video, Mode::in_person, Mode::telephone});
    a.room = row.next<std::string>();
    a.note = row.next<std::string>();
    a.sequence = row.next<int>();
    a.state = named(row.next<std::string>(), {AppointmentState::booked, AppointmentState::cancelled});
    return a;
}

Instant minute_to_instant(std::int64_t minute) {
    return Instant{minutes{minute}};
}

std::int64_t minute_before(Instant at) {
    return std::chrono::floor<minutes>(at.time_since_epoch()).count();
}

std::int64_t minute_not_before(Instant at) {
    return std::chrono::ceil<minutes>(at.time_since_epoch()).count();
}

}  // namespace

std::optional<Appointment> AppointmentsTable::find(AppointmentId id) {
    Query query{database_, one_by_id, id};
    if (!query.step()) return std::nullopt;
    Appointment appointment = read_appointment(query);
    appointment.teachers = teachers_of(id);
    return appointment;
}

std::vector<Appointment> AppointmentsTable::of_parent(PersonId parent, EveningId evening) {
    Query query{database_, all_of_parent, parent, evening};
    return read_all(query);
}

std::vector<Appointment> AppointmentsTable::of_teacher(PersonId teacher, EveningId evening) {
    Query query{database_, all_of_teacher, teacher, evening};
    return read_all(query);
}

std::vector<Appointment> AppointmentsTable::of_student(StudentId student, EveningId evening) {
    Query query{database_, all_of_student, student, evening};
    return read_all(query);
}

std::vector<Instant> AppointmentsTable::taken_minutes(PersonId person, Instant from, Instant to) {
    Query query{database_,
                "SELECT minute FROM occupancy WHERE person = ? AND minute >= ? AND minute < ? ORDER BY minute", person,
                minute_before(from), minute_not_before(to)};
    std::vector<Instant> taken;
    while (query.step()) taken.push_back(minute_to_instant(query.next<std::int64_t>()));
    return taken;
}

AppointmentId AppointmentsTable::insert(const NewAppointment& row) {
    Query{database_,
          "INSERT INTO appointment (uid, evening, student, parent, class, starts_at, ends_at, gap_minutes, mode, room, "
          "note, "
          "created_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)",
          row.uid,
          row.evening,
          row.student,
          row.parent,
          row.class_id,
          row.starts_at,
          row.ends_at,
          row.gap,
          to_text(row.mode),
          row.room,
          row.note,
          row.created_at}
        .run();
    const AppointmentId id{database_.last_insert_id()};
    int position = 0;
    for (const auto teacher : row.teachers) {
        Query{database_,
              "INSERT INTO appointment_teacher (appointment, position, teacher, evening, student, state) "
              "VALUES (?, ?, ?, ?, ?, 'booked')",
              id,
              ++position,
              teacher,
              row.evening,
              row.student}
            .run();
    }
    return id;
}

void AppointmentsTable::cancel(AppointmentId id, Instant now) {
    Query{database_,
          "UPDATE appointment SET state = 'cancelled', sequence = sequence + 1, changed_at = ?2 "
          "WHERE id = ?1 AND state = 'booked'",
          id, now}
        .run();
}

std::vector<Appointment> AppointmentsTable::read_all(Query& rows) {
    std::vector<Appointment> all;
    while (rows.step()) all.push_back(read_appointment(rows));
    for (auto& appointment : all) appointment.teachers = teachers_of(appointment.id);
    return all;
}

std::vector<PersonBrief> AppointmentsTable::teachers_of(AppointmentId id) {
    Query query{
        database_,
        "SELECT p.id, p.name FROM appointment_teacher t JOIN person p ON p.id = t.teacher WHERE t.appointment = ? "
        "ORDER BY t.position",
        id};
    std::vector<PersonBrief> teachers;
    while (query.step()) {
        PersonBrief teacher;
        teacher.id = query.next<PersonId>();
        teacher.name = query.next<std::string>();
        teachers.push_back(std::move(teacher));
    }
    return teachers;
}

}  // namespace parley
