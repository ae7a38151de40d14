#include <cppunit/extensions/HelperMacros.h>

#include "calls/seating_fixture.h"

using namespace parley;
using Link = RosterEntry::Link;

/// One person, one seat; and how long a seat is kept for them.
class SeatKeepingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SeatKeepingTest);
    CPPUNIT_TEST(M9_the_newest_page_takes_the_seat_and_the_old_one_is_told);
    CPPUNIT_TEST(M9_the_old_page_does_not_come_back_by_itself);
    CPPUNIT_TEST(M9_not_even_when_the_new_one_has_left);
    CPPUNIT_TEST(M9_whoever_was_knocked_out_may_take_over_on_purpose);
    CPPUNIT_TEST(M9_a_page_that_was_reloaded_is_no_contest);
    CPPUNIT_TEST(M9_mute_does_not_pass_to_the_new_page);
    CPPUNIT_TEST(M8_put_out_frees_seat_and_place);
    CPPUNIT_TEST(put_everybody_out_tells_everybody);
    CPPUNIT_TEST(C4_the_same_page_gets_its_seat_with_a_new_connection);
    CPPUNIT_TEST(C4_a_lost_connection_keeps_its_seat_for_thirty_seconds);
    CPPUNIT_TEST(C4_what_is_lost_already_does_not_begin_its_time_again);
    CPPUNIT_TEST(C4_late_words_about_an_earlier_connection_count_for_nothing);
    CPPUNIT_TEST(C4_a_seat_that_never_connects_is_lost_after_twenty_seconds);
    CPPUNIT_TEST(C4_a_page_that_knows_why_is_not_asked_back);
    CPPUNIT_TEST(C4_who_comes_back_finds_the_same_index);
    CPPUNIT_TEST(a_claim_without_an_offer_frees_the_new_seat);
    CPPUNIT_TEST(a_claim_without_an_offer_keeps_the_seat_that_was_sat_in);
    CPPUNIT_TEST_SUITE_END();

    Table t_;

    [[nodiscard]] Link link(int number) const { return t_.seating.find(Table::person(number))->link; }

