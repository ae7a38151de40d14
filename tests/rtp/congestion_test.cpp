#include <cppunit/extensions/HelperMacros.h>

#include <sstream>
#include <string>

#include "bottleneck.h"
#include "receiving_browser.h"
#include "recorder.h"
#include "rtp/room.h"
#include "sending_browser.h"

using namespace parley::rtp;
using namespace std::chrono_literals;

namespace {

/// Three browsers on good links send to a fourth one behind a bottleneck; a millisecond a step.
class Simulation : public Output {
public:
    static constexpr int weak = 3;

    Simulation(std::uint64_t link, std::size_t queue_bytes, std::uint32_t camera_bitrate)
        : link{link, queue_bytes, 20ms},
          cameras{SendingBrowser{100, camera_bitrate}, SendingBrowser{200, camera_bitrate},
                  SendingBrowser{300, camera_bitrate}} {
        for (int seat = 0; seat < seats; ++seat) room_.open({seat, 1}, now_, *this);
    }

    void run(Duration span) {
        for (const Time end = now_ + span; now_ < end; now_ += 1ms) step();
    }
    /// Frames a second and video over this span.
    double measure(Duration span) {
        for (auto& video : viewer.videos) {
            video.frames = 0;
            video.longest_freeze = {};
            video.freeze_since = now_;
        }
        viewer.sounds = link.dropped = 0;
        link.longest_queue = {};
        run(span);
        int frames = 0;
        for (auto& video : viewer.videos) {
            frames += video.frames;
            video.advance(now_);
            video.longest_freeze =
                std::max(video.longest_freeze, now_ - std::max(video.last_progress, video.freeze_since));
        }
        fps = frames / 3.0 / std::chrono::duration<double>(span).count();
        return fps;
    }
    [[nodiscard]] Duration longest_freeze() const {
        return std::max(
            {viewer.videos[0].longest_freeze, viewer.videos[1].longest_freeze, viewer.videos[2].longest_freeze});
    }
    [[nodiscard]] double sounds_per_second(Duration span) const {
        return viewer.sounds / 3.0 / std::chrono::duration<double>(span).count();
    }

    /// The figures of the last measure(), for a failing test.
    [[nodiscard]] std::string figures() const {
        std::ostringstream text;
        text << "fps " << fps << ", freeze " << longest_freeze().count() / 1000 << " ms, queue "
             << link.longest_queue.count() / 1000 << " ms, dropped " << link.dropped << ", cameras";
        for (const auto& camera : cameras) text << ' ' << camera.bitrate() / 1000;
        text << " kbit/s";
        return text.str();
    }
    void stall(Duration span) { link.stall(now_, span); }

    std::uint64_t sent_bytes{};  ///< to the weak viewer
    Bottleneck link;
    ReceivingBrowser viewer;
    std::array<SendingBrowser, 3> cameras;
    double fps{};

private:
    void step() {
        for (int seat = 0; seat < weak; ++seat) {
            cameras[seat].step(now_, [&](packets::Bytes packet) {
                const std::size_t size = packet.size();
                packet.resize(size + 64);
                room_.receive_rtp({seat, 1}, std::span{packet}.first(size), now_, *this);
            });
        }
        while (const auto packet = link.take(now_)) viewer.receive(*packet, now_);
        if (now_ >= next_report_) {
            next_report_ = now_ + 50ms;
            const auto report = viewer.report(now_);
            back_.put(report, now_);
        }
        while (const auto report = back_.take(now_)) room_.receive_rtcp({weak, 1}, *report, now_, *this);
        if (now_ >= next_keepalive_) {
            next_keepalive_ = now_ + 1s;
            const auto alive = packets::compound([](RtcpWriter&) {});
            for (int seat = 0; seat < weak; ++seat) room_.receive_rtcp({seat, 1}, alive, now_, *this);
        }
        if (now_ >= room_.next_deadline()) room_.tick(now_, *this);
    }
    void send_rtp(PeerName to, std::span<std::uint8_t> packet) override {
        if (to.seat != weak) return;
        sent_bytes += packet.size();
        link.put({packet.begin(), packet.end()}, now_);
    }
    void send_rtcp(PeerName to, std::span<std::uint8_t> packet) override {
        RtcpReader reader{packet};
        while (const auto part = reader.next()) {
            const bool loss = part->type == rtcp::payload_feedback && part->count == rtcp::pli_format;
            if (loss && to.seat < weak) cameras[to.seat].want_key_frame();
        }
    }
    void visible(PeerName) override {}
    void sender_limit(int seat, std::uint32_t limit) override {
        if (seat < weak) cameras[seat].limit(limit, now_);
    }
    void lost(PeerName) override {}
    void returned(PeerName) override {}

