#include "rtp/sequence.h"

#include <cppunit/extensions/HelperMacros.h>

#include "rtp/sequence_map.h"

using namespace parley::rtp;

class SequenceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SequenceTest);
    CPPUNIT_TEST(numbers_go_on_over_the_wrap);
    CPPUNIT_TEST(duplicates_and_old_ones_are_refused);
    CPPUNIT_TEST(restarted_source_is_taken_as_a_jump_ahead);
    CPPUNIT_TEST(map_closes_what_is_skipped);
    CPPUNIT_TEST(map_keeps_the_place_of_what_is_late);
    CPPUNIT_TEST(map_runs_on_over_a_switch);
    CPPUNIT_TEST(map_finds_the_source_of_a_resend_and_forgets_the_last_source);
    CPPUNIT_TEST(map_makes_room_for_a_packet_of_its_own);
    CPPUNIT_TEST_SUITE_END();

public:
    void numbers_go_on_over_the_wrap() {
        ReceiveWindow window;
        CPPUNIT_ASSERT(window.accept(65'534) == Sequence{65'534});
        CPPUNIT_ASSERT(window.accept(1) == Sequence{65'537});
        CPPUNIT_ASSERT(window.accept(65'535) == Sequence{65'535});
        CPPUNIT_ASSERT_EQUAL(Sequence{65'537}, window.highest());
    }
    void duplicates_and_old_ones_are_refused() {
        ReceiveWindow window;
        for (std::uint16_t n = 0; n < 2000; ++n) CPPUNIT_ASSERT(window.accept(n));
        CPPUNIT_ASSERT(!window.accept(1999));
        CPPUNIT_ASSERT(!window.accept(1500));
        CPPUNIT_ASSERT(!window.accept(1000));
        CPPUNIT_ASSERT(window.accept(2600));
        CPPUNIT_ASSERT(window.accept(2400));  // a cell that an older number had used
        CPPUNIT_ASSERT(!window.accept(2400));
    }
    void restarted_source_is_taken_as_a_jump_ahead() {
        ReceiveWindow window;
        window.accept(30'000);
        Sequence last = window.highest();
        int accepted = 0;
        for (std::uint16_t n = 10; n < 200; ++n) {
            const auto number = window.accept(n);
            accepted += number.has_value();
            CPPUNIT_ASSERT(!number || *number > last);
            last = number.value_or(last);
        }
        CPPUNIT_ASSERT(accepted > 100);
    }
    void map_closes_what_is_skipped() {
        SequenceMap map;
        map.start(100);
        const auto first = map.map(100).value();
        CPPUNIT_ASSERT(map.skip(101));
        CPPUNIT_ASSERT(map.skip(102));
        CPPUNIT_ASSERT_EQUAL(first + 1, map.map(103).value());
        CPPUNIT_ASSERT(!map.map(101));
        CPPUNIT_ASSERT(map.skip(106));  // 104 and 105 are still to come
        CPPUNIT_ASSERT_EQUAL(first + 4, map.map(107).value());
        CPPUNIT_ASSERT_EQUAL(first + 3, map.map(105).value());
        CPPUNIT_ASSERT_EQUAL(first + 2, map.map(104).value());
    }
    void map_keeps_the_place_of_what_is_late() {
        SequenceMap map;
        map.start(100);
        const auto first = map.map(100).value();
        map.map(110);
        CPPUNIT_ASSERT(!map.skip(105));
        CPPUNIT_ASSERT_EQUAL(first + 5, map.map(105).value());
        CPPUNIT_ASSERT(!map.map(99));
        map.map(1000);
        CPPUNIT_ASSERT(!map.map(400));
        CPPUNIT_ASSERT(map.too_far(1600) && !map.too_far(1500));
    }
    void map_runs_on_over_a_switch() {
        SequenceMap map;
        map.start(65'530);
        Sequence last = map.map(65'530).value();
        for (Sequence in = 65'531; in < 65'600; ++in) CPPUNIT_ASSERT_EQUAL(++last, map.map(in).value());
        map.start(7);
        CPPUNIT_ASSERT_EQUAL(++last, map.map(7).value());
    }
    void map_finds_the_source_of_a_resend_and_forgets_the_last_source() {
        SequenceMap map;
        CPPUNIT_ASSERT(!map.source_of(1));
        map.start(500);
        const auto low = static_cast<std::uint16_t>(map.map(500).value());
        map.skip(501);
        map.map(502);
        CPPUNIT_ASSERT(map.source_of(low) == Sequence{500});
        CPPUNIT_ASSERT(map.source_of(low + 1) == Sequence{502});
        CPPUNIT_ASSERT(!map.source_of(low + 2));
        for (Sequence in = 503; in < 1100; ++in) map.map(in);
        CPPUNIT_ASSERT(!map.source_of(low));
        map.start(9);
        CPPUNIT_ASSERT(!map.source_of(low + 590));
    }
    void map_makes_room_for_a_packet_of_its_own() {
        SequenceMap map;
        const auto first = map.insert();
        map.start(500);
        CPPUNIT_ASSERT_EQUAL(first + 1, map.map(500).value());
        map.map(502);
        const auto own = map.insert();
        CPPUNIT_ASSERT_EQUAL(first + 4, own);
        CPPUNIT_ASSERT(!map.source_of(static_cast<std::uint16_t>(own)));
        CPPUNIT_ASSERT_EQUAL(first + 2, map.map(501).value());  // late, from before
        CPPUNIT_ASSERT_EQUAL(first + 5, map.map(503).value());
        CPPUNIT_ASSERT(map.source_of(static_cast<std::uint16_t>(first + 5)) == Sequence{503});
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SequenceTest);
