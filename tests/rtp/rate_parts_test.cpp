#include <cppunit/extensions/HelperMacros.h>

#include <array>

#include "rtp/delay_trend.h"
#include "rtp/feedback_watch.h"
#include "rtp/rate_control.h"
#include "rtp/rate_meter.h"
#include "rtp/resend_budget.h"
#include "rtp/token_bucket.h"
#include "rtp/video_gate.h"
#include "rtp/video_shares.h"

using namespace parley::rtp;
using namespace std::chrono_literals;

/// The small parts that the rate decision is made of.
class RatePartsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RatePartsTest);
    CPPUNIT_TEST(bucket_refuses_what_does_not_fit);
    CPPUNIT_TEST(meter_knows_the_last_second_only);
    CPPUNIT_TEST(queue_that_grows_is_overuse_and_one_that_stands_low_is_not);
    CPPUNIT_TEST(gate_waits_longer_each_time_it_fails);
    CPPUNIT_TEST(silent_viewer_is_stalled_for_a_while);
    CPPUNIT_TEST(shares_are_equal_and_leftovers_go_to_who_needs_them);
    CPPUNIT_TEST(small_link_carries_the_first_videos_only);
    CPPUNIT_TEST(loss_lowers_the_cap_and_calm_raises_it);
    CPPUNIT_TEST(cap_does_not_grow_unused);
    CPPUNIT_TEST(receiver_reports_count_only_without_feedback);
    CPPUNIT_TEST(resend_is_not_repeated_within_a_round_trip);
    CPPUNIT_TEST_SUITE_END();

    static DeliverySummary delivered(std::uint32_t received, std::uint32_t lost, Time now) {
        return {received, lost, received * 1000u, Duration{20ms}, now.time_since_epoch()};
    }

    static void share(std::uint32_t link, std::span<VideoShare> videos) {
        choose_videos(link, 150'000, videos);
        divide_link(link, videos);
    }

public:
    void bucket_refuses_what_does_not_fit() {
        TokenBucket bucket{1000, 500};
        CPPUNIT_ASSERT(bucket.take(500, Time{1s}) && !bucket.take(1, Time{1s}));
        CPPUNIT_ASSERT(bucket.take(100, Time{1s + 100ms}) && !bucket.take(1, Time{1s + 100ms}));
        CPPUNIT_ASSERT(!bucket.take(501, Time{1h}));
        bucket.set(1000, 100);
        CPPUNIT_ASSERT(!bucket.take(101, Time{1h}) && bucket.take(100, Time{1h}));
    }
    void meter_knows_the_last_second_only() {
        RateMeter meter;
        Time now{1h};
        for (int i = 0; i < 300; ++i, now += 10ms) meter.add(125, now);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100'000, meter.bits_per_second(now - 10ms), 10'000);
        CPPUNIT_ASSERT_EQUAL(0u, meter.bits_per_second(now + 2s));
    }
    void queue_that_grows_is_overuse_and_one_that_stands_low_is_not() {
        DelayTrend trend;
        Time now{1h};
        for (int i = 0; i < 20; ++i) trend.heard(-5s + (i % 2) * 20ms, now += 50ms);
        CPPUNIT_ASSERT(!trend.overuse());
        for (int i = 0; i < 8; ++i) trend.heard(-5s + i * 20ms, now += 50ms);
        CPPUNIT_ASSERT(trend.overuse() && trend.queue() == 140ms);
        trend.heard(-5s + 60ms, now += 50ms);
        CPPUNIT_ASSERT(!trend.overuse());
        trend.heard(-5s, now += 50ms);
        for (int i = 0; i < 4; ++i) trend.heard(-5s + 60ms, now += 50ms);
        CPPUNIT_ASSERT(!trend.overuse() && trend.busy());  // a key frame's burst
        for (int i = 0; i < 2; ++i) trend.heard(-5s + 60ms, now += 50ms);
        CPPUNIT_ASSERT(trend.overuse());                              // it stays
        for (int i = 0; i < 500; ++i) trend.heard(-4s, now += 50ms);  // another route: its delay becomes the base
        CPPUNIT_ASSERT(trend.queue() == 0ms && !trend.overuse());
    }
    void gate_waits_longer_each_time_it_fails() {
        VideoGate gate;
        Time now{1h};
        CPPUNIT_ASSERT(gate.open());
        for (const Duration pause : {1s, 2s, 4s, 8s, 16s, 16s}) {
            gate.shut(now);
            CPPUNIT_ASSERT(!gate.try_open(now + pause - 1ms));
            CPPUNIT_ASSERT(gate.try_open(now += pause));
            CPPUNIT_ASSERT(!gate.try_open(now));
        }
        gate.shut(now += 11s);  // it had proved itself
        CPPUNIT_ASSERT(gate.try_open(now + 1s));
    }
    void silent_viewer_is_stalled_for_a_while() {
        FeedbackWatch watch;
        watch.sent(Time{1s});
        CPPUNIT_ASSERT(!watch.stalled(Time{3s}));  // it never answers, so silence says nothing
        watch.heard();
        CPPUNIT_ASSERT(!watch.stalled(Time{9s}));
        watch.sent(Time{10s});
        CPPUNIT_ASSERT(!watch.stalled(Time{11s}) && watch.stalled(Time{12s}));
        CPPUNIT_ASSERT(!watch.stalled(Time{14s}));
        watch.sent(Time{14s});
        CPPUNIT_ASSERT(watch.stalled(Time{16s}));
        watch.heard();
        CPPUNIT_ASSERT(!watch.stalled(Time{16s}));
    }
    void shares_are_equal_and_leftovers_go_to_who_needs_them() {
        std::array<VideoShare, 3> videos{{{true, true, 900'000, 0}, {true, true, 80'000, 0}, {true, true, 900'000, 0}}};
        share(1'500'000, videos);
        CPPUNIT_ASSERT_EQUAL(700'000u, videos[0].limit);
        CPPUNIT_ASSERT_EQUAL(700'000u, videos[2].limit);
        CPPUNIT_ASSERT_EQUAL(500'000u, videos[1].limit);  // it may always grow to its equal share
        std::array<VideoShare, 3> alone{{{false, true, 0, 0}, {true, true, 900'000, 0}, {false, true, 0, 0}}};
        share(1'500'000, alone);
        CPPUNIT_ASSERT_EQUAL(1'500'000u, alone[1].limit);
    }
    void small_link_carries_the_first_videos_only() {
        std::array<VideoShare, 3> videos{
            {{true, true, 500'000, 0}, {true, true, 500'000, 0}, {true, true, 500'000, 0}}};
        share(320'000, videos);
        CPPUNIT_ASSERT(videos[0].carried && videos[1].carried && !videos[2].carried);
        CPPUNIT_ASSERT_EQUAL(160'000u, videos[0].limit);
        share(455'000, videos);
        CPPUNIT_ASSERT(!videos[2].carried);  // not at the first chance
        share(505'000, videos);
        CPPUNIT_ASSERT(videos[2].carried);
        share(100'000, videos);
        CPPUNIT_ASSERT(!videos[0].carried && !videos[1].carried && !videos[2].carried);
    }
    void loss_lowers_the_cap_and_calm_raises_it() {
        RateControl rate{60'000, 4'600'000, 4'600'000};
        Time now{1h};
        for (int i = 0; i < 8; ++i) rate.heard(delivered(10, 0, now += 50ms), now);  // 1.6 Mbit/s
        rate.step(1'600'000, 0, now);
        CPPUNIT_ASSERT_EQUAL(4'600'000u, rate.cap());
        for (int i = 0; i < 8; ++i) rate.heard(delivered(10, 2, now += 50ms), now);
        rate.step(1'600'000, 0, now);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.85 * 1'600'000, rate.cap(), 60'000);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0 / 6, rate.loss(), 0.01);
        const auto lowered = rate.cap();
        for (int step = 0; step < 3; ++step) {
            for (int i = 0; i < 8; ++i) rate.heard(delivered(10, 0, now += 50ms), now);
            rate.step(1'300'000, 0, now);
        }
        CPPUNIT_ASSERT(rate.cap() > lowered && rate.cap() < lowered * 1.1);
    }
    void cap_does_not_grow_unused() {
        RateControl rate{60'000, 4'600'000, 4'600'000};
        Time now{1h};
        for (int i = 0; i < 8; ++i) rate.heard(delivered(10, 5, now += 50ms), now);
        rate.step(1'600'000, 0, now);
        const auto lowered = rate.cap();
        for (int step = 0; step < 20; ++step) rate.step(lowered / 2, 0, now += 400ms);
        CPPUNIT_ASSERT_EQUAL(lowered, rate.cap());
        for (int step = 0; step < 20; ++step) rate.step(lowered / 2, lowered / 2, now += 400ms);
        CPPUNIT_ASSERT(rate.cap() > lowered);
    }
    void receiver_reports_count_only_without_feedback() {
        RateControl rate{60'000, 4'600'000, 4'600'000};
        Time now{1h};
        rate.heard_loss(0.3, 50, now);
        rate.step(1'000'000, 0, now);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.85 * 700'000, rate.cap(), 10);
        RateControl other{60'000, 4'600'000, 4'600'000};
        other.heard(delivered(10, 0, now), now);
        other.heard_loss(0.3, 50, now);
        other.step(1'000'000, 0, now);
        CPPUNIT_ASSERT_EQUAL(4'600'000u, other.cap());
    }
    void resend_is_not_repeated_within_a_round_trip() {
        ResendBudget budget;
        Time now{1h};
        CPPUNIT_ASSERT(budget.allow(0, 5, 1000, 50ms, now));
        CPPUNIT_ASSERT(!budget.allow(0, 5, 1000, 50ms, now + 49ms));
        CPPUNIT_ASSERT(budget.allow(1, 5, 1000, 50ms, now + 49ms));  // another slot's number
        CPPUNIT_ASSERT(budget.allow(0, 5, 1000, 50ms, now + 50ms));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RatePartsTest);
