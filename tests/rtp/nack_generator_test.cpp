#include "rtp/nack_generator.h"

#include <cppunit/extensions/HelperMacros.h>

#include <array>

using namespace parley::rtp;
using namespace std::chrono_literals;

class NackGeneratorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NackGeneratorTest);
    CPPUNIT_TEST(asks_again_after_a_round_trip_and_gives_up);
    CPPUNIT_TEST(what_came_is_not_asked_again);
    CPPUNIT_TEST(key_frame_makes_older_losses_harmless);
    CPPUNIT_TEST(too_large_a_hole_is_unrecoverable_at_once);
    CPPUNIT_TEST(what_does_not_fit_is_asked_next_time);
    CPPUNIT_TEST_SUITE_END();

    std::array<std::uint16_t, 64> out_{};

public:
    void asks_again_after_a_round_trip_and_gives_up() {
        NackGenerator nacks;
        Time now{1s};
        nacks.received(10, now);
        nacks.received(12, now);
        int asked = 0;
        for (const Time end = now + 3s; now < end; now += 1ms) {
            const auto count = nacks.collect(now, 80ms, out_);
            if (count == 0) continue;
            CPPUNIT_ASSERT(count == 1 && out_[0] == 11);
            CPPUNIT_ASSERT_EQUAL(Time{1s + 10ms + asked * 100ms}.time_since_epoch().count(),
                                 now.time_since_epoch().count());
            ++asked;
        }
        CPPUNIT_ASSERT_EQUAL(+NackGenerator::tries, asked);
        CPPUNIT_ASSERT(nacks.take_unrecoverable() && !nacks.take_unrecoverable());
        CPPUNIT_ASSERT(nacks.next_due() == never);
    }
    void what_came_is_not_asked_again() {
        NackGenerator nacks;
        nacks.received(10, Time{1s});
        nacks.received(14, Time{1s});
        nacks.received(12, Time{1s});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, nacks.collect(Time{2s}, 80ms, out_));
        CPPUNIT_ASSERT(out_[0] == 11 && out_[1] == 13);
        nacks.received(11, Time{2s});
        nacks.received(13, Time{2s});
        CPPUNIT_ASSERT(nacks.next_due() == never);
    }
    void key_frame_makes_older_losses_harmless() {
        NackGenerator nacks;
        nacks.received(10, Time{1s});
        nacks.received(20, Time{1s});
        nacks.key_frame(20);
        CPPUNIT_ASSERT(nacks.next_due() == never && !nacks.take_unrecoverable());
    }
    void too_large_a_hole_is_unrecoverable_at_once() {
        NackGenerator nacks;
        nacks.received(10, Time{1s});
        nacks.received(5000, Time{1s});
        CPPUNIT_ASSERT(nacks.take_unrecoverable());
        CPPUNIT_ASSERT(nacks.next_due() == never);
    }
    void what_does_not_fit_is_asked_next_time() {
        NackGenerator nacks;
        nacks.received(0, Time{1s});
        nacks.received(101, Time{1s});
        CPPUNIT_ASSERT_EQUAL(std::size_t{64}, nacks.collect(Time{2s}, 80ms, out_));
        CPPUNIT_ASSERT(nacks.next_due() <= Time{2s});
        CPPUNIT_ASSERT_EQUAL(std::size_t{36}, nacks.collect(Time{2s}, 80ms, out_));
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{65}, out_[0]);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(NackGeneratorTest);
