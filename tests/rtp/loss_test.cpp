#include <cppunit/extensions/HelperMacros.h>

#include "room_fixture.h"

using namespace parley::rtp;
using namespace std::chrono_literals;

/// Packets that get lost on the way in and on the way out.
class LossTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LossTest);
    CPPUNIT_TEST(missing_packet_is_asked_for_after_a_little_reordering);
    CPPUNIT_TEST(reordered_packet_is_not_asked_for);
    CPPUNIT_TEST(requests_end_and_a_key_frame_is_wanted_instead);
    CPPUNIT_TEST(resent_packet_reaches_its_place);
    CPPUNIT_TEST(viewer_gets_what_was_lost_once_a_round_trip);
    CPPUNIT_TEST(resends_have_a_budget);
    CPPUNIT_TEST(nothing_of_an_earlier_source_is_resent);
    CPPUNIT_TEST(nothing_of_a_source_not_yet_shown_is_resent);
    CPPUNIT_TEST(key_frames_are_asked_for_once_an_interval_until_one_comes);
    CPPUNIT_TEST(viewer_who_comes_makes_every_camera_send_a_key_frame);
    CPPUNIT_TEST_SUITE_END();

    static constexpr PeerName anna{0, 1}, ben{1, 2};

    struct Call : RoomFixture {
        Call() {
            open(anna);
            open(ben);
            give(camera, camera.frame(true));
        }
        std::vector<std::uint16_t> requested() const {
            std::vector<std::uint16_t> numbers;
            out.each(ben, rtcp::transport_feedback, rtcp::nack_format, [&](const RtcpPacket& packet) {
                CPPUNIT_ASSERT_EQUAL(camera.ssrc, feedback_media(packet));
                read_nack(packet, [&](std::uint16_t n) { numbers.push_back(n); });
            });
            return numbers;
        }
        int key_frame_requests() const { return out.count(ben, rtcp::payload_feedback, rtcp::pli_format); }
        void nack(std::vector<std::uint16_t> numbers) {
            control(anna, packets::compound(
                              [&](RtcpWriter& writer) { writer.nack(1, Layout::slot_video_ssrc(0), numbers); }));
        }
        std::vector<Recorder::Sent> seen() const { return out.to(anna, Layout::slot_video_ssrc(0)); }

        Camera camera{ben, 100, 65'530};
    };

public:
    void missing_packet_is_asked_for_after_a_little_reordering() {
        Call call;
        const auto frame = call.camera.frame(false, 8);
        for (const std::size_t i : {0u, 2u}) call.give(ben, frame[i]);
        CPPUNIT_ASSERT(call.requested().empty());
        for (const std::size_t i : {3u, 4u}) call.give(ben, frame[i]);
        CPPUNIT_ASSERT(call.requested() == std::vector<std::uint16_t>{65'532});
        call.give(ben, frame[7]);
        call.pass(15ms);
        CPPUNIT_ASSERT((call.requested() == std::vector<std::uint16_t>{65'532, 0, 1}));  // over the wrap
    }
    void reordered_packet_is_not_asked_for() {
        Call call;
        const auto frame = call.camera.frame(false, 4);
        for (const std::size_t i : {0u, 2u, 3u, 1u}) call.give(ben, frame[i]);
        call.pass(100ms);
        CPPUNIT_ASSERT(call.requested().empty());
    }
    void requests_end_and_a_key_frame_is_wanted_instead() {
        Call call;
        call.camera.frame(false);
        call.give(call.camera, call.camera.frame(false));
        for (int i = 0; i < 30; ++i) {
            call.pass(60ms);
            call.give(call.camera, call.camera.frame(false));
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, call.requested().size());
        CPPUNIT_ASSERT(call.key_frame_requests() >= 1);
        call.give(call.camera, call.camera.frame(true));
        const int asked = call.key_frame_requests();
        call.pass(1s);
        CPPUNIT_ASSERT_EQUAL(asked, call.key_frame_requests());
    }
    void resent_packet_reaches_its_place() {
        Call call;
        const auto lost = call.camera.frame(false);
        call.give(call.camera, call.camera.frame(false));
        call.pass(30ms);
        call.give(call.camera, lost);
        call.pass(300ms);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, call.requested().size());
        const auto seen = call.seen();
        CPPUNIT_ASSERT_EQUAL(seen[0].header.sequence + 1, seen[2].header.sequence + 0);
    }
    void viewer_gets_what_was_lost_once_a_round_trip() {
        Call call;
        call.give(call.camera, call.camera.frame(false, 3));
        const auto original = call.seen()[2];
        call.nack({original.header.sequence});
        call.nack({original.header.sequence});
        auto seen = call.seen();
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, seen.size());
        CPPUNIT_ASSERT(seen[4].header.sequence == original.header.sequence);
        CPPUNIT_ASSERT(seen[4].header.timestamp == original.header.timestamp);
        // The same plain text under the same number: SRTP's key stream must not cover two different ones.
        CPPUNIT_ASSERT(std::ranges::equal(seen[4].payload(), original.payload()));
        CPPUNIT_ASSERT(seen[4].header.transport_sequence != original.header.transport_sequence);
        call.pass(200ms);
        call.nack({original.header.sequence, static_cast<std::uint16_t>(original.header.sequence + 100)});
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, call.seen().size());
    }
    void resends_have_a_budget() {
        Call call;
        for (int i = 0; i < 200; ++i) {
            auto frame = call.camera.frame(false);
            frame[0].resize(1200);
            call.give(call.camera, frame);
        }
        auto numbers = std::vector<std::uint16_t>{};
        for (const auto& sent : call.seen()) numbers.push_back(sent.header.sequence);
        std::ranges::sort(numbers);
        call.out.clear();
        call.nack(numbers);
        const auto resent = call.seen().size();
        CPPUNIT_ASSERT(resent >= 10 && resent < 100);
    }
    void nothing_of_an_earlier_source_is_resent() {
        Call call;
        const auto old = call.seen()[0].header.sequence;
        call.room.close(ben, call.now, call.out);
        const PeerName again{1, 7};
        call.open(again);
        Camera second{again, 900};
        call.give(second, second.frame(true));
        call.out.clear();
        call.nack({old});
        CPPUNIT_ASSERT(call.out.rtp.empty());
    }
    void nothing_of_a_source_not_yet_shown_is_resent() {
        Call call;
        const auto old = call.seen()[0].header.sequence;
        call.room.close(ben, call.now, call.out);
        const PeerName again{1, 7};
        call.open(again);
        Camera second{again, 900, 65'530};  // the same numbers, other pictures
        call.give(second, second.frame(false));
        call.out.clear();
        call.nack({old});
        CPPUNIT_ASSERT(call.out.rtp.empty());
    }
    void key_frames_are_asked_for_once_an_interval_until_one_comes() {
        Call call;
        const auto pli = packets::compound([](RtcpWriter& w) { w.picture_loss(1, Layout::slot_video_ssrc(0)); });
        for (int i = 0; i < 50; ++i) {
            call.control(anna, pli);
            call.give(call.camera, call.camera.frame(false));
            call.pass(20ms);
        }
        CPPUNIT_ASSERT_EQUAL(3, call.key_frame_requests());  // at 0, 400 and 800 ms
        call.give(call.camera, call.camera.frame(true));
        call.pass(1s);
        CPPUNIT_ASSERT_EQUAL(3, call.key_frame_requests());
    }
    void viewer_who_comes_makes_every_camera_send_a_key_frame() {
        Call call;
        call.pass(500ms);
        call.open({2, 3});
        CPPUNIT_ASSERT_EQUAL(1, call.key_frame_requests());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LossTest);
