#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

#include "support/small_school.h"

using namespace parley;

/// Booking and cancelling by hand, and the matrix they are chosen from.
class BookingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BookingTest);
    CPPUNIT_TEST(B1_books_a_slot);
    CPPUNIT_TEST(B1_books_all_teachers_of_a_joint_class);
    CPPUNIT_TEST(B1_shows_every_free_slot_of_every_class);
    CPPUNIT_TEST(B1_a_joint_class_is_free_when_all_its_teachers_are);
    CPPUNIT_TEST(B1_marks_what_clashes_with_the_parents_own);
    CPPUNIT_TEST(B1_offers_no_slot_that_has_begun);
    CPPUNIT_TEST(B3_cancels_and_frees_the_time_for_all);
    CPPUNIT_TEST(B3_does_not_cancel_what_has_begun_or_is_anothers);
    CPPUNIT_TEST(B4_refuses_a_teacher_who_is_taken);
    CPPUNIT_TEST(B4_refuses_a_joint_slot_when_one_teacher_is_taken);
    CPPUNIT_TEST(B4_refuses_a_parent_who_is_busy);
    CPPUNIT_TEST(B4_gaps_are_kept_free);
    CPPUNIT_TEST(B4_no_student_twice_with_one_teacher_in_one_household);
    CPPUNIT_TEST(B6_keeps_the_note);
    CPPUNIT_TEST(B6_refuses_a_note_that_is_too_long_or_hides_something);
    CPPUNIT_TEST(B7_confirms_by_mail);
    CPPUNIT_TEST(B7_says_so_when_cancelled);
    CPPUNIT_TEST(refuses_while_booking_is_closed);
    CPPUNIT_TEST(refuses_what_is_not_a_slot);
    CPPUNIT_TEST(refuses_a_slot_that_has_begun);
    CPPUNIT_TEST(refuses_anothers_student_and_anothers_class);
    CPPUNIT_TEST(a_refusal_leaves_nothing_behind);
    CPPUNIT_TEST_SUITE_END();

    SmallSchool school_;

    EveningId evening_with_window(std::optional<Instant> opens, std::optional<Instant> closes) {
        return school_.write([&](Transaction& tx) {
            Evening evening = tx.directory.evening(school_.evening).value();
            evening.booking_opens_at = opens;
            evening.booking_closes_at = closes;
            const auto id = tx.enrolment.add_evening(evening);
            for (const auto& offer : tx.directory.offers_for(school_.mia, school_.evening))
                tx.enrolment.add_offer(id, offer);
            return id;
        });
    }

    ClassChoice choice_of(StudentId student, ClassId id) {
        const auto all =
            school_.read([&](Transaction& tx) { return choices(tx, school_.ann, school_.evening, school_.now); });
        for (const auto& row : all->students) {
            if (row.student.id != student) continue;
            for (const auto& choice : row.classes) {
                if (choice.offer.class_info.id == id) return choice;
            }
        }
        CPPUNIT_FAIL("there is no such choice");
        return {};
    }

    static bool has(const ClassChoice& choice, Instant at) {
        return std::any_of(choice.free.begin(), choice.free.end(),
                           [at](const FreeSlot& slot) { return slot.starts_at == at; });
    }

