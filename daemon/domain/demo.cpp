#include "domain/demo.h"

#include <algorithm>

#include "base/crypto.h"
#include "domain/appointments_port.h"
#include "domain/booking.h"
#include "domain/demo_people.h"
#include "domain/directory_port.h"
#include "domain/enrolment_port.h"
#include "domain/links.h"
#include "domain/slots.h"
#include "domain/transaction.h"

namespace parley {

namespace {

constexpr minutes ordinary_slot{10};
constexpr minutes joint_slot{27};
constexpr minutes joint_gap{3};
/// The classes of these teachers are held in a room and by telephone; all others by video.
constexpr std::size_t in_person_teacher = 9;
constexpr std::size_t telephone_teacher = 10;

struct Family {
    Person parent;
    std::vector<Student> children;
};

/// Fills the box step by step; what a step needs was made by those before.
class Seeder {
public:
    Seeder(Transaction& tx, const LinkKey& key, Instant now)
        : tx_{tx}, key_{key}, now_{now}, minute_{std::chrono::floor<minutes>(now)} {}

    std::vector<DemoPersona> seed() {
        tx_.enrolment.set_school({"Hillview School", "Europe/London", "en-GB", "office@hillview.example"});
        add_evening();
        add_teachers_and_classes();
        add_joint_class();
        add_families();
        book_for_the_morgans();
        book_for_the_others();
        return make_personas();
    }

private:
    void add_evening() {
        evening_.title = "Autumn Parents' Evening";
        evening_.starts_at = minute_ - minutes{10};
        evening_.ends_at = evening_.starts_at + std::chrono::hours{3};
        evening_.slot_minutes = ordinary_slot;
        evening_.id = tx_.enrolment.add_evening(evening_);
    }

    Person add_person(Role role, std::string name, const std::string& address) {
        Person person{{}, role, std::move(name), address, "en-GB"};
        person.id = tx_.enrolment.add_person(person);
        return person;
    }

    ClassOffer add_class(const std::string& name, const std::string& subject, const std::vector<Person>& teachers) {
        ClassOffer offer;
        std::vector<PersonId> ids;
        for (const auto& teacher : teachers) {
            ids.push_back(teacher.id);
            offer.teachers.push_back({teacher.id, teacher.name});
        }
        offer.class_info = {{}, name, subject};
        offer.class_info.id = tx_.enrolment.add_class(offer.class_info, ids);
        offer.first_slot_at = evening_.starts_at;
        offer.slot_minutes = ordinary_slot;
        return offer;
    }

    void add_teachers_and_classes() {
        for (const auto& teacher : demo_teachers()) {
            const std::string address = std::string{teacher.mailbox} + "@hillview.example";
            teachers_.push_back(add_person(Role::teacher, teacher.name, address));
            ClassOffer offer = add_class(std::string{"Year 9 "} + teacher.subject, teacher.subject, {teachers_.back()});
            if (classes_.size() == in_person_teacher) {
                offer.mode = Mode::in_person;
                offer.room = "Sports Hall, Room 2";
            }
            if (classes_.size() == telephone_teacher) offer.mode = Mode::telephone;
            tx_.enrolment.add_offer(evening_.id, offer);
            classes_.push_back(std::move(offer));
        }
    }

    /// Three teachers at once (M12), long enough to try a call.
    void add_joint_class() {
        joint_ = add_class("Year 9 Progress Review", "Progress Review", {teachers_[0], teachers_[1], teachers_[2]});
        joint_.first_slot_at = minute_ - minutes{2};
        joint_.slot_minutes = joint_slot;
        joint_.gap_minutes = joint_gap;
        tx_.enrolment.add_offer(evening_.id, joint_);
    }

    void add_families() {
        for (const auto& row : demo_families()) {
            Family family;
            const std::string name = std::string{row.parent_first_name} + ' ' + row.last_name;
            family.parent = add_person(Role::parent, name, std::string{row.mailbox} + "@families.example");
            for (const char* child : row.children) {
                Student student{{}, child, row.last_name};
                student.id = tx_.enrolment.add_student(student);
                tx_.enrolment.add_contact(family.parent.id, student.id);
                family.children.push_back(std::move(student));
            }
            families_.push_back(std::move(family));
        }
    }

