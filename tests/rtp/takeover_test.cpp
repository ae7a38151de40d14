#include <cppunit/extensions/HelperMacros.h>

#include "room_fixture.h"

using namespace parley::rtp;
using namespace std::chrono_literals;

/// Somebody comes back into their seat: two connections for a moment, one picture all the time (C4, M9).
class TakeoverTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TakeoverTest);
    CPPUNIT_TEST(C4_old_picture_goes_on_until_the_new_key_frame);
    CPPUNIT_TEST(sound_changes_over_at_once);
    CPPUNIT_TEST(M9_visible_is_said_once_after_the_whole_key_frame);
    CPPUNIT_TEST(page_without_a_camera_takes_over_after_a_while);
    CPPUNIT_TEST(old_connection_serves_again_when_the_new_one_fails);
    CPPUNIT_TEST(third_connection_replaces_the_oldest);
    CPPUNIT_TEST(silence_is_lost_and_a_packet_returns);
    CPPUNIT_TEST(C4_who_is_sent_nothing_is_asked_for_a_sign_of_life);
    CPPUNIT_TEST(lost_viewer_gets_sound_but_no_picture);
    CPPUNIT_TEST(same_source_keeps_its_time_over_a_pause);
    CPPUNIT_TEST_SUITE_END();

    static constexpr PeerName anna{0, 1}, ben{1, 2}, ben_again{1, 3};

    struct Call : RoomFixture {
        Call() {
            open(anna);
            open(ben);
            give(old_camera, old_camera.frame(true));
            give(ben, old_camera.sound());
            open(ben_again);
            out.visible_names.clear();
        }
        std::vector<Recorder::Sent> seen() const { return out.to(anna, Layout::slot_video_ssrc(0)); }
        std::vector<Recorder::Sent> heard() const { return out.to(anna, Layout::slot_audio_ssrc(0)); }

        Camera old_camera{ben, 100, 200};
        Camera new_camera{ben_again, 7000, 60'000};
    };

public:
    void C4_old_picture_goes_on_until_the_new_key_frame() {
        Call call;
        call.give(call.new_camera, call.new_camera.frame(false));
        CPPUNIT_ASSERT_EQUAL(1, call.out.count(ben_again, rtcp::payload_feedback, rtcp::pli_format));
        call.give(call.old_camera, call.old_camera.frame(false));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, call.seen().size());
        call.pass(100ms);
        call.give(call.new_camera, call.new_camera.frame(true));
        call.give(call.old_camera, call.old_camera.frame(true));
        call.give(call.new_camera, call.new_camera.frame(false));
        const auto seen = call.seen();
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, seen.size());
        for (std::size_t i = 1; i < seen.size(); ++i) {
            CPPUNIT_ASSERT_EQUAL(seen[0].header.sequence + i, std::size_t{seen[i].header.sequence});
            CPPUNIT_ASSERT_EQUAL(seen[0].vp8().picture_id + i, std::size_t{seen[i].vp8().picture_id});
            CPPUNIT_ASSERT_EQUAL(std::size_t{static_cast<std::uint8_t>(seen[0].vp8().tl0 + i)},
                                 std::size_t{seen[i].vp8().tl0});
            CPPUNIT_ASSERT(static_cast<std::int32_t>(seen[i].header.timestamp - seen[i - 1].header.timestamp) > 0);
        }
        CPPUNIT_ASSERT_EQUAL(9000u, seen[2].header.timestamp - seen[1].header.timestamp);  // the 100 ms that passed
    }
    void sound_changes_over_at_once() {
        Call call;
        call.pass(20ms);
        call.give(ben_again, call.new_camera.sound());
        call.give(ben, call.old_camera.sound());
        const auto heard = call.heard();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, heard.size());
        CPPUNIT_ASSERT_EQUAL(heard[0].header.sequence + 1, heard[1].header.sequence + 0);
        CPPUNIT_ASSERT_EQUAL(960u, heard[1].header.timestamp - heard[0].header.timestamp);
        CPPUNIT_ASSERT(heard[1].header.marker);
    }
    void M9_visible_is_said_once_after_the_whole_key_frame() {
        Call call;
        const auto key = call.new_camera.frame(true, 3);
        call.give(ben_again, key[0]);
        call.give(ben_again, key[1]);
        CPPUNIT_ASSERT(call.out.visible_names.empty());
        call.give(ben_again, key[2]);
        call.give(call.new_camera, call.new_camera.frame(true));
        CPPUNIT_ASSERT(call.out.visible_names == std::vector{ben_again});
    }
    void page_without_a_camera_takes_over_after_a_while() {
        Call call;
        call.give(ben_again, call.new_camera.sound());
        call.pass(2900ms);
        CPPUNIT_ASSERT(call.out.visible_names.empty());
        call.pass(200ms);
        CPPUNIT_ASSERT(call.out.visible_names == std::vector{ben_again});
        call.give(call.old_camera, call.old_camera.frame(false));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, call.seen().size());
    }
    void old_connection_serves_again_when_the_new_one_fails() {
        Call call;
        call.give(call.new_camera, call.new_camera.frame(true));
        call.room.close(ben_again, call.now, call.out);
        call.give(call.old_camera, call.old_camera.frame(false));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, call.seen().size());
        call.give(call.old_camera, call.old_camera.frame(true));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, call.seen().size());
    }
    void third_connection_replaces_the_oldest() {
        Call call;
        call.open({1, 4});
        call.give(call.old_camera, call.old_camera.frame(true));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, call.seen().size());
        call.give(call.new_camera, call.new_camera.frame(true));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, call.seen().size());
    }
    void silence_is_lost_and_a_packet_returns() {
        Call call;
        for (int i = 0; i < 50; ++i) {
            call.give(ben, call.old_camera.sound());
            call.pass(100ms);
        }
        CPPUNIT_ASSERT((call.out.lost_names == std::vector{anna, ben_again}));
        call.control(anna, packets::compound([](RtcpWriter&) {}));
        call.pass(1s);
        CPPUNIT_ASSERT(call.out.returned_names == std::vector{anna});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, call.out.lost_names.size());
    }
    void C4_who_is_sent_nothing_is_asked_for_a_sign_of_life() {
        RoomFixture call;
        call.open(anna);
        const auto asked = [&] { return call.out.to(anna, Layout::slot_audio_ssrc(0)); };
        for (std::size_t answered = 0; answered < 10;) {
            call.pass(100ms);
            if (asked().size() == answered) continue;
            answered = asked().size();
            call.control(anna, packets::compound([](RtcpWriter&) {}));
        }
        CPPUNIT_ASSERT(call.out.lost_names.empty());
        call.pass(4s);
        CPPUNIT_ASSERT(call.out.lost_names == std::vector{anna});
        // What follows goes on in the same numbers.
        call.open(ben);
        call.give(ben, Camera{ben, 100}.sound());
        const auto sent = asked();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, sent[0].header.payload_size);
        CPPUNIT_ASSERT_EQUAL(std::size_t{40}, sent.back().header.payload_size);
        for (std::size_t i = 1; i < sent.size(); ++i) {
            CPPUNIT_ASSERT_EQUAL(sent[i - 1].header.sequence + 1, sent[i].header.sequence + 0);
        }
    }
    void lost_viewer_gets_sound_but_no_picture() {
        Call call;
        for (int i = 0; i < 50; ++i) {
            call.give(ben, call.old_camera.sound());
            call.pass(100ms);
        }
        call.out.clear();
        call.give(ben, call.old_camera.sound());
        call.give(call.old_camera, call.old_camera.frame(true));
        CPPUNIT_ASSERT(call.seen().empty() && call.heard().size() == 1);
        call.control(anna, packets::compound([](RtcpWriter&) {}));
        call.give(call.old_camera, call.old_camera.frame(false));
        CPPUNIT_ASSERT_EQUAL(1, call.out.count(ben, rtcp::payload_feedback, rtcp::pli_format));
        call.give(call.old_camera, call.old_camera.frame(true));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, call.seen().size());
    }
    void same_source_keeps_its_time_over_a_pause() {
        Call call;
        const auto alive = packets::compound([](RtcpWriter&) {});
        for (int i = 0; i < 50; ++i) {
            call.control(ben, alive);
            call.pass(100ms);
        }
        call.control(anna, alive);
        call.old_camera.timestamp = 500'000 + 5 * 90'000 - 777;  // its clock runs a little slow: still its own
        call.give(call.old_camera, call.old_camera.frame(true));
        const auto seen = call.seen();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, seen.size());
        CPPUNIT_ASSERT_EQUAL(5u * 90'000 - 777, seen[1].header.timestamp - seen[0].header.timestamp);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TakeoverTest);
