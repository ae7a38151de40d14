#include "rtp/rtp_header.h"

#include <cppunit/extensions/HelperMacros.h>

#include "packets.h"

using namespace parley::rtp;

class RtpHeaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RtpHeaderTest);
    CPPUNIT_TEST(reads_what_a_browser_sends);
    CPPUNIT_TEST(skips_contributing_sources);
    CPPUNIT_TEST(takes_padding_off);
    CPPUNIT_TEST(refuses_every_cut);
    CPPUNIT_TEST(refuses_impossible_padding);
    CPPUNIT_TEST(skips_extensions_of_other_profiles);
    CPPUNIT_TEST(stops_at_an_element_over_the_end);
    CPPUNIT_TEST(writes_what_it_reads);
    CPPUNIT_TEST_SUITE_END();

    static packets::Rtp sample() {
        packets::Rtp rtp;
        rtp.sequence = 65'535;
        rtp.timestamp = 0xFFFFFFF0u;
        rtp.ssrc = 0xDEADBEEFu;
        rtp.marker = true;
        rtp.transport_sequence = 0x1234;
        rtp.payload = {1, 2, 3};
        return rtp;
    }

public:
    void reads_what_a_browser_sends() {
        const auto bytes = sample().bytes();
        const auto header = parse_rtp(bytes).value();
        CPPUNIT_ASSERT(header.marker && header.payload_type == Layout::vp8_payload);
        CPPUNIT_ASSERT(header.sequence == 65'535 && header.timestamp == 0xFFFFFFF0u && header.ssrc == 0xDEADBEEFu);
        CPPUNIT_ASSERT(header.transport_sequence == 0x1234);
        CPPUNIT_ASSERT(header.payload_offset == bytes.size() - 3 && header.payload_size == 3);
    }
    void skips_contributing_sources() {
        auto bytes = sample().bytes();
        bytes[0] |= 2;
        bytes.insert(bytes.begin() + 12, 8, 0);
        CPPUNIT_ASSERT(parse_rtp(bytes)->transport_sequence == 0x1234);
    }
    void takes_padding_off() {
        auto rtp = sample();
        rtp.padding = 7;
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, parse_rtp(rtp.bytes())->payload_size);
        rtp.payload.clear();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, parse_rtp(rtp.bytes())->payload_size);
    }
    void refuses_every_cut() {
        auto rtp = sample();
        rtp.payload.clear();
        const auto bytes = rtp.bytes();
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            CPPUNIT_ASSERT(!parse_rtp(std::span{bytes}.first(size)));
        }
        CPPUNIT_ASSERT(parse_rtp(bytes));
    }
    void refuses_impossible_padding() {
        auto rtp = sample();
        rtp.padding = 4;
        auto bytes = rtp.bytes();
        bytes.back() = 0;
        CPPUNIT_ASSERT(!parse_rtp(bytes));
        bytes.back() = 8;
        CPPUNIT_ASSERT(!parse_rtp(bytes));
    }
    void skips_extensions_of_other_profiles() {
        auto bytes = sample().bytes();
        bytes[12] = 0x10;
        bytes[13] = 0x00;
        const auto header = parse_rtp(bytes).value();
        CPPUNIT_ASSERT(!header.transport_sequence && header.payload_size == 3);
    }
    void stops_at_an_element_over_the_end() {
        auto bytes = sample().bytes();
        bytes[16] = 0x1F;  // the mid claims sixteen bytes
        CPPUNIT_ASSERT(!parse_rtp(bytes)->transport_sequence);
        bytes[16] = 0xF0;  // id 15 ends the elements
        CPPUNIT_ASSERT(!parse_rtp(bytes)->transport_sequence);
    }
    void writes_what_it_reads() {
        auto wanted = parse_rtp(sample().bytes()).value();
        packets::Bytes out(outgoing_header_size + 3);
        write_rtp(out.data(), wanted, 0xABCD);
        const auto got = parse_rtp(out).value();
        CPPUNIT_ASSERT(got.transport_sequence == 0xABCD && got.payload_offset == outgoing_header_size);
        CPPUNIT_ASSERT(got.sequence == wanted.sequence && got.timestamp == wanted.timestamp);
        CPPUNIT_ASSERT(got.ssrc == wanted.ssrc && got.marker && got.payload_type == wanted.payload_type);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RtpHeaderTest);
