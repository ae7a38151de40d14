#include <cppunit/extensions/HelperMacros.h>

#include "room_fixture.h"
#include "rtp/ntp.h"

using namespace parley::rtp;
using namespace std::chrono_literals;

/// Sender and receiver reports, RFC 3550 section 6.4.
class ReportsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportsTest);
    CPPUNIT_TEST(every_compound_starts_with_a_report);
    CPPUNIT_TEST(browser_hears_of_its_losses);
    CPPUNIT_TEST(browser_hears_back_of_its_sender_report);
    CPPUNIT_TEST(slots_have_no_sender_report_before_the_source_has);
    CPPUNIT_TEST(lips_stay_in_sync);
    CPPUNIT_TEST(late_report_does_not_bend_the_clock);
    CPPUNIT_TEST(round_trip_is_measured);
    CPPUNIT_TEST_SUITE_END();

    static constexpr PeerName anna{0, 1}, ben{1, 2};

    struct Call : RoomFixture {
        Call() {
            open(anna);
            open(ben);
        }
        /// What Ben's browser calls "now", on its own clock.
        std::uint64_t bens_ntp() const { return (123'456ull << 32) + to_ntp(now); }
        void sender_report(std::uint32_t ssrc, std::uint32_t timestamp) { sender_report(ssrc, timestamp, bens_ntp()); }
        void sender_report(std::uint32_t ssrc, std::uint32_t timestamp, std::uint64_t ntp) {
            packets::Bytes buffer(200);
            RtcpWriter writer{buffer};
            writer.sender_report({ssrc, ntp, timestamp, 10, 1000});
            control(ben, {writer.compound().begin(), writer.compound().end()});
        }
        std::optional<SenderInfo> slot_report(std::uint32_t ssrc) const {
            std::optional<SenderInfo> last;
            out.each(anna, rtcp::sender_report, 0, [&](const RtcpPacket& packet) {
                const auto info = read_sender_info(packet).value();
                if (info.ssrc == ssrc) last = info;
            });
            return last;
        }
        std::vector<ReportBlock> blocks(PeerName to) const {
            std::vector<ReportBlock> found;
            out.each(to, rtcp::receiver_report, -1, [&](const RtcpPacket& packet) {
                for (int i = 0; const auto block = read_report_block(packet, i); ++i) found.push_back(*block);
            });
            return found;
        }
        Camera camera{ben, 100};
    };

public:
    void every_compound_starts_with_a_report() {
        Call call;
        for (int i = 0; i < 20; ++i) {
            call.camera.frame(false);
            call.give(call.camera, call.camera.frame(i % 5 == 0));
            call.give(ben, call.camera.sound());
            call.pass(100ms);
        }
        CPPUNIT_ASSERT(call.out.rtcp.size() > 20);
        for (const auto& [to, bytes] : call.out.rtcp) {
            RtcpReader reader{bytes};
            const auto first = reader.next().value();
            CPPUNIT_ASSERT(first.type == rtcp::receiver_report && read32(first.body.data()) == Layout::own_ssrc);
            std::size_t size = 4 + first.body.size();
            while (const auto next = reader.next()) size += 4 + next->body.size();
            CPPUNIT_ASSERT(bytes.size() - size < 4);  // all of it can be read; less than a word is padding
        }
        CPPUNIT_ASSERT(call.out.count(anna, rtcp::source_description) > 0);
    }
    void browser_hears_of_its_losses() {
        Call call;
        call.pass(600ms);
        call.out.clear();
        for (int i = 0; i < 10; ++i) {
            const auto sound = call.camera.sound();
            if (i != 3 && i != 4) call.give(ben, sound);
            call.pass(20ms);
        }
        call.pass(500ms);
        const auto blocks = call.blocks(ben);
        CPPUNIT_ASSERT(!blocks.empty());
        CPPUNIT_ASSERT_EQUAL(call.camera.ssrc + 1, blocks[0].ssrc);
        CPPUNIT_ASSERT_EQUAL(2, blocks[0].cumulative_lost);
        CPPUNIT_ASSERT_EQUAL(256 * 2 / 10, blocks[0].fraction_lost + 0);
        CPPUNIT_ASSERT_EQUAL(60'009u, blocks[0].highest_sequence);
        CPPUNIT_ASSERT(blocks[0].jitter < 48);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.2, call.room.report(1).uplink_loss, 0.01);
    }
    void browser_hears_back_of_its_sender_report() {
        Call call;
        call.give(ben, call.camera.sound());
        const auto ntp = call.bens_ntp();
        call.sender_report(call.camera.ssrc + 1, 5);
        call.out.clear();
        call.pass(700ms);
        const auto blocks = call.blocks(ben);
        CPPUNIT_ASSERT(!blocks.empty());
        CPPUNIT_ASSERT_EQUAL(compact(ntp), blocks[0].last_sender_report);
        CPPUNIT_ASSERT(from_compact_delay(blocks[0].delay) <= 700ms && blocks[0].delay > 0);
    }
    void slots_have_no_sender_report_before_the_source_has() {
        Call call;
        call.give(ben, call.camera.sound());
        call.pass(1s);
        CPPUNIT_ASSERT(!call.slot_report(Layout::slot_audio_ssrc(0)));
    }
    void lips_stay_in_sync() {
        Call call;
        call.give(call.camera, call.camera.frame(true));
        call.give(ben, call.camera.sound());
        // At this moment Ben's camera clock says 700000 and his microphone's 33000; both reports take some way.
        call.sender_report(call.camera.ssrc, 700'000);
        call.pass(30ms);
        call.sender_report(call.camera.ssrc + 1, 33'000 + 30 * 48);
        call.out.clear();
        call.pass(2s);
        const auto video = call.slot_report(Layout::slot_video_ssrc(0)).value();
        const auto audio = call.slot_report(Layout::slot_audio_ssrc(0)).value();
        CPPUNIT_ASSERT_EQUAL(video.ntp, audio.ntp);
        // The slot's times of the first packets: video 500000 -> 0, audio 9000 -> 0.
        const double picture = (video.timestamp - (700'000.0 - 500'000)) / 90'000;
        const double sound = (audio.timestamp - (33'000.0 - 9000)) / 48'000;
        CPPUNIT_ASSERT_DOUBLES_EQUAL(picture, sound, 0.001);
        CPPUNIT_ASSERT_EQUAL(1u, video.packets);
    }
    void late_report_does_not_bend_the_clock() {
        Call call;
        call.give(ben, call.camera.sound());
        call.sender_report(call.camera.ssrc + 1, 48'000);
        call.pass(1s);
        const auto before = call.slot_report(Layout::slot_audio_ssrc(0)).value();
        const auto written = call.bens_ntp();
        call.pass(150ms);
        call.sender_report(call.camera.ssrc + 1, 2 * 48'000, written);
        call.pass(1s);
        const auto after = call.slot_report(Layout::slot_audio_ssrc(0)).value();
        const double elapsed = static_cast<double>(ntp_duration(after.ntp - before.ntp).count());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(elapsed * 0.048, after.timestamp - before.timestamp, 5);
    }
    void round_trip_is_measured() {
        Call call;
        call.give(ben, call.camera.sound());
        call.sender_report(call.camera.ssrc + 1, 5);
        call.pass(600ms);
        const auto sent = call.slot_report(Layout::slot_audio_ssrc(0)).value();
        call.pass(40ms);
        ReportBlock block;
        block.ssrc = sent.ssrc;
        block.last_sender_report = compact(sent.ntp);
        block.delay = to_compact_delay(0ms);
        call.now = Time{ntp_duration(sent.ntp - ntp_epoch)} + 80ms;
        call.control(anna, packets::compound([&](RtcpWriter& w) { w.receiver_report(1, std::span{&block, 1}); }));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(80, call.room.report(0).round_trip_ms, 0.5);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReportsTest);
