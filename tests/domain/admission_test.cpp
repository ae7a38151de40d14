#include <cppunit/extensions/HelperMacros.h>

#include "support/small_school.h"

using namespace parley;

/// Who may sit in which call, and when.
class AdmissionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AdmissionTest);
    CPPUNIT_TEST(M12_all_three_teachers_the_parent_and_the_guest_may_join);
    CPPUNIT_TEST(M13_a_guest_joins_the_granted_calls_only);
    CPPUNIT_TEST(M8_a_removed_guest_joins_nothing);
    CPPUNIT_TEST(P2_everybody_else_finds_nothing);
    CPPUNIT_TEST(joins_video_appointments_only);
    CPPUNIT_TEST(a_call_opens_for_teachers_first);
    CPPUNIT_TEST(C2_a_call_closes_after_its_end);
    CPPUNIT_TEST(C2_a_call_closes_before_the_teachers_next_one);
    CPPUNIT_TEST(C2_the_ticket_names_the_next_appointment);
    CPPUNIT_TEST(a_cancelled_appointment_has_no_call);
    CPPUNIT_TEST_SUITE_END();

    SmallSchool school_;

    Outcome<CallTicket> join(Role role, std::int64_t key, AppointmentId id) {
        return school_.read([&](Transaction& tx) { return may_join(tx, {role, key}, id, school_.now); });
    }
    Outcome<CallTicket> join(PersonId teacher, AppointmentId id) { return join(Role::teacher, teacher.value, id); }

    AppointmentId booked(PersonId parent, StudentId student, ClassId id, Instant at) {
        return school_.book(parent, student, id, at)->id;
    }

public:
    void M12_all_three_teachers_the_parent_and_the_guest_may_join() {
        const auto id = booked(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 0));
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        school_.now = SmallSchool::at(18, 1);
        for (const auto teacher : {school_.maths_teacher, school_.french_teacher, school_.sports_teacher}) {
            CPPUNIT_ASSERT(join(teacher, id));
        }
        const auto parent = join(Role::parent, school_.ann.value, id);
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann Abel"}, parent->display_name);
        const auto guest = join(Role::guest, invite->id.value, id);
        CPPUNIT_ASSERT_EQUAL(std::string{"Gus Guest"}, guest->display_name);
        CPPUNIT_ASSERT(guest->identity == (Identity{Role::guest, invite->id.value}));
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 20), guest->ends_at);
    }

    void M13_a_guest_joins_the_granted_calls_only() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.leo}));
        const auto mias = booked(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        const auto leos = booked(school_.ann, school_.leo, school_.french, SmallSchool::at(18, 20));
        const auto caras = booked(school_.cara, school_.mia, school_.french, SmallSchool::at(18, 40));
        school_.now = SmallSchool::at(18, 0);
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(Role::guest, invite->id.value, mias).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(Role::guest, invite->id.value, caras).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::call_not_open, join(Role::guest, invite->id.value, leos).refusal());
        school_.now = SmallSchool::at(18, 20);
        CPPUNIT_ASSERT(join(Role::guest, invite->id.value, leos));
    }

    void M8_a_removed_guest_joins_nothing() {
        const auto id = booked(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(school_.remove(school_.ann, invite->id));
        school_.now = SmallSchool::at(18, 0);
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(Role::guest, invite->id.value, id).refusal());
    }

    void P2_everybody_else_finds_nothing() {
        const auto id = booked(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        const auto foreign = school_.invite(school_.ben, school_.guest_for({school_.kai}));
        school_.now = SmallSchool::at(18, 0);
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(school_.french_teacher, id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(Role::parent, school_.cara.value, id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(Role::parent, school_.maths_teacher.value, id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(Role::guest, foreign->id.value, id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(Role::guest, 99, id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(Role::admin, school_.admin.value, id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(school_.maths_teacher, AppointmentId{99}).refusal());
    }

    void joins_video_appointments_only() {
        const auto id = booked(school_.ann, school_.mia, school_.sports, SmallSchool::at(18, 0));
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        school_.now = SmallSchool::at(18, 0);
        CPPUNIT_ASSERT_EQUAL(Refusal::not_a_video_appointment, join(school_.sports_teacher, id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_a_video_appointment, join(Role::guest, invite->id.value, id).refusal());
    }

    void a_call_opens_for_teachers_first() {
        const auto id = booked(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        school_.now = SmallSchool::at(17, 50) - seconds{1};
        CPPUNIT_ASSERT_EQUAL(Refusal::call_not_open, join(school_.maths_teacher, id).refusal());
        school_.now = SmallSchool::at(17, 50);
        CPPUNIT_ASSERT(join(school_.maths_teacher, id));
        CPPUNIT_ASSERT_EQUAL(Refusal::call_not_open, join(Role::parent, school_.ann.value, id).refusal());
        school_.now = SmallSchool::at(17, 55);
        CPPUNIT_ASSERT_EQUAL(school_.now, join(Role::parent, school_.ann.value, id)->opens_at);
    }

    void C2_a_call_closes_after_its_end() {
        const auto id = booked(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        school_.now = SmallSchool::at(18, 10) + seconds{29};
        const auto ticket = join(school_.maths_teacher, id);
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 10) + call_grace, ticket->closes_at);
        school_.now = ticket->closes_at;
        CPPUNIT_ASSERT_EQUAL(Refusal::call_over, join(school_.maths_teacher, id).refusal());
    }

    void C2_a_call_closes_before_the_teachers_next_one() {
        const auto id = booked(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        booked(school_.ben, school_.kai, school_.maths, SmallSchool::at(18, 10));
        school_.now = SmallSchool::at(18, 0);
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 10), join(Role::parent, school_.ann.value, id)->closes_at);
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 10), join(school_.maths_teacher, id)->closes_at);
    }

    void C2_the_ticket_names_the_next_appointment() {
        const auto id = booked(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        const auto kais = booked(school_.ben, school_.kai, school_.maths, SmallSchool::at(18, 10));
        const auto leos = booked(school_.ann, school_.leo, school_.music, SmallSchool::at(18, 30));
        const auto mias = booked(school_.ann, school_.mia, school_.french, SmallSchool::at(19, 0));
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        school_.now = SmallSchool::at(18, 0);
        CPPUNIT_ASSERT(join(school_.maths_teacher, id)->next->id == kais);
        CPPUNIT_ASSERT(join(Role::parent, school_.ann.value, id)->next->id == leos);
        CPPUNIT_ASSERT(join(Role::guest, invite->id.value, id)->next->id == mias);
        school_.now = SmallSchool::at(19, 0);
        CPPUNIT_ASSERT(!join(school_.french_teacher, mias)->next);
    }

    void a_cancelled_appointment_has_no_call() {
        const auto id = booked(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        CPPUNIT_ASSERT(school_.cancel(school_.ann, id));
        school_.now = SmallSchool::at(18, 0);
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, join(school_.maths_teacher, id).refusal());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AdmissionTest);
