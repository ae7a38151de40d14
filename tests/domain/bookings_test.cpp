#include <cppunit/extensions/HelperMacros.h>

#include "support/small_school.h"

using namespace parley;

/// What each kind of person sees of an evening.
class BookingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BookingsTest);
    CPPUNIT_TEST(B9_my_bookings_by_time);
    CPPUNIT_TEST(B9_shows_nothing_of_another_parent);
    CPPUNIT_TEST(T1_a_schedule_names_student_parent_and_guests);
    CPPUNIT_TEST(T1_a_schedule_forgets_a_removed_guest);
    CPPUNIT_TEST(M13_a_guest_sees_the_granted_video_appointments_only);
    CPPUNIT_TEST(M13_a_guest_sees_what_is_booked_later);
    CPPUNIT_TEST(M13_a_removed_guest_sees_nothing);
    CPPUNIT_TEST(the_current_evening_is_the_one_that_is_on_or_next);
    CPPUNIT_TEST(refuses_an_unknown_evening);
    CPPUNIT_TEST_SUITE_END();

    SmallSchool school_;

    MyBookings bookings_of(PersonId parent) {
        return *school_.read([&](Transaction& tx) { return my_bookings(tx, parent, school_.evening, school_.now); });
    }
    Schedule schedule_of(PersonId teacher) {
        return *school_.read(
            [&](Transaction& tx) { return teacher_schedule(tx, teacher, school_.evening, school_.now); });
    }
    Outcome<GuestVisit> visit(InviteId id) {
        return school_.read([&](Transaction& tx) { return guest_visit(tx, id, school_.now); });
    }

public:
    void B9_my_bookings_by_time() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.sports, SmallSchool::at(19, 0)));
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.leo, school_.music, SmallSchool::at(18, 0)));
        const auto mine = bookings_of(school_.ann);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, mine.appointments.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"Leo"}, mine.appointments.at(0).student.first_name);
        CPPUNIT_ASSERT(mine.appointments.at(0).mode == Mode::telephone);
        CPPUNIT_ASSERT_EQUAL(std::string{"Room 7"}, mine.appointments.at(1).room);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, mine.students.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, mine.invites.available.size());
    }

    void B9_shows_nothing_of_another_parent() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(19, 0)));
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        const auto mine = bookings_of(school_.cara);
        CPPUNIT_ASSERT(mine.appointments.empty() && mine.invites.invites.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mine.invites.available.size());
    }

    void T1_a_schedule_names_student_parent_and_guests() {
        CPPUNIT_ASSERT(school_.book(school_.ben, school_.kai, school_.maths, SmallSchool::at(18, 50)));
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        const auto entries = schedule_of(school_.maths_teacher).entries;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"Mia Abel"}, entries.at(0).appointment.student.full_name());
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann Abel"}, entries.at(0).appointment.parent.name);
        CPPUNIT_ASSERT(entries.at(0).guests == std::vector<std::string>{"Gus Guest"});
        CPPUNIT_ASSERT(entries.at(1).guests.empty());
    }

    void T1_a_schedule_forgets_a_removed_guest() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(school_.remove(school_.ann, invite->id));
        CPPUNIT_ASSERT(schedule_of(school_.maths_teacher).entries.at(0).guests.empty());
    }

    void M13_a_guest_sees_the_granted_video_appointments_only() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.music, SmallSchool::at(19, 0)));
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.leo, school_.maths, SmallSchool::at(19, 30)));
        CPPUNIT_ASSERT(school_.book(school_.ben, school_.kai, school_.maths, SmallSchool::at(20, 0)));
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        const auto seen = visit(invite->id);
        CPPUNIT_ASSERT_EQUAL(std::string{"Gus Guest"}, seen->guest_name);
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann Abel"}, seen->invited_by);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, seen->appointments.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"Mia"}, seen->appointments.at(0).student_first_name);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, seen->appointments.at(0).teachers.size());
    }

    void M13_a_guest_sees_what_is_booked_later() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(visit(invite->id)->appointments.empty());
        const auto booked = school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, visit(invite->id)->appointments.size());
        // The other parent's appointment for the same student is not the inviting parent's to share.
        CPPUNIT_ASSERT(school_.book(school_.cara, school_.mia, school_.french, SmallSchool::at(18, 20)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, visit(invite->id)->appointments.size());
        CPPUNIT_ASSERT(school_.cancel(school_.ann, booked->id));
        CPPUNIT_ASSERT(visit(invite->id)->appointments.empty());
    }

    void M13_a_removed_guest_sees_nothing() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(school_.remove(school_.ann, invite->id));
        CPPUNIT_ASSERT_EQUAL(Refusal::link_removed, visit(invite->id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::link_removed, visit(InviteId{99}).refusal());
    }

    void the_current_evening_is_the_one_that_is_on_or_next() {
        const auto second = school_.write([&](Transaction& tx) {
            Evening evening = tx.directory.evening(school_.evening).value();
            evening.starts_at += std::chrono::days{1};
            evening.ends_at += std::chrono::days{1};
            return tx.enrolment.add_evening(evening);
        });
        const auto current = [&](Instant now) {
            return school_.read([now](Transaction& tx) { return current_evening(tx, now); })->id;
        };
        CPPUNIT_ASSERT(current(SmallSchool::at(9, 0)) == school_.evening);
        CPPUNIT_ASSERT(current(SmallSchool::at(19, 0)) == school_.evening);
        CPPUNIT_ASSERT(current(SmallSchool::at(21, 0)) == second);
        CPPUNIT_ASSERT(current(SmallSchool::at(21, 0) + std::chrono::days{10}) == second);
    }

    void refuses_an_unknown_evening() {
        const EveningId unknown{99};
        const auto refusal = [&](auto rule) { return school_.read(rule).refusal(); };
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, refusal([&](Transaction& tx) {
                                 return my_bookings(tx, school_.ann, unknown, school_.now);
                             }));
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, refusal([&](Transaction& tx) {
                                 return teacher_schedule(tx, school_.maths_teacher, unknown, school_.now);
                             }));
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found,
                             refusal([&](Transaction& tx) { return choices(tx, school_.ann, unknown, school_.now); }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BookingsTest);