    void enrol(const Student& student, const std::vector<std::size_t>& classes) {
        for (const auto index : classes) tx_.enrolment.enrol(student.id, classes_.at(index).class_info.id);
    }

    Appointment book(const Family& family, const Student& student, const ClassOffer& offer, Instant at) {
        NewAppointment row;
        row.uid = random_name();
        row.evening = evening_.id;
        row.student = student.id;
        row.parent = family.parent.id;
        row.class_id = offer.class_info.id;
        for (const auto& teacher : offer.teachers) row.teachers.push_back(teacher.id);
        row.starts_at = at;
        row.ends_at = at + offer.slot_minutes;
        row.gap = offer.gap_minutes;
        row.mode = offer.mode;
        row.room = offer.room;
        row.created_at = now_;
        return tx_.appointments.find(tx_.appointments.insert(row)).value();
    }

    /// Sam's joint appointment is on now; the ordinary ones follow. One class each is left to be booked by hand.
    void book_for_the_morgans() {
        const Family& morgans = families_.front();
        const Student& sam = morgans.children.at(0);
        const Student& robin = morgans.children.at(1);
        tx_.enrolment.enrol(sam.id, joint_.class_info.id);
        enrol(sam, {3, 4, in_person_teacher, 7});
        enrol(robin, {5, 6, telephone_teacher, 8});
        const auto at = [this](int slot) { return evening_.starts_at + slot * ordinary_slot; };
        const std::vector<Appointment> booked{
            book(morgans, sam, joint_, joint_.first_slot_at),
            book(morgans, sam, classes_[3], at(4)),
            book(morgans, robin, classes_[5], at(5)),
            book(morgans, sam, classes_[4], at(7)),
            book(morgans, robin, classes_[6], at(8)),
            book(morgans, sam, classes_[in_person_teacher], at(10)),
            book(morgans, robin, classes_[telephone_teacher], at(12)),
        };
        for (const auto& appointment : booked) confirm_booking(tx_, key_, appointment, now_);
    }

    /// Three classes each, two of them booked: before, during and after this moment.
    void book_for_the_others() {
        std::size_t number = 0;
        for (auto family = families_.begin() + 1; family != families_.end(); ++family) {
            for (const auto& student : family->children) {
                const std::size_t count = classes_.size();
                const std::vector<std::size_t> chosen{number % count, (number + 3) % count, (number + 7) % count};
                enrol(student, chosen);
                book_first_free(*family, student, classes_[chosen[0]], number * 5);
                book_first_free(*family, student, classes_[chosen[1]], number * 5 + 7);
                ++number;
            }
        }
    }

    void book_first_free(const Family& family, const Student& student, const ClassOffer& offer, std::size_t preferred) {
        const auto slots = slot_starts(evening_, offer);
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const Instant at = slots.at((preferred + i) % slots.size());
            if (!is_free(family.parent.id, at) || !is_free(offer.teachers.front().id, at)) continue;
            book(family, student, offer, at);
            return;
        }
    }

    bool is_free(PersonId person, Instant at) {
        return tx_.appointments.taken_minutes(person, at, at + ordinary_slot).empty();
    }

    DemoPersona persona(const Person& person) {
        const LinkRow link = evening_sign_in_link(tx_, key_, person.id, evening_.id, now_);
        return {person.role, person.id, person.name, person.email, {}, link_token(key_, link.name)};
    }

    std::vector<DemoPersona> make_personas() {
        std::vector<DemoPersona> personas;
        for (const auto& family : families_) {
            personas.push_back(persona(family.parent));
            for (const auto& child : family.children) personas.back().students.push_back(child.full_name());
        }
        for (const auto& teacher : teachers_) personas.push_back(persona(teacher));
        personas.push_back(persona(add_person(Role::admin, "Jordan Ellis", "jordan.ellis@hillview.example")));
        return personas;
    }

    Transaction& tx_;
    const LinkKey& key_;
    Instant now_;
    Instant minute_;
    Evening evening_;
    std::vector<Person> teachers_;
    std::vector<ClassOffer> classes_;
    ClassOffer joint_;
    std::vector<Family> families_;
};

}  // namespace

Outcome<std::vector<DemoPersona>> seed_demo(Transaction& tx, const LinkKey& key, Instant now) {
    if (!tx.enrolment.is_empty()) return Refusal::not_allowed;
    return Seeder{tx, key, now}.seed();
}

}  // namespace parley