    Time now_{1h};
    Time next_report_{};
    Time next_keepalive_{};
    Bottleneck back_{2'000'000, 20'000, 20ms};
    Room room_;
};

}  // namespace

/// C5 on a link that is too small: what FACTS.md calls the collapse does not come.
class CongestionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CongestionTest);
    CPPUNIT_TEST(C5_three_videos_hold_on_two_megabits);
    CPPUNIT_TEST(C5_one_megabit_carries_three_small_videos);
    CPPUNIT_TEST(C5_half_a_megabit_carries_one_video_well);
    CPPUNIT_TEST(C5_shrinking_link_recovers_by_itself);
    CPPUNIT_TEST(C5_sound_stays_on_a_link_without_room_for_pictures);
    CPPUNIT_TEST(C5_radio_loss_is_no_congestion);
    CPPUNIT_TEST(C5_short_stall_of_the_air_takes_no_picture_away);
    CPPUNIT_TEST(C5_dead_link_is_not_filled_with_video);
    CPPUNIT_TEST(wide_link_is_left_alone);
    CPPUNIT_TEST_SUITE_END();

public:
    void C5_three_videos_hold_on_two_megabits() {
        for (const std::size_t queue : {25'000u, 50'000u, 250'000u}) {  // 100 ms, 200 ms, a second
            Simulation call{2'000'000, queue, 1'500'000};
            call.measure(5s);
            CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 15);
            call.measure(30s);
            CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 26);
            CPPUNIT_ASSERT_MESSAGE(call.figures(), call.longest_freeze() < 600ms);
            CPPUNIT_ASSERT_MESSAGE(call.figures(), call.link.longest_queue < 400ms);
            CPPUNIT_ASSERT_MESSAGE(call.figures(), call.cameras[0].bitrate() > 350'000);
            CPPUNIT_ASSERT_MESSAGE(call.figures(), call.sounds_per_second(30s) > 48);
        }
    }
    void C5_one_megabit_carries_three_small_videos() {
        Simulation call{1'000'000, 100'000, 1'500'000};
        call.run(5s);
        call.measure(20s);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 28);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.longest_freeze() < 300ms);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.link.longest_queue < 300ms);
    }
    void C5_half_a_megabit_carries_one_video_well() {
        Simulation call{500'000, 50'000, 400'000};
        call.run(8s);
        call.measure(20s);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.viewer.videos[0].frames > 560);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.viewer.videos[0].longest_freeze < 500ms);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.sounds_per_second(20s) > 48);
    }
    void C5_shrinking_link_recovers_by_itself() {
        Simulation call{6'000'000, 150'000, 1'500'000};
        call.run(10s);
        call.link.set_rate(1'200'000);
        call.measure(4s);
        call.measure(20s);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 25);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.longest_freeze() < 1500ms);
        call.link.set_rate(6'000'000);
        call.run(30s);
        call.measure(5s);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 29);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.cameras[0].bitrate() > 1'000'000);
    }
    void C5_sound_stays_on_a_link_without_room_for_pictures() {
        Simulation call{220'000, 30'000, 1'500'000};
        call.measure(10s);
        call.measure(30s);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.sounds_per_second(30s) > 45);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.cameras[0].bitrate() >= 150'000);
    }
    void C5_radio_loss_is_no_congestion() {
        Simulation call{10'000'000, 250'000, 1'000'000};
        call.link.drop_every(14);
        call.measure(5s);
        call.measure(30s);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 25);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.cameras[0].bitrate() > 300'000);
    }
    void C5_short_stall_of_the_air_takes_no_picture_away() {
        Simulation call{5'000'000, 500'000, 100'000};
        call.run(5s);
        for (int i = 0; i < 3; ++i) {
            call.stall(400ms);
            call.measure(5s);
            CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 28);
            CPPUNIT_ASSERT_MESSAGE(call.figures(), call.longest_freeze() < 600ms);
        }
    }
    void C5_dead_link_is_not_filled_with_video() {
        Simulation call{5'000'000, 5'000'000, 600'000};
        call.run(5s);
        const auto before = call.sent_bytes;
        call.stall(4s);
        call.run(3900ms);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), (call.sent_bytes - before) * 8 <
                                                   1'800'000 * 9 / 4);  // about two seconds' worth, and the sound
        call.run(3s);
        call.measure(5s);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 28);
    }
    void wide_link_is_left_alone() {
        Simulation call{20'000'000, 500'000, 1'500'000};
        call.measure(10s);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.fps > 29);
        CPPUNIT_ASSERT_MESSAGE(call.figures(), call.cameras[0].bitrate() > 1'400'000);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CongestionTest);