public:
    void M9_the_newest_page_takes_the_seat_and_the_old_one_is_told() {
        t_.settle(0);
        t_.settle(1);
        const auto claimed = t_.claim(1, {.page = "phone"});
        CPPUNIT_ASSERT_EQUAL(1, std::get<Seating::Seated>(claimed.answer).index);
        CPPUNIT_ASSERT_EQUAL(std::string{"page 1"}, first<effect::KnockedOut>(claimed.effects)->page);
        CPPUNIT_ASSERT(first<effect::Contested>(claimed.effects)->who == Table::person(1));
        // What the old page's connection carried ends before the new one begins.
        CPPUNIT_ASSERT(first<effect::Disconnect>(claimed.effects)->index == 1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, t_.seating.seated().size());
    }

    void M9_the_old_page_does_not_come_back_by_itself() {
        t_.settle(0);
        t_.settle(0, {.page = "phone"});
        CPPUNIT_ASSERT(t_.refusal(0, {.resume = true}) == Refusal::taken_over);
        CPPUNIT_ASSERT_EQUAL(std::string{"phone"}, t_.seating.find(Table::person(0))->page);
    }

    void M9_not_even_when_the_new_one_has_left() {
        t_.settle(0);
        t_.settle(0, {.page = "phone"});
        t_.leave(0);
        CPPUNIT_ASSERT(t_.refusal(0, {.resume = true}) == Refusal::taken_over);
    }

    void M9_whoever_was_knocked_out_may_take_over_on_purpose() {
        t_.settle(0);
        t_.settle(0, {.page = "phone"});
        CPPUNIT_ASSERT_EQUAL(0, t_.sit(0));
        CPPUNIT_ASSERT_EQUAL(0, t_.sit(0, {.resume = true}));
        CPPUNIT_ASSERT(t_.refusal(0, {.resume = true, .page = "phone"}) == Refusal::taken_over);
    }

    void M9_a_page_that_was_reloaded_is_no_contest() {
        t_.settle(0);
        t_.offline(0);
        CPPUNIT_ASSERT(first<effect::Contested>(t_.claim(0, {.page = "reloaded"}).effects) == nullptr);
        // But whoever comes back after all was there.
        CPPUNIT_ASSERT(first<effect::Contested>(t_.claim(0, {.resume = true}).effects) != nullptr);
    }

    void M9_mute_does_not_pass_to_the_new_page() {
        t_.settle(0);
        t_.seating.set_status(Table::person(0), {.muted = true, .camera_off = true});
        CPPUNIT_ASSERT(t_.seating.people()[0].status.muted);
        t_.settle(0);
        CPPUNIT_ASSERT(t_.seating.people()[0].status.muted);
        t_.settle(0, {.page = "phone"});
        CPPUNIT_ASSERT(!t_.seating.people()[0].status.muted);
    }

    void M8_put_out_frees_seat_and_place() {
        t_.fill();
        t_.wait(4);
        t_.wait(5);
        const auto effects = t_.seating.put_out(Table::person(2), t_.now);
        CPPUNIT_ASSERT_EQUAL(std::string{"page 2"}, first<effect::Removed>(effects)->page);
        CPPUNIT_ASSERT_EQUAL(2, first<effect::Disconnect>(effects)->index);
        CPPUNIT_ASSERT_EQUAL(std::string{"page 4"}, first<effect::LetIn>(effects)->page);
        CPPUNIT_ASSERT_EQUAL(1, count<effect::Removed>(t_.seating.put_out(Table::person(5), t_.now)));
        CPPUNIT_ASSERT(t_.seating.put_out(Table::person(99), t_.now).empty());
    }

    void put_everybody_out_tells_everybody() {
        t_.fill();
        t_.wait(4);
        const auto effects = t_.seating.put_everybody_out(t_.now);
        CPPUNIT_ASSERT_EQUAL(5, count<effect::Removed>(effects));
        CPPUNIT_ASSERT_EQUAL(4, count<effect::Disconnect>(effects));
        CPPUNIT_ASSERT(first<effect::LetIn>(effects) == nullptr);
        CPPUNIT_ASSERT(t_.seating.empty());
    }

    void C4_the_same_page_gets_its_seat_with_a_new_connection() {
        t_.settle(0);
        t_.settle(1);
        const auto before = *t_.seating.find(Table::person(1));
        const auto claimed = t_.claim(1, {.resume = true});
        const auto seated = std::get<Seating::Seated>(claimed.answer);
        CPPUNIT_ASSERT_EQUAL(before.index, seated.index);
        CPPUNIT_ASSERT(seated.connection > before.connection);
        CPPUNIT_ASSERT(before.handle != t_.seating.find(Table::person(1))->handle);
        // The earlier connection's picture stays until the new one's comes.
        CPPUNIT_ASSERT(first<effect::Disconnect>(claimed.effects) == nullptr);
    }

    void C4_a_lost_connection_keeps_its_seat_for_thirty_seconds() {
        t_.fill();
        t_.wait(4);
        t_.seating.lost(3, t_.connection(3), t_.now);
        t_.pass(seconds{29});
        CPPUNIT_ASSERT(link(3) == Link::lost);
        CPPUNIT_ASSERT_EQUAL(4, t_.seating.active());
        const auto effects = t_.pass(seconds{1});
        CPPUNIT_ASSERT_EQUAL(std::string{"page 3"}, first<effect::Expired>(effects)->page);
        CPPUNIT_ASSERT_EQUAL(3, first<effect::Disconnect>(effects)->index);
        CPPUNIT_ASSERT_EQUAL(std::string{"page 4"}, first<effect::LetIn>(effects)->page);
    }

    void C4_what_is_lost_already_does_not_begin_its_time_again() {
        t_.settle(0);
        t_.seating.lost(0, t_.connection(0), t_.now);
        t_.pass(seconds{20});
        t_.seating.failed(0, t_.connection(0), t_.now);
        t_.pass(seconds{10});
        CPPUNIT_ASSERT(t_.seating.empty());
    }

    void C4_late_words_about_an_earlier_connection_count_for_nothing() {
        t_.settle(0);
        const auto old = t_.connection(0);
        t_.settle(0);
        t_.seating.lost(0, old, t_.now);
        CPPUNIT_ASSERT(link(0) == Link::connected);
        t_.seating.lost(0, t_.connection(0), t_.now);
        t_.seating.connected(0, old, t_.now);
        CPPUNIT_ASSERT(link(0) == Link::lost);
        t_.seating.connected(0, t_.connection(0), t_.now);
        CPPUNIT_ASSERT(link(0) == Link::connected);
        CPPUNIT_ASSERT(!t_.seating.next_deadline());
    }

    void C4_a_seat_that_never_connects_is_lost_after_twenty_seconds() {
        t_.sit(0);
        t_.pass(seconds{19});
        CPPUNIT_ASSERT(link(0) == Link::connecting);
        t_.pass(seconds{1});
        CPPUNIT_ASSERT(link(0) == Link::lost);
        t_.pass(seconds{30});
        CPPUNIT_ASSERT(t_.seating.empty());
    }

    void C4_a_page_that_knows_why_is_not_asked_back() {
        t_.settle(0);
        t_.seating.failed(0, t_.connection(0), t_.now);
        CPPUNIT_ASSERT(link(0) == Link::lost);
        CPPUNIT_ASSERT(first<effect::Expired>(t_.pass(seconds{30})) == nullptr);
        CPPUNIT_ASSERT(t_.seating.empty());
    }

    void C4_who_comes_back_finds_the_same_index() {
        for (int i = 0; i < 3; ++i) t_.settle(i);
        t_.leave(0);
        t_.leave(1);
        CPPUNIT_ASSERT_EQUAL(3, t_.settle(7));
        CPPUNIT_ASSERT_EQUAL(1, t_.settle(1));
        CPPUNIT_ASSERT_EQUAL(0, t_.settle(0));
        t_.leave(0);
        CPPUNIT_ASSERT_EQUAL(0, t_.settle(8));
    }

    void a_claim_without_an_offer_frees_the_new_seat() {
        t_.sit(0);
        CPPUNIT_ASSERT_EQUAL(1, count<effect::Disconnect>(t_.seating.offer_failed(0, t_.connection(0), t_.now)));
        CPPUNIT_ASSERT(t_.seating.empty());
    }

    void a_claim_without_an_offer_keeps_the_seat_that_was_sat_in() {
        t_.settle(0);
        t_.sit(0);
        t_.seating.offer_failed(0, t_.connection(0), t_.now);
        CPPUNIT_ASSERT(link(0) == Link::lost);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SeatKeepingTest);
