#include "calls/seating.h"

#include <cppunit/extensions/HelperMacros.h>

#include "calls/seating_fixture.h"

using namespace parley;

/// Who gets a seat, who waits, who comes first.
class SeatingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SeatingTest);
    CPPUNIT_TEST(M11_four_sit_and_the_fifth_waits);
    CPPUNIT_TEST(M11_a_thousand_claims_never_seat_a_fifth);
    CPPUNIT_TEST(M12_the_head_of_the_queue_is_let_in_when_somebody_leaves);
    CPPUNIT_TEST(M12_a_held_place_counts_as_active_and_goes_to_nobody_else);
    CPPUNIT_TEST(M12_a_place_that_is_not_taken_goes_to_the_next);
    CPPUNIT_TEST(M12_who_missed_their_place_waits_again_behind_the_others);
    CPPUNIT_TEST(M12_those_behind_are_told_that_they_moved_up);
    CPPUNIT_TEST(M12_the_seventeenth_in_the_queue_is_refused);
    CPPUNIT_TEST(M12_claiming_while_waiting_keeps_the_place);
    CPPUNIT_TEST(M12_a_waiter_without_a_stream_loses_the_place_after_fifteen_seconds);
    CPPUNIT_TEST(M12_a_waiter_whose_stream_is_back_in_time_keeps_it);
    CPPUNIT_TEST(M12_who_stops_waiting_is_gone);
    CPPUNIT_TEST(M12_a_waiter_who_gives_up_a_held_place_lets_the_next_in);
    CPPUNIT_TEST_SUITE_END();

    Table t_;

public:
    void M11_four_sit_and_the_fifth_waits() {
        for (int i = 0; i < 4; ++i) CPPUNIT_ASSERT_EQUAL(i, t_.sit(i));
        CPPUNIT_ASSERT_EQUAL(1, t_.wait(4));
        CPPUNIT_ASSERT_EQUAL(4, t_.seating.active());
    }

    void M11_a_thousand_claims_never_seat_a_fifth() {
        for (int i = 0; i < 1000; ++i) {
            t_.claim(i % 250);
            CPPUNIT_ASSERT(t_.seating.active() <= 4);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, t_.seating.seated().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{16}, t_.seating.waiting().size());
    }

    void M12_the_head_of_the_queue_is_let_in_when_somebody_leaves() {
        t_.fill();
        t_.wait(4);
        const auto effects = t_.leave(1);
        const auto* told = first<effect::LetIn>(effects);
        CPPUNIT_ASSERT(told != nullptr && told->page == "page 4" && told->until == t_.now + seconds{10});
        CPPUNIT_ASSERT_EQUAL(1, t_.sit(4, {.resume = true}));
    }

    void M12_a_held_place_counts_as_active_and_goes_to_nobody_else() {
        t_.fill();
        t_.wait(4);
        t_.leave(1);
        CPPUNIT_ASSERT_EQUAL(4, t_.seating.active());
        CPPUNIT_ASSERT_EQUAL(1, t_.wait(5));
        CPPUNIT_ASSERT_EQUAL(1, t_.sit(4));
        CPPUNIT_ASSERT_EQUAL(1, t_.wait(5));
    }

    void M12_a_place_that_is_not_taken_goes_to_the_next() {
        t_.fill();
        t_.wait(4);
        t_.wait(5);
        t_.leave(1);
        CPPUNIT_ASSERT(t_.seating.next_deadline() == t_.now + seconds{10});
        const auto effects = t_.pass(seconds{10});
        CPPUNIT_ASSERT_EQUAL(std::string{"page 5"}, first<effect::LetIn>(effects)->page);
        CPPUNIT_ASSERT(t_.sit(5) >= 0);
    }

    void M12_who_missed_their_place_waits_again_behind_the_others() {
        t_.fill();
        t_.wait(4);
        t_.wait(5);
        t_.leave(1);
        const auto effects = t_.pass(seconds{10});
        CPPUNIT_ASSERT_EQUAL(std::string{"page 4"}, first<effect::Moved>(effects)->page);
        CPPUNIT_ASSERT_EQUAL(1, t_.wait(4));
        t_.sit(5);
        t_.leave(0);
        CPPUNIT_ASSERT(t_.sit(4) >= 0);
    }

    void M12_those_behind_are_told_that_they_moved_up() {
        t_.fill();
        t_.wait(4);
        CPPUNIT_ASSERT_EQUAL(2, t_.wait(5));
        const auto effects = t_.leave(0);
        const auto* moved = first<effect::Moved>(effects);
        CPPUNIT_ASSERT(moved != nullptr && moved->page == "page 5" && moved->place == 1);
    }

    void M12_the_seventeenth_in_the_queue_is_refused() {
        t_.fill();
        for (int i = 0; i < 16; ++i) CPPUNIT_ASSERT_EQUAL(i + 1, t_.wait(4 + i));
        CPPUNIT_ASSERT(t_.refusal(20) == Refusal::queue_full);
        CPPUNIT_ASSERT_EQUAL(16, t_.wait(19));
    }

    void M12_claiming_while_waiting_keeps_the_place() {
        t_.fill();
        t_.wait(4);
        t_.wait(5);
        CPPUNIT_ASSERT_EQUAL(1, t_.wait(4, {.resume = true}));
        const auto claimed = t_.claim(4, {.page = "another"});
        CPPUNIT_ASSERT_EQUAL(1, std::get<QueuePlace>(claimed.answer).place);
        CPPUNIT_ASSERT_EQUAL(std::string{"page 4"}, first<effect::KnockedOut>(claimed.effects)->page);
    }

    void M12_a_waiter_without_a_stream_loses_the_place_after_fifteen_seconds() {
        t_.fill();
        t_.wait(4, {.online = false});
        t_.wait(5);
        t_.offline(5);
        CPPUNIT_ASSERT(first<effect::Expired>(t_.pass(seconds{14})) == nullptr);
        CPPUNIT_ASSERT_EQUAL(2, count<effect::Expired>(t_.pass(seconds{1})));
        CPPUNIT_ASSERT(t_.seating.waiting().empty());
    }

    void M12_a_waiter_whose_stream_is_back_in_time_keeps_it() {
        t_.fill();
        t_.wait(4, {.online = false});
        t_.online(4);
        t_.pass(seconds{60});
        CPPUNIT_ASSERT_EQUAL(1, t_.wait(4));
    }

    void M12_who_stops_waiting_is_gone() {
        t_.fill();
        t_.wait(4);
        t_.wait(5);
        const auto effects = t_.seating.stop_waiting(Table::person(4), t_.now);
        CPPUNIT_ASSERT_EQUAL(1, first<effect::Moved>(effects)->place);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, t_.seating.waiting().size());
    }

    void M12_a_waiter_who_gives_up_a_held_place_lets_the_next_in() {
        t_.fill();
        t_.wait(4);
        t_.wait(5);
        t_.leave(0);
        const auto effects = t_.seating.stop_waiting(Table::person(4), t_.now);
        CPPUNIT_ASSERT_EQUAL(std::string{"page 5"}, first<effect::LetIn>(effects)->page);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SeatingTest);
