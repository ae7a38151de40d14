#include "rtp/rtcp.h"

#include <cppunit/extensions/HelperMacros.h>

#include "packets.h"

using namespace parley::rtp;

class RtcpTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RtcpTest);
    CPPUNIT_TEST(reports_are_read_as_written);
    CPPUNIT_TEST(nack_names_numbers_over_the_wrap);
    CPPUNIT_TEST(full_intra_request_is_read);
    CPPUNIT_TEST(every_cut_ends_the_walk);
    CPPUNIT_TEST(empty_bye_is_stepped_over);
    CPPUNIT_TEST(padding_is_taken_off);
    CPPUNIT_TEST(full_buffer_refuses_and_stays_whole);
    CPPUNIT_TEST_SUITE_END();

public:
    void reports_are_read_as_written() {
        ReportBlock block;
        block.ssrc = 7;
        block.fraction_lost = 51;
        block.cumulative_lost = -3;
        block.highest_sequence = 0x10002;
        block.jitter = 9;
        block.last_sender_report = 0xAABBCCDD;
        block.delay = 65536;
        packets::Bytes buffer(300);
        RtcpWriter writer{buffer};
        CPPUNIT_ASSERT(writer.receiver_report(1, std::span{&block, 1}));
        CPPUNIT_ASSERT(writer.sender_report({2, 0x0102030405060708u, 3, 4, 5}));
        CPPUNIT_ASSERT(writer.source_description(2, "slot0"));
        RtcpReader reader{writer.compound()};
        const auto report = reader.next().value();
        const auto got = read_report_block(report, 0).value();
        CPPUNIT_ASSERT(got.ssrc == 7 && got.fraction_lost == 51 && got.cumulative_lost == -3);
        CPPUNIT_ASSERT(got.highest_sequence == 0x10002 && got.jitter == 9);
        CPPUNIT_ASSERT(got.last_sender_report == 0xAABBCCDD && got.delay == 65536);
        CPPUNIT_ASSERT(!read_report_block(report, 1) && !read_sender_info(report));
        const auto info = read_sender_info(reader.next().value()).value();
        CPPUNIT_ASSERT(info.ssrc == 2 && info.ntp == 0x0102030405060708u && info.timestamp == 3 && info.octets == 5);
        const auto sdes = reader.next().value();
        CPPUNIT_ASSERT(sdes.type == rtcp::source_description && sdes.body.size() == 12 && !reader.next());
    }
    void nack_names_numbers_over_the_wrap() {
        const std::vector<std::uint16_t> wanted{65'530, 65'535, 0, 10, 300};
        const auto bytes = packets::compound([&](RtcpWriter& writer) { writer.nack(1, 2, wanted); });
        RtcpReader reader{bytes};
        reader.next();
        const auto packet = reader.next().value();
        std::vector<std::uint16_t> got;
        read_nack(packet, [&](std::uint16_t n) { got.push_back(n); });
        CPPUNIT_ASSERT(got == wanted && feedback_media(packet) == 2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{8 + 2 * 4}, packet.body.size());
    }
    void full_intra_request_is_read() {
        const packets::Bytes bytes{0x84, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x62, 0, 1, 9, 0, 0, 0};
        const auto packet = RtcpReader{bytes}.next().value();
        CPPUNIT_ASSERT(read_fir(packet, 0) == Layout::slot_video_ssrc(1));
        CPPUNIT_ASSERT(!read_fir(packet, 1));
    }
    void every_cut_ends_the_walk() {
        const auto bytes = packets::compound([](RtcpWriter& writer) { writer.picture_loss(1, 2); });
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            RtcpReader reader{std::span{bytes}.first(size)};
            CPPUNIT_ASSERT_EQUAL(size >= 8, reader.next().has_value());
            CPPUNIT_ASSERT(!reader.next());
        }
    }
    void empty_bye_is_stepped_over() {
        packets::Bytes bytes{0x80, 203, 0, 0};
        const auto rest = packets::compound([](RtcpWriter&) {});
        bytes.insert(bytes.end(), rest.begin(), rest.end());
        CPPUNIT_ASSERT(RtcpReader{bytes}.next()->type == rtcp::receiver_report);
    }
    void padding_is_taken_off() {
        packets::Bytes bytes{0xA1, 206, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4};
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, RtcpReader{bytes}.next()->body.size());
        bytes.back() = 12;
        CPPUNIT_ASSERT(!RtcpReader{bytes}.next());
        bytes.back() = 0;
        CPPUNIT_ASSERT(!RtcpReader{bytes}.next());
    }
    void full_buffer_refuses_and_stays_whole() {
        packets::Bytes buffer(20);
        RtcpWriter writer{buffer};
        CPPUNIT_ASSERT(writer.picture_loss(1, 2));
        CPPUNIT_ASSERT(!writer.picture_loss(1, 2));
        CPPUNIT_ASSERT(writer.receiver_report(1, {}));
        CPPUNIT_ASSERT(!writer.source_description(1, "x"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, writer.compound().size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RtcpTest);
