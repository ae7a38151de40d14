#include <cppunit/extensions/HelperMacros.h>

#include "room_fixture.h"
#include "rtp/publisher.h"

using namespace parley::rtp;
using namespace std::chrono_literals;

/// What a viewer gets of what a browser sends.
class ForwardingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ForwardingTest);
    CPPUNIT_TEST(sound_goes_to_each_other_seat_at_once);
    CPPUNIT_TEST(sound_has_a_limit_too);
    CPPUNIT_TEST(picture_starts_with_a_key_frame_and_asks_for_it);
    CPPUNIT_TEST(padding_and_duplicates_leave_no_hole);
    CPPUNIT_TEST(reordered_packets_keep_their_places);
    CPPUNIT_TEST(late_start_of_a_key_frame_brings_the_rest_with_it);
    CPPUNIT_TEST(unknown_payload_types_and_closed_connections_are_ignored);
    CPPUNIT_TEST(closed_seat_goes_on_in_the_same_slot);
    CPPUNIT_TEST_SUITE_END();

    static constexpr PeerName anna{0, 1}, ben{1, 2}, cleo{2, 3};

public:
    void sound_goes_to_each_other_seat_at_once() {
        RoomFixture call;
        for (const auto name : {anna, ben, cleo}) call.open(name);
        Camera camera{ben, 100};
        call.give(ben, camera.sound());
        call.give(ben, camera.sound());
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, call.out.rtp.size());
        const auto heard = call.out.to(cleo, Layout::slot_audio_ssrc(slot_of(2, 1)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, heard.size());
        CPPUNIT_ASSERT(heard[0].header.payload_type == Layout::opus_payload && heard[0].header.marker);
        CPPUNIT_ASSERT_EQUAL(960u, heard[1].header.timestamp - heard[0].header.timestamp);
        CPPUNIT_ASSERT_EQUAL(*heard[0].header.transport_sequence + 1, *heard[1].header.transport_sequence + 0);
    }

    void sound_has_a_limit_too() {
        RoomFixture call;
        for (const auto name : {anna, ben, cleo}) call.open(name);
        Camera flood{ben, 100};
        Camera speech{cleo, 200};
        for (int i = 0; i < 10'000; ++i) {
            call.give(ben, flood.sound());
            if (i % 200 == 0) call.give(cleo, speech.sound());
            call.pass(100us);
        }
        std::size_t bytes = 0;
        for (const auto& sent : call.out.to(anna, Layout::slot_audio_ssrc(0))) bytes += sent.bytes.size();
        CPPUNIT_ASSERT(bytes > Publisher::most_sound / 2 && bytes < 2 * Publisher::most_sound);
        CPPUNIT_ASSERT_EQUAL(std::size_t{50}, call.out.to(anna, Layout::slot_audio_ssrc(1)).size());
    }

    void picture_starts_with_a_key_frame_and_asks_for_it() {
        RoomFixture call;
        call.open(anna);
        call.open(ben);
        Camera camera{ben, 100};
        call.give(camera, camera.frame(false));
        CPPUNIT_ASSERT(call.out.rtp.empty());
        CPPUNIT_ASSERT_EQUAL(1, call.out.count(ben, rtcp::payload_feedback, rtcp::pli_format));
        call.give(camera, camera.frame(true, 3));
        call.give(camera, camera.frame(false));
        const auto seen = call.out.to(anna, Layout::slot_video_ssrc(0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, seen.size());
        CPPUNIT_ASSERT(seen[0].vp8().key_frame && seen[2].header.marker);
        for (std::size_t i = 1; i < seen.size(); ++i) {
            CPPUNIT_ASSERT_EQUAL(seen[0].header.sequence + i, std::size_t{seen[i].header.sequence});
        }
        CPPUNIT_ASSERT_EQUAL(seen[0].vp8().picture_id + 1, seen[3].vp8().picture_id + 0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, call.out.visible_names.size());
    }

    void padding_and_duplicates_leave_no_hole() {
        RoomFixture call;
        call.open(anna);
        call.open(ben);
        Camera camera{ben, 100, 65'534};
        const auto key = camera.frame(true);
        call.give(camera, key);
        call.give(camera, key);
        call.give(ben, camera.padding());
        call.give(ben, camera.padding());
        call.give(camera, camera.frame(false));
        const auto seen = call.out.to(anna, Layout::slot_video_ssrc(0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, seen.size());
        CPPUNIT_ASSERT_EQUAL(seen[0].header.sequence + 1, seen[1].header.sequence + 0);
    }

    void reordered_packets_keep_their_places() {
        RoomFixture call;
        call.open(anna);
        call.open(ben);
        Camera camera{ben, 100};
        call.give(camera, camera.frame(true));
        const auto frame = camera.frame(false, 2);
        const auto padding = camera.padding();
        call.give(camera, camera.frame(false));
        call.give(ben, padding);  // its number is promised by now: it has to come
        call.give(ben, frame[1]);
        call.give(ben, frame[0]);
        const auto seen = call.out.to(anna, Layout::slot_video_ssrc(0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, seen.size());
        const int first = seen[0].header.sequence;
        CPPUNIT_ASSERT_EQUAL(first + 4, seen[1].header.sequence + 0);
        CPPUNIT_ASSERT_EQUAL(first + 3, seen[2].header.sequence + 0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, seen[2].header.payload_size);
        CPPUNIT_ASSERT_EQUAL(first + 2, seen[3].header.sequence + 0);
        CPPUNIT_ASSERT_EQUAL(first + 1, seen[4].header.sequence + 0);
    }

    void late_start_of_a_key_frame_brings_the_rest_with_it() {
        RoomFixture call;
        call.open(anna);
        call.open(ben);
        Camera camera{ben, 100};
        call.give(camera, camera.frame(false));
        const auto key = camera.frame(true, 3);
        call.give(ben, key[1]);
        call.give(ben, key[2]);
        CPPUNIT_ASSERT(call.out.rtp.empty());
        call.give(ben, key[0]);
        const auto seen = call.out.to(anna, Layout::slot_video_ssrc(0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, seen.size());
        CPPUNIT_ASSERT_EQUAL(seen[0].header.sequence + 2, seen[2].header.sequence + 0);
    }

    void unknown_payload_types_and_closed_connections_are_ignored() {
        RoomFixture call;
        call.open(anna);
        call.open(ben);
        packets::Rtp probe;
        probe.payload_type = 97;
        probe.transport_sequence = 9;
        probe.payload = {1, 2, 3};
        call.give(ben, probe.bytes());
        call.give(PeerName{3, 9}, Camera({3, 9}, 5).sound());
        call.give(ben, {0x80, 96});
        CPPUNIT_ASSERT(call.out.rtp.empty());
    }

    void closed_seat_goes_on_in_the_same_slot() {
        RoomFixture call;
        call.open(anna);
        call.open(ben);
        Camera first{ben, 100};
        call.give(first, first.frame(true));
        call.room.close(ben, call.now, call.out);
        call.pass(2s);
        const PeerName again{1, 3};
        call.open(again);
        Camera second{again, 4000, 30'000};
        call.give(second, second.frame(false));
        call.give(second, second.frame(true));
        const auto seen = call.out.to(anna, Layout::slot_video_ssrc(0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, seen.size());
        CPPUNIT_ASSERT_EQUAL(seen[0].header.sequence + 1, seen[1].header.sequence + 0);
        CPPUNIT_ASSERT_EQUAL(seen[0].vp8().picture_id + 1, seen[1].vp8().picture_id + 0);
        CPPUNIT_ASSERT_EQUAL(2u * 90'000, seen[1].header.timestamp - seen[0].header.timestamp);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ForwardingTest);
