#include "rtp/transport_cc.h"

#include <cppunit/extensions/HelperMacros.h>

#include <array>

#include "room_fixture.h"
#include "rtp/arrival_log.h"
#include "rtp/send_log.h"

using namespace parley::rtp;
using namespace std::chrono_literals;

/// Feedback about arrivals, written and read.
class TransportCcTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TransportCcTest);
    CPPUNIT_TEST(what_is_written_is_read);
    CPPUNIT_TEST(reads_run_lengths_and_one_bit_vectors);
    CPPUNIT_TEST(refuses_every_cut_and_reserved_symbols);
    CPPUNIT_TEST(long_pause_starts_another_feedback);
    CPPUNIT_TEST(late_packet_is_told_again);
    CPPUNIT_TEST(long_stretch_without_arrivals_ends);
    CPPUNIT_TEST(deliveries_count_once);
    CPPUNIT_TEST(reference_time_wraps);
    CPPUNIT_TEST(browser_hears_of_everything_that_came);
    CPPUNIT_TEST_SUITE_END();

    static std::optional<RtcpPacket> only(std::span<const std::uint8_t> bytes) { return RtcpReader{bytes}.next(); }

    static TransportCcFeedback read(std::span<const std::uint8_t> bytes) {
        TransportCcFeedback feedback;
        CPPUNIT_ASSERT(feedback.read(only(bytes).value()));
        return feedback;
    }
    /// The body of a feedback about five packets with these chunks and deltas.
    static packets::Bytes raw(const packets::Bytes& rest) {
        packets::Bytes out{0x8F, 205, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 100, 0, 5, 0, 0, 2, 9};
        out.insert(out.end(), rest.begin(), rest.end());
        while (out.size() % 4) out.push_back(0);
        out[3] = static_cast<std::uint8_t>(out.size() / 4 - 1);
        return out;
    }

