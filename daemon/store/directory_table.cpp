#include "store/directory_table.h"

#include "store/names.h"
#include "store/query.h"

namespace parley {

namespace {

Person read_person(Query& row) {
    Person person;
    person.id = row.next<PersonId>();
    person.role = named(row.next<std::string>(), {Role::parent, Role::teacher, Role::admin});
    person.name = row.next<std::string>();
    person.email = row.next<std::string>();
    person.locale = row.next<std::string>();
    return person;
}

std::vector<Person> read_people(Query& rows) {
    std::vector<Person> people;
    while (rows.step()) people.push_back(read_person(rows));
    return people;
}

Evening read_evening(Query& row) {
    Evening evening;
    evening.id = row.next<EveningId>();
    evening.title = row.next<std::string>();
    evening.starts_at = row.next<Instant>();
    evening.ends_at = row.next<Instant>();
    evening.slot_minutes = row.next<minutes>();
    evening.gap_minutes = row.next<minutes>();
    evening.booking_opens_at = row.next<std::optional<Instant>>();
    evening.booking_closes_at = row.next<std::optional<Instant>>();
    return evening;
}

ClassOffer read_offer(Query& row) {
    ClassOffer offer;
    offer.class_info.id = row.next<ClassId>();
    offer.class_info.name = row.next<std::string>();
    offer.class_info.subject = row.next<std::string>();
    offer.mode = named(row.next<std::string>(), {Mode::video, Mode::in_person, Mode::telephone});
    offer.room = row.next<std::string>();
    offer.first_slot_at = row.next<Instant>();
    offer.slot_minutes = row.next<minutes>();
    offer.gap_minutes = row.next<minutes>();
    return offer;
}

}  // namespace

School DirectoryTable::school() {
    Query query{database_, "SELECT name, zone, locale, contact_email FROM school"};
    if (!query.step()) throw StoreError{"this box has no school yet: set it up first"};
    School school;
    school.name = query.next<std::string>();
    school.zone = query.next<std::string>();
    school.locale = query.next<std::string>();
    school.contact_email = query.next<std::string>();
    return school;
}

std::optional<Person> DirectoryTable::person(PersonId id) {
    Query query{database_, "SELECT id, role, name, email, locale FROM person WHERE id = ?", id};
    if (!query.step()) return std::nullopt;
    return read_person(query);
}

std::vector<Person> DirectoryTable::people_with_email(std::string_view email) {
    Query query{database_, "SELECT id, role, name, email, locale FROM person WHERE email = ? AND left_at IS NULL ORDER BY id LIMIT 20",
                email};
    return read_people(query);
}

std::vector<Person> DirectoryTable::people(Role role) {
    Query query{database_,
                "SELECT id, role, name, email, locale FROM person WHERE role = ? AND left_at IS NULL ORDER BY name, id LIMIT 20000",
                to_text(role)};
    return read_people(query);
}

std::optional<Evening> DirectoryTable::evening(EveningId id) {
    Query query{database_,
                "SELECT id, title, starts_at, ends_at, slot_minutes, gap_minutes, booking_opens_at, booking_closes_at "
                "FROM evening WHERE id = ?",
                id};
    if (!query.step()) return std::nullopt;
    return read_evening(query);
}

std::vector<Evening> DirectoryTable::evenings() {
    Query query{database_,
                "SELECT id, title, starts_at, ends_at, slot_minutes, gap_minutes, booking_opens_at, booking_closes_at "
                "FROM evening ORDER BY starts_at, id LIMIT 1000"};
    std::vector<Evening> evenings;
    while (query.step()) evenings.push_back(read_evening(query));
    return evenings;
}

std::vector<Student> DirectoryTable::students_of(PersonId parent, EveningId evening) {
    Query query{database_,
                "SELECT s.id, s.first_name, s.last_name FROM contact c JOIN student s ON s.id = c.student "
                "WHERE c.parent = ? AND EXISTS (SELECT 1 FROM class_student cs JOIN offer o ON o.class = cs.class "
                "WHERE cs.student = s.id AND o.evening = ?) ORDER BY s.first_name, s.id LIMIT 50",
                parent, evening};
    std::vector<Student> students;
    while (query.step()) {
        Student student;
        student.id = query.next<StudentId>();
        student.first_name = query.next<std::string>();
        student.last_name = query.next<std::string>();
        students.push_back(std::move(student));
    }
    return students;
}

std::vector<ClassOffer> DirectoryTable::offers_for(StudentId student, EveningId evening) {
    Query query{
        database_,
        "SELECT c.id, c.name, c.subject, o.mode, o.room, o.first_slot_at, o.slot_minutes, o.gap_minutes "
        "FROM class_student cs JOIN offer o ON o.class = cs.class AND o.evening = ?2 JOIN class c ON c.id = cs.class "
        "WHERE cs.student = ?1 ORDER BY c.name, c.id LIMIT 100",
        student, evening};
    std::vector<ClassOffer> offers;
    while (query.step()) offers.push_back(read_offer(query));
    for (auto& offer : offers) offer.teachers = teachers_of(offer.class_info.id);
    return offers;
}

std::vector<PersonBrief> DirectoryTable::teachers_of(ClassId id) {
    Query query{database_,
                "SELECT p.id, p.name FROM class_teacher t JOIN person p ON p.id = t.teacher WHERE t.class = ? "
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