public:
    void B1_books_a_slot() {
        const auto booked = school_.book(school_.ann, school_.mia, school_.french, SmallSchool::at(18, 20));
        CPPUNIT_ASSERT(booked);
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 35), booked->ends_at);
        CPPUNIT_ASSERT_EQUAL(std::string{"Mia Abel"}, booked->student.full_name());
        CPPUNIT_ASSERT_EQUAL(std::string{"Fred French"}, booked->teachers.at(0).name);
        CPPUNIT_ASSERT(booked->mode == Mode::video && booked->state == AppointmentState::booked);
        CPPUNIT_ASSERT(booked->sequence == 0 && booked->uid.size() == 32);
    }

    void B1_books_all_teachers_of_a_joint_class() {
        const auto booked = school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 25));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, booked->teachers.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"Tess Times"}, booked->teachers.at(0).name);
        CPPUNIT_ASSERT_EQUAL(std::string{"Sid Sports"}, booked->teachers.at(2).name);
    }

    void B1_shows_every_free_slot_of_every_class() {
        const auto all =
            school_.read([&](Transaction& tx) { return choices(tx, school_.ann, school_.evening, school_.now); });
        CPPUNIT_ASSERT(all->booking_open);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all->students.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{18}, choice_of(school_.mia, school_.maths).free.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{9}, choice_of(school_.mia, school_.french).free.size());
        CPPUNIT_ASSERT(school_.book(school_.ben, school_.kai, school_.maths, SmallSchool::at(18, 30)));
        CPPUNIT_ASSERT(!has(choice_of(school_.mia, school_.maths), SmallSchool::at(18, 30)));
        CPPUNIT_ASSERT(has(choice_of(school_.mia, school_.maths), SmallSchool::at(18, 40)));
    }

    void B1_a_joint_class_is_free_when_all_its_teachers_are() {
        CPPUNIT_ASSERT(has(choice_of(school_.mia, school_.joint), SmallSchool::at(18, 25)));
        CPPUNIT_ASSERT(school_.book(school_.ben, school_.kai, school_.sports, SmallSchool::at(18, 40)));
        CPPUNIT_ASSERT(!has(choice_of(school_.mia, school_.joint), SmallSchool::at(18, 25)));
        CPPUNIT_ASSERT(has(choice_of(school_.mia, school_.joint), SmallSchool::at(18, 50)));
    }

    void B1_marks_what_clashes_with_the_parents_own() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.leo, school_.music, SmallSchool::at(18, 10)));
        const auto choice = choice_of(school_.mia, school_.maths);
        CPPUNIT_ASSERT(!choice.free.at(0).you_are_busy && choice.free.at(1).you_are_busy);
        CPPUNIT_ASSERT(choice_of(school_.leo, school_.music).booked);
        CPPUNIT_ASSERT(choice_of(school_.leo, school_.music).free.empty());
    }

    void B1_offers_no_slot_that_has_begun() {
        school_.now = SmallSchool::at(18, 10);
        const auto choice = choice_of(school_.mia, school_.maths);
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 20), choice.free.at(0).starts_at);
    }

    void B3_cancels_and_frees_the_time_for_all() {
        const auto booked = school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 0));
        const auto cancelled = school_.cancel(school_.ann, booked->id);
        CPPUNIT_ASSERT(cancelled && cancelled->state == AppointmentState::cancelled && cancelled->sequence == 1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, cancelled->teachers.size());
        CPPUNIT_ASSERT(school_.book(school_.ben, school_.kai, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.french, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, school_.cancel(school_.ann, booked->id).refusal());
    }

    void B3_does_not_cancel_what_has_begun_or_is_anothers() {
        const auto booked = school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, school_.cancel(school_.cara, booked->id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, school_.cancel(school_.ann, AppointmentId{99}).refusal());
        school_.now = SmallSchool::at(18, 0);
        CPPUNIT_ASSERT_EQUAL(Refusal::appointment_started, school_.cancel(school_.ann, booked->id).refusal());
    }

    void B4_refuses_a_teacher_who_is_taken() {
        CPPUNIT_ASSERT(school_.book(school_.ben, school_.kai, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT_EQUAL(Refusal::slot_taken,
                             school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)).refusal());
    }

    void B4_refuses_a_joint_slot_when_one_teacher_is_taken() {
        CPPUNIT_ASSERT(school_.book(school_.ben, school_.kai, school_.french, SmallSchool::at(18, 20)));
        CPPUNIT_ASSERT_EQUAL(Refusal::slot_taken,
                             school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 0)).refusal());
    }

    void B4_refuses_a_parent_who_is_busy() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.french, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT_EQUAL(Refusal::you_are_busy,
                             school_.book(school_.ann, school_.leo, school_.maths, SmallSchool::at(18, 10)).refusal());
    }

    void B4_gaps_are_kept_free() {
        // French lasts 15 minutes and keeps 5 more.
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.french, SmallSchool::at(18, 20)));
        CPPUNIT_ASSERT_EQUAL(Refusal::you_are_busy,
                             school_.book(school_.ann, school_.leo, school_.maths, SmallSchool::at(18, 30)).refusal());
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.leo, school_.maths, SmallSchool::at(18, 40)));
    }

    void B4_no_student_twice_with_one_teacher_in_one_household() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT_EQUAL(Refusal::already_booked,
                             school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(19, 0)).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::already_booked,
                             school_.book(school_.cara, school_.mia, school_.maths, SmallSchool::at(19, 0)).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::already_booked,
                             school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(19, 15)).refusal());
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.leo, school_.maths, SmallSchool::at(19, 0)));
    }

    void B6_keeps_the_note() {
        const std::string note = "Leseschwäche?\nPlease look at p. 12 😀";
        CPPUNIT_ASSERT_EQUAL(note,
                             school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0), note)->note);
    }

    void B6_refuses_a_note_that_is_too_long_or_hides_something() {
        const auto book = [&](std::string note) {
            return school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0), std::move(note));
        };
        CPPUNIT_ASSERT(book(std::string(501, 'x')).fields() == (FieldErrors{{"note", Refusal::note_too_long}}));
        CPPUNIT_ASSERT_EQUAL(Refusal::request_invalid, book("\x01").refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::request_invalid, book("\xFF").refusal());
        std::string umlauts;
        for (int i = 0; i < 500; ++i) umlauts += "ü";
        CPPUNIT_ASSERT(book(umlauts));
    }

    void B7_confirms_by_mail() {
        const auto booked = school_.book(school_.ann, school_.mia, school_.sports, SmallSchool::at(18, 0));
        const auto mail = school_.take_mail().at(0);
        CPPUNIT_ASSERT(mail.kind == MailKind::booking_confirmation && mail.appointment == booked->id);
        CPPUNIT_ASSERT_EQUAL(std::string{"ann@families.example"}, mail.to_email);
        const auto& facts = mail.facts.appointments.at(0);
        CPPUNIT_ASSERT_EQUAL(booked->uid, facts.uid);
        CPPUNIT_ASSERT_EQUAL(std::string{"Mia Abel"}, facts.student);
        CPPUNIT_ASSERT_EQUAL(std::string{"Room 7"}, facts.room);
        CPPUNIT_ASSERT(facts.mode == Mode::in_person && mail.mail_link->purpose == LinkPurpose::sign_in);
    }

    void B7_says_so_when_cancelled() {
        const auto booked = school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        school_.take_mail();
        CPPUNIT_ASSERT(school_.cancel(school_.ann, booked->id));
        const auto mail = school_.take_mail().at(0);
        CPPUNIT_ASSERT(mail.kind == MailKind::booking_cancelled);
        CPPUNIT_ASSERT_EQUAL(1, mail.facts.appointments.at(0).sequence);
        CPPUNIT_ASSERT_EQUAL(booked->uid, mail.facts.appointments.at(0).uid);
    }

    void refuses_while_booking_is_closed() {
        school_.evening = evening_with_window(SmallSchool::at(17, 30), SmallSchool::at(17, 45));
        const auto book = [&] { return school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)); };
        CPPUNIT_ASSERT_EQUAL(Refusal::booking_closed, book().refusal());
        CPPUNIT_ASSERT(choice_of(school_.mia, school_.maths).free.empty());
        school_.now = SmallSchool::at(17, 30);
        const auto booked = book();
        CPPUNIT_ASSERT(booked);
        school_.now = SmallSchool::at(17, 45);
        CPPUNIT_ASSERT_EQUAL(Refusal::booking_closed, school_.cancel(school_.ann, booked->id).refusal());
        school_.evening = evening_with_window({}, {});
        school_.now = SmallSchool::at(21, 0);
        CPPUNIT_ASSERT_EQUAL(Refusal::booking_closed, book().refusal());
    }

    void refuses_what_is_not_a_slot() {
        for (const Instant at : {SmallSchool::at(18, 5), SmallSchool::at(17, 50), SmallSchool::at(21, 0),
                                 SmallSchool::at(18, 10) + milliseconds{1}}) {
            CPPUNIT_ASSERT_EQUAL(Refusal::slot_unknown,
                                 school_.book(school_.ann, school_.mia, school_.maths, at).refusal());
        }
    }

    void refuses_a_slot_that_has_begun() {
        school_.now = SmallSchool::at(18, 10);
        CPPUNIT_ASSERT_EQUAL(Refusal::appointment_started,
                             school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 10)).refusal());
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 20)));
    }

    void refuses_anothers_student_and_anothers_class() {
        CPPUNIT_ASSERT_EQUAL(Refusal::student_not_yours,
                             school_.book(school_.ann, school_.kai, school_.maths, SmallSchool::at(18, 0)).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found,
                             school_.book(school_.ann, school_.leo, school_.sports, SmallSchool::at(18, 0)).refusal());
        school_.evening = EveningId{99};
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found,
                             school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)).refusal());
    }

    void a_refusal_leaves_nothing_behind() {
        CPPUNIT_ASSERT(school_.book(school_.ben, school_.kai, school_.maths, SmallSchool::at(18, 0)));
        school_.take_mail();
        CPPUNIT_ASSERT(!school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(school_.take_mail().empty());
        CPPUNIT_ASSERT(school_.audit() == std::vector<std::string>{"appointment.booked"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BookingTest);