public:
    void what_is_written_is_read() {
        std::vector<std::int64_t> arrivals;
        for (int i = 0; i < 100; ++i)
            arrivals.push_back(i % 7 == 3 ? missing : 1'000'000 + i * 13 + (i % 11 == 0) * 900);
        packets::Bytes out(1200);
        std::size_t covered = 0;
        const auto size = write_transport_cc(out, {1, 2, 65'500, 7}, arrivals, covered);
        CPPUNIT_ASSERT(covered == 100 && size % 4 == 0);
        const auto feedback = read(std::span{out}.first(size));
        CPPUNIT_ASSERT(feedback.base == 65'500 && feedback.count == 7 && feedback.packets.size() == 100);
        for (std::size_t i = 0; i < 100; ++i) {
            CPPUNIT_ASSERT_EQUAL(arrivals[i] != missing, feedback.packets[i].received);
            if (arrivals[i] != missing) CPPUNIT_ASSERT_EQUAL(arrivals[i], feedback.packets[i].arrival);
        }
    }
    void reads_run_lengths_and_one_bit_vectors() {
        const auto run = read(raw({0x20, 0x05, 1, 2, 3, 4, 5}));
        CPPUNIT_ASSERT(run.packets[4].received && run.packets[4].arrival == 512 + 15);
        const auto vector = read(raw({0xA8, 0x00, 10, 20}));  // one bit each: 1 0 1 0 0
        CPPUNIT_ASSERT(vector.packets[0].received && !vector.packets[1].received);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{512 + 30}, vector.packets[2].arrival);
        const auto back = read(raw({0x40, 0x05, 0, 9, 0xFF, 0xFC, 0, 0, 0, 0, 0, 0}));  // two-byte deltas: 9, -4
        CPPUNIT_ASSERT_EQUAL(std::int64_t{512 + 5}, back.packets[1].arrival);
    }
    void refuses_every_cut_and_reserved_symbols() {
        const auto bytes = raw({0x20, 0x05, 1, 2, 3, 4, 5});
        const auto whole = only(bytes).value();
        TransportCcFeedback feedback;
        for (std::size_t size = 0; size < 23; ++size) {
            CPPUNIT_ASSERT(!feedback.read({whole.type, whole.count, whole.body.first(size)}));
        }
        const auto reserved = raw({0x60, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        CPPUNIT_ASSERT(!feedback.read(only(reserved).value()));
        auto huge = raw({0x20, 0x05, 1, 2, 3, 4, 5});
        huge[14] = 0xFF;
        CPPUNIT_ASSERT(!feedback.read(only(huge).value()));
    }
    void long_pause_starts_another_feedback() {
        ArrivalLog log;
        const Time start{10s};
        log.record(1, start);
        log.record(2, start + 9s);
        packets::Bytes out(200);
        const auto first = read(std::span{out}.first(log.write(out, 1, 2)));
        CPPUNIT_ASSERT(first.base == 1 && first.packets.size() == 1);
        const auto second = read(std::span{out}.first(log.write(out, 1, 2)));
        CPPUNIT_ASSERT(second.base == 2 && second.count == first.count + 1);
        CPPUNIT_ASSERT_EQUAL(Duration{9s},
                             (second.packets[0].arrival - first.packets[0].arrival) * TransportCcFeedback::tick);
        CPPUNIT_ASSERT(log.write(out, 1, 2) == 0 && !log.news());
    }
    void late_packet_is_told_again() {
        ArrivalLog log;
        packets::Bytes out(200);
        log.record(65'535, Time{1s});
        log.record(1, Time{1s + 10ms});
        CPPUNIT_ASSERT(!read(std::span{out}.first(log.write(out, 1, 2))).packets[1].received);
        log.record(0, Time{1s + 20ms});
        const auto again = read(std::span{out}.first(log.write(out, 1, 2)));
        CPPUNIT_ASSERT(again.base == 0 && again.packets.size() == 2 && again.packets[0].received);
    }
    void long_stretch_without_arrivals_ends() {
        ArrivalLog log;
        packets::Bytes out(1200);
        log.record(1, Time{1s});
        log.record(900, Time{1s});
        int feedbacks = 0;
        while (log.write(out, 1, 2)) ++feedbacks;
        CPPUNIT_ASSERT_EQUAL(2, feedbacks);
        log.record(30'000, Time{2s});
        CPPUNIT_ASSERT(log.write(out, 1, 2) > 0);
        CPPUNIT_ASSERT(log.write(out, 1, 2) == 0);
    }
    void deliveries_count_once() {
        SendLog log;
        const Time start{100s};
        for (int i = 0; i < 4; ++i) log.sent(1000, start + i * 10ms);
        ArrivalLog far;
        packets::Bytes out(200);
        for (const std::uint16_t n : {1, 2, 4}) far.record(n, Time{50s} + n * 10ms + 30ms);
        const auto feedback = read(std::span{out}.first(far.write(out, 1, 2)));
        const auto first = log.read(feedback);
        CPPUNIT_ASSERT(first.received == 3 && first.lost == 1 && first.received_bytes == 3000);
        CPPUNIT_ASSERT_EQUAL(Duration{-50s + 40ms}, *first.delay);
        const auto again = log.read(feedback);
        CPPUNIT_ASSERT(again.received == 0 && again.lost == 0 && !again.delay);
        far.record(3, Time{50s + 100ms});
        CPPUNIT_ASSERT_EQUAL(1u, log.read(read(std::span{out}.first(far.write(out, 1, 2)))).received);
    }
    void reference_time_wraps() {
        SendLog log;
        packets::Bytes out(200);
        const std::int64_t period = 256ll << 24;
        Duration delays[2];
        for (int i = 0; i < 2; ++i) {
            const auto number = log.sent(100, Time{i * 100ms});
            const std::int64_t arrival = period - 200 + i * 400;  // a hundred milliseconds later, over the wrap
            std::size_t covered = 0;
            const auto size = write_transport_cc(out, {1, 2, number, 0}, std::array{arrival}, covered);
            delays[i] = *log.read(read(std::span{out}.first(size))).delay;
        }
        CPPUNIT_ASSERT_EQUAL(delays[0].count(), delays[1].count());
    }
    void browser_hears_of_everything_that_came() {
        const PeerName anna{0, 1};
        RoomFixture call;
        call.open(anna);
        Camera camera{anna, 100};
        int told = 0;
        for (int i = 0; i < 100; ++i) {
            if (i % 10 == 5) camera.sound();  // lost
            call.give(anna, camera.sound());
            packets::Rtp probe;
            probe.payload_type = 97;
            probe.transport_sequence = camera.transport_sequence++;
            probe.payload = {0, 0, 1};
            call.give(anna, probe.bytes());
            call.pass(10ms);
        }
        call.pass(100ms);
        int lost = 0;
        call.out.each(anna, rtcp::transport_feedback, rtcp::transport_cc_format, [&](const RtcpPacket& packet) {
            TransportCcFeedback feedback;
            CPPUNIT_ASSERT(feedback.read(packet) && feedback_media(packet) == camera.ssrc + 1);
            for (const auto& entry : feedback.packets) ++(entry.received ? told : lost);
        });
        CPPUNIT_ASSERT_EQUAL(200, told);
        CPPUNIT_ASSERT_EQUAL(10, lost);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TransportCcTest);
