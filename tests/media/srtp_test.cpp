#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "transport/packet_kind.h"
#include "transport/srtp.h"
#include "transport/transport.h"

using namespace parley::transport;

namespace {

constexpr std::size_t payload_size = 100;

/// A packet with room for what sealing appends.
struct Packet {
    std::array<std::uint8_t, 12 + payload_size + tail_room> bytes{};
    std::size_t size{};

    std::span<std::uint8_t> span() { return {bytes.data(), size}; }
};

Packet rtp(std::uint16_t sequence, std::uint8_t ssrc = 1) {
    Packet packet;
    packet.bytes = {0x80, 96, static_cast<std::uint8_t>(sequence >> 8), static_cast<std::uint8_t>(sequence)};
    packet.bytes[11] = ssrc;
    std::iota(packet.bytes.begin() + 12, packet.bytes.begin() + 12 + payload_size, std::uint8_t{1});
    packet.size = 12 + payload_size;
    return packet;
}

Packet rtcp() {
    Packet packet;
    packet.bytes = {0x80, 201, 0, 1, 0, 0, 0, 7};
    packet.size = 8;
    return packet;
}

SrtpKey key(std::uint8_t filling) {
    std::array<std::uint8_t, SrtpKey::size> bytes;
    bytes.fill(filling);
    return *SrtpKey::from(bytes);
}

bool same(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
    return std::ranges::equal(a, b);
}

}  // namespace

class SrtpTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SrtpTest);
    CPPUNIT_TEST(a_packet_is_sealed_and_opened_in_place);
    CPPUNIT_TEST(reports_are_sealed_and_opened_in_place);
    CPPUNIT_TEST(one_changed_bit_is_noticed_everywhere);
    CPPUNIT_TEST(another_key_opens_nothing);
    CPPUNIT_TEST(a_packet_is_opened_only_once);
    CPPUNIT_TEST(a_packet_may_be_sealed_again_for_a_resend);
    CPPUNIT_TEST(late_packets_within_the_window_are_opened);
    CPPUNIT_TEST(only_so_many_sources_are_remembered);
    CPPUNIT_TEST(forged_sources_use_no_place);
    CPPUNIT_TEST(short_packets_are_refused);
    CPPUNIT_TEST(a_key_has_exactly_thirty_bytes);
    CPPUNIT_TEST(what_shares_the_port_is_told_apart);
    CPPUNIT_TEST_SUITE_END();

    SrtpOutbound seal_{key(1)};
    SrtpInbound open_{key(1)};

    void a_packet_is_sealed_and_opened_in_place() {
        auto packet = rtp(1);
        const auto sealed = seal_.protect_rtp(packet.span());
        CPPUNIT_ASSERT_EQUAL(packet.size + 10, sealed.size());
        CPPUNIT_ASSERT(sealed.data() == packet.bytes.data());
        CPPUNIT_ASSERT(!same(sealed.first(packet.size), rtp(1).span()));
        CPPUNIT_ASSERT(same(open_.unprotect_rtp(sealed), rtp(1).span()));
    }

    void reports_are_sealed_and_opened_in_place() {
        auto packet = rtcp();
        const auto sealed = seal_.protect_rtcp(packet.span());
        CPPUNIT_ASSERT_EQUAL(packet.size + 14, sealed.size());
        CPPUNIT_ASSERT(same(open_.unprotect_rtcp(sealed), rtcp().span()));
    }

    void one_changed_bit_is_noticed_everywhere() {
        auto packet = rtp(2);
        const auto sealed = seal_.protect_rtp(packet.span());
        for (std::size_t at = 0; at < sealed.size(); ++at) {
            auto copy = packet;
            copy.bytes[at] ^= 0x10;
            CPPUNIT_ASSERT(open_.unprotect_rtp({copy.bytes.data(), sealed.size()}).empty());
        }
        CPPUNIT_ASSERT(!open_.unprotect_rtp(sealed).empty());
    }

    void another_key_opens_nothing() {
        auto packet = rtp(3);
        SrtpInbound other{key(2)};
        CPPUNIT_ASSERT(other.unprotect_rtp(seal_.protect_rtp(packet.span())).empty());
    }

    void a_packet_is_opened_only_once() {
        auto packet = rtp(4);
        const auto sealed = seal_.protect_rtp(packet.span());
        auto replay = packet;
        CPPUNIT_ASSERT(!open_.unprotect_rtp(sealed).empty());
        CPPUNIT_ASSERT(open_.unprotect_rtp({replay.bytes.data(), sealed.size()}).empty());
    }

    void a_packet_may_be_sealed_again_for_a_resend() {
        auto first = rtp(5);
        auto later = rtp(6);
        auto again = rtp(5);
        seal_.protect_rtp(first.span());
        CPPUNIT_ASSERT(!seal_.protect_rtp(later.span()).empty());
        CPPUNIT_ASSERT(same(open_.unprotect_rtp(seal_.protect_rtp(again.span())), rtp(5).span()));
    }

    void late_packets_within_the_window_are_opened() {
        auto late = rtp(10);
        auto too_late = rtp(9);
        auto newest = rtp(10 + 1000);
        const auto sealed_too_late = seal_.protect_rtp(too_late.span());
        const auto sealed = seal_.protect_rtp(late.span());
        CPPUNIT_ASSERT(!open_.unprotect_rtp(seal_.protect_rtp(newest.span())).empty());
        CPPUNIT_ASSERT(!open_.unprotect_rtp(sealed).empty());
        auto beyond = rtp(10 + 1100);
        CPPUNIT_ASSERT(!open_.unprotect_rtp(seal_.protect_rtp(beyond.span())).empty());
        CPPUNIT_ASSERT(open_.unprotect_rtp(sealed_too_late).empty());
    }

    void only_so_many_sources_are_remembered() {
        int opened = 0;
        for (std::uint8_t ssrc = 1; ssrc <= 40; ++ssrc) {
            auto packet = rtp(1, ssrc);
            if (!open_.unprotect_rtp(seal_.protect_rtp(packet.span())).empty()) ++opened;
        }
        CPPUNIT_ASSERT_EQUAL(16, opened);
        auto known = rtp(2, 1);
        CPPUNIT_ASSERT(!open_.unprotect_rtp(seal_.protect_rtp(known.span())).empty());
    }

    void forged_sources_use_no_place() {
        for (std::uint8_t ssrc = 1; ssrc <= 40; ++ssrc) {
            auto forged = rtp(1, ssrc);
            CPPUNIT_ASSERT(open_.unprotect_rtp(forged.span()).empty());
        }
        auto packet = rtp(1, 50);
        CPPUNIT_ASSERT(!open_.unprotect_rtp(seal_.protect_rtp(packet.span())).empty());
    }

    void short_packets_are_refused() {
        auto packet = rtp(1);
        for (std::size_t size = 0; size < 22; ++size) {
            CPPUNIT_ASSERT(open_.unprotect_rtp(packet.span().first(size)).empty());
            CPPUNIT_ASSERT(open_.unprotect_rtcp(packet.span().first(size)).empty());
        }
        CPPUNIT_ASSERT(seal_.protect_rtp(packet.span().first(11)).empty());
        CPPUNIT_ASSERT(seal_.protect_rtcp(packet.span().first(7)).empty());
    }

    void a_key_has_exactly_thirty_bytes() {
        const std::array<std::uint8_t, 31> bytes{};
        CPPUNIT_ASSERT(SrtpKey::from(std::span{bytes}.first(30)));
        CPPUNIT_ASSERT(!SrtpKey::from(std::span{bytes}.first(29)));
        CPPUNIT_ASSERT(!SrtpKey::from(bytes));
    }

    void what_shares_the_port_is_told_apart() {
        const auto kind = [](std::uint8_t first, std::uint8_t second) {
            const std::array<std::uint8_t, 20> packet{first, second};
            return kind_of(packet);
        };
        CPPUNIT_ASSERT(kind(0x00, 0x01) == PacketKind::other);  // STUN
        CPPUNIT_ASSERT(kind(0x16, 0xfe) == PacketKind::other);  // DTLS
        CPPUNIT_ASSERT(kind(0x90, 0xEF) == PacketKind::rtp);    // 111 with its marker
        CPPUNIT_ASSERT(kind(0x90, 0x60) == PacketKind::rtp);
        CPPUNIT_ASSERT(kind(0x80, 200) == PacketKind::rtcp);
        CPPUNIT_ASSERT(kind(0x8F, 205) == PacketKind::rtcp);
        CPPUNIT_ASSERT(kind_of({}) == PacketKind::other);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SrtpTest);
