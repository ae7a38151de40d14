#include "store/enrolment_table.h"

#include "store/query.h"

namespace parley {

bool EnrolmentTable::is_empty() {
    Query query{database_, "SELECT EXISTS (SELECT 1 FROM school) OR EXISTS (SELECT 1 FROM person)"};
    return query.step() && query.next<int>() == 0;
}

void EnrolmentTable::set_school(const School& school) {
    Query{database_,     "INSERT OR REPLACE INTO school (id, name, zone, locale, contact_email) VALUES (1, ?, ?, ?, ?)",
          school.name,   school.zone,
          school.locale, school.contact_email}
        .run();
}

PersonId EnrolmentTable::add_person(const Person& person) {
    Query{database_,
          "INSERT INTO person (role, name, email, locale) VALUES (?, ?, ?, ?)",
          to_text(person.role),
          person.name,
          person.email,
          person.locale}
        .run();
    return {database_.last_insert_id()};
}

StudentId EnrolmentTable::add_student(const Student& student) {
    Query{database_, "INSERT INTO student (first_name, last_name) VALUES (?, ?)", student.first_name, student.last_name}
        .run();
    return {database_.last_insert_id()};
}

void EnrolmentTable::add_contact(PersonId parent, StudentId student) {
    Query{database_, "INSERT INTO contact (parent, student) VALUES (?, ?)", parent, student}.run();
}

ClassId EnrolmentTable::add_class(const ClassInfo& info, const std::vector<PersonId>& teachers) {
    Query{database_, "INSERT INTO class (name, subject) VALUES (?, ?)", info.name, info.subject}.run();
    const ClassId id{database_.last_insert_id()};
    int position = 0;
    for (const auto teacher : teachers) {
        Query{database_, "INSERT INTO class_teacher (class, position, teacher) VALUES (?, ?, ?)", id, ++position,
              teacher}
            .run();
    }
    return id;
}

void EnrolmentTable::enrol(StudentId student, ClassId id) {
    Query{database_, "INSERT INTO class_student (class, student) VALUES (?, ?)", id, student}.run();
}

EveningId EnrolmentTable::add_evening(const Evening& evening) {
    Query{database_,
          "INSERT INTO evening (title, starts_at, ends_at, slot_minutes, gap_minutes, booking_opens_at, "
          "booking_closes_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)",
          evening.title,
          evening.starts_at,
          evening.ends_at,
          evening.slot_minutes,
          evening.gap_minutes,
          evening.booking_opens_at,
          evening.booking_closes_at}
        .run();
    return {database_.last_insert_id()};
}

void EnrolmentTable::add_offer(EveningId evening, const ClassOffer& offer) {
    Query{database_,
          "INSERT INTO offer (evening, class, mode, room, first_slot_at, slot_minutes, gap_minutes) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)",
          evening,
          offer.class_info.id,
          to_text(offer.mode),
          offer.room,
          offer.first_slot_at,
          offer.slot_minutes,
          offer.gap_minutes}
        .run();
}

}  // namespace parley
