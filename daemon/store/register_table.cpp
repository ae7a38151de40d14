#include "store/register_table.h"

#include "store/query.h"
#include "store/store_error.h"

namespace parley {

namespace {

std::optional<std::string> to_iso(const std::optional<Day>& day) {
    return day ? std::optional{to_text(*day)} : std::nullopt;
}

std::optional<Day> from_iso(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    const auto day = parse_day(*text);
    if (!day) throw StoreError{"the database holds a date that is none: restore the latest backup"};
    return day;
}

std::optional<std::string> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

}  // namespace

RegisterPages RegisterTable::all() {
    return {students(),
            people<ListedContact>(Role::parent),
            people<ListedStaff>(Role::teacher),
            classes(),
            relations(),
            teaching(),
            enrolments()};
}

std::vector<RegisteredStudent> RegisterTable::students() {
    Query query{database_,
                "SELECT id, ifnull(source_id, ''), first_name, last_name, born, year_group, left_at IS NOT NULL FROM "
                "student ORDER BY id"};
    std::vector<RegisteredStudent> all;
    while (query.step()) {
        RegisteredStudent one;
        one.id = query.next<StudentId>();
        one.record.source_id = query.next<std::string>();
        one.record.first_name = query.next<std::string>();
        one.record.last_name = query.next<std::string>();
        one.record.born = from_iso(query.next<std::optional<std::string>>());
        one.record.year_group = query.next<std::string>();
        one.left = query.next<int>() != 0;
        all.push_back(std::move(one));
    }
    return all;
}

template <class Record>
std::vector<Registered<PersonId, Record>> RegisterTable::people(Role role) {
    Query query{database_,
                "SELECT id, ifnull(source_id, ''), name, email, left_at IS NOT NULL FROM person WHERE role = ? "
                "ORDER BY id",
                to_text(role)};
    std::vector<Registered<PersonId, Record>> all;
    while (query.step()) {
        Registered<PersonId, Record> one;
        one.id = query.next<PersonId>();
        one.record.source_id = query.next<std::string>();
        one.record.name = query.next<std::string>();
        one.record.email = query.next<std::string>();
        one.left = query.next<int>() != 0;
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<RegisteredClass> RegisterTable::classes() {
    Query query{database_,
                "SELECT id, ifnull(source_id, ''), name, subject, year_group, left_at IS NOT NULL FROM class "
                "ORDER BY id"};
    std::vector<RegisteredClass> all;
    while (query.step()) {
        RegisteredClass one;
        one.id = query.next<ClassId>();
        one.record.source_id = query.next<std::string>();
        one.record.name = query.next<std::string>();
        one.record.subject = query.next<std::string>();
        one.record.year_group = query.next<std::string>();
        one.left = query.next<int>() != 0;
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<RegisteredRelation> RegisterTable::relations() {
    Query query{database_, "SELECT parent, student, relationship, priority, listed FROM contact"};
    std::vector<RegisteredRelation> all;
    while (query.step()) {
        RegisteredRelation one;
        one.contact = query.next<PersonId>();
        one.student = query.next<StudentId>();
        one.relationship = query.next<std::string>();
        one.priority = query.next<int>();
        one.listed = query.next<int>() != 0;
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<RegisteredTeaching> RegisterTable::teaching() {
    Query query{database_,
                "SELECT class, teacher, ifnull(source_id, ''), listed FROM class_teacher ORDER BY class, position"};
    std::vector<RegisteredTeaching> all;
    while (query.step()) {
        RegisteredTeaching one;
        one.class_id = query.next<ClassId>();
        one.teacher = query.next<PersonId>();
        one.source_id = query.next<std::string>();
        one.listed = query.next<int>() != 0;
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<RegisteredEnrolment> RegisterTable::enrolments() {
    Query query{database_, "SELECT class, student, ifnull(source_id, ''), listed FROM class_student"};
    std::vector<RegisteredEnrolment> all;
    while (query.step()) {
        RegisteredEnrolment one;
        one.class_id = query.next<ClassId>();
        one.student = query.next<StudentId>();
        one.source_id = query.next<std::string>();
        one.listed = query.next<int>() != 0;
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<Commitment> RegisterTable::commitments(Instant now) {
    auto all = appointments(now);
    auto more = invites(now);
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return all;
}

std::vector<Commitment> RegisterTable::appointments(Instant now) {
    Query query{database_,
                "SELECT a.id, a.parent, a.student, a.class, t.teacher FROM appointment a "
                "JOIN appointment_teacher t ON t.appointment = a.id WHERE a.state = 'booked' AND a.ends_at > ? "
                "ORDER BY a.id, t.position",
                now};
    std::vector<Commitment> all;
    while (query.step()) {
        const auto id = query.next<AppointmentId>();
        if (all.empty() || all.back().appointment != id) all.emplace_back();
        auto& one = all.back();
        one.appointment = id;
        one.parent = query.next<PersonId>();
        one.students = {query.next<StudentId>()};
        one.class_id = query.next<ClassId>();
        one.teachers.push_back(query.next<PersonId>());
    }
    return all;
}

std::vector<Commitment> RegisterTable::invites(Instant now) {
    Query query{database_,
                "SELECT i.id, i.parent, s.student FROM invite i JOIN invite_student s ON s.invite = i.id "
                "JOIN evening e ON e.id = i.evening WHERE i.live = 1 AND e.ends_at > ? ORDER BY i.id, s.student",
                now};
    std::vector<Commitment> all;
    while (query.step()) {
        const auto id = query.next<InviteId>();
        if (all.empty() || all.back().invite != id) all.emplace_back();
        auto& one = all.back();
        one.invite = id;
        one.parent = query.next<PersonId>();
        one.students.push_back(query.next<StudentId>());
    }
    return all;
}

StudentId RegisterTable::put(std::optional<StudentId> id, const ListedStudent& one) {
    Query{database_,
          "INSERT INTO student (id, source_id, first_name, last_name, born, year_group) VALUES (?, ?, ?, ?, ?, ?) "
          "ON CONFLICT (id) DO UPDATE SET source_id = excluded.source_id, first_name = excluded.first_name, "
          "last_name = excluded.last_name, born = excluded.born, year_group = excluded.year_group, left_at = NULL",
          id,
          or_null(one.source_id),
          one.first_name,
          one.last_name,
          to_iso(one.born),
          one.year_group}
        .run();
    return id ? *id : StudentId{database_.last_insert_id()};
}

template <class Record>
PersonId RegisterTable::put_person(Role role, std::optional<PersonId> id, const Record& one) {
    Query{database_,
          "INSERT INTO person (id, role, source_id, name, email, locale) "
          "VALUES (?, ?, ?, ?, ?, (SELECT locale FROM school)) "
          "ON CONFLICT (id) DO UPDATE SET source_id = excluded.source_id, name = excluded.name, "
          "email = excluded.email, left_at = NULL",
          id,
          to_text(role),
          or_null(one.source_id),
          one.name,
          one.email}
        .run();
    return id ? *id : PersonId{database_.last_insert_id()};
}

PersonId RegisterTable::put(std::optional<PersonId> id, const ListedContact& one) {
    return put_person(Role::parent, id, one);
}

PersonId RegisterTable::put(std::optional<PersonId> id, const ListedStaff& one) {
    return put_person(Role::teacher, id, one);
}

ClassId RegisterTable::put(std::optional<ClassId> id, const ListedClass& one) {
    Query{database_,
          "INSERT INTO class (id, source_id, name, subject, year_group) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (id) DO UPDATE SET source_id = excluded.source_id, name = excluded.name, "
          "subject = excluded.subject, year_group = excluded.year_group, left_at = NULL",
          id,
          or_null(one.source_id),
          one.name,
          one.subject,
          one.year_group}
        .run();
    return id ? *id : ClassId{database_.last_insert_id()};
}

void RegisterTable::leave(StudentId id, Instant now) {
    Query{database_, "DELETE FROM class_student WHERE student = ?", id}.run();
    Query{database_, "UPDATE student SET left_at = ?2 WHERE id = ?1", id, now}.run();
}

void RegisterTable::leave(PersonId id, Instant now) {
    Query{database_, "DELETE FROM class_teacher WHERE teacher = ?", id}.run();
    Query{database_, "DELETE FROM session WHERE link IN (SELECT id FROM link WHERE person = ?)", id}.run();
    Query{database_, "UPDATE link SET revoked_at = ?2 WHERE person = ?1 AND revoked_at IS NULL", id, now}.run();
    Query{database_, "UPDATE person SET left_at = ?2 WHERE id = ?1", id, now}.run();
}

void RegisterTable::leave(ClassId id, Instant now) {
    Query{database_, "DELETE FROM class_student WHERE class = ?", id}.run();
    Query{database_, "UPDATE class SET left_at = ?2 WHERE id = ?1", id, now}.run();
}

void RegisterTable::put(const RegisteredRelation& one) {
    Query{database_,
          "INSERT INTO contact (parent, student, relationship, priority, listed) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET relationship = excluded.relationship, priority = excluded.priority, "
          "listed = excluded.listed",
          one.contact,
          one.student,
          one.relationship,
          one.priority,
          one.listed ? 1 : 0}
        .run();
}

void RegisterTable::remove(const RegisteredRelation& one) {
    Query{database_, "DELETE FROM contact WHERE parent = ? AND student = ?", one.contact, one.student}.run();
}

void RegisterTable::set_teachers(ClassId id, const std::vector<RegisteredTeaching>& teachers) {
    Query{database_, "DELETE FROM class_teacher WHERE class = ?", id}.run();
    int position = 0;
    for (const auto& one : teachers) {
        Query{database_,
              "INSERT INTO class_teacher (class, position, teacher, source_id, listed) VALUES (?, ?, ?, ?, ?)",
              id,
              ++position,
              one.teacher,
              or_null(one.source_id),
              one.listed ? 1 : 0}
            .run();
    }
}

void RegisterTable::put(const RegisteredEnrolment& one) {
    Query{database_,
          "INSERT INTO class_student (class, student, source_id, listed) VALUES (?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET source_id = excluded.source_id, listed = excluded.listed",
          one.class_id,
          one.student,
          or_null(one.source_id),
          one.listed ? 1 : 0}
        .run();
}

void RegisterTable::remove(const RegisteredEnrolment& one) {
    Query{database_, "DELETE FROM class_student WHERE class = ? AND student = ?", one.class_id, one.student}.run();
}

}  // namespace parley
