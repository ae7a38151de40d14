#pragma once
#include <cstdint>
#include <span>

namespace parley::transport {

enum class PacketKind { rtp, rtcp, other };

/// What shares the one port of a bundled connection (RFC 7983 by the first byte, RFC 5761 section 4 by the second):
/// `other` is STUN, DTLS or noise.
constexpr PacketKind kind_of(std::span<const std::uint8_t> packet) {
    if (packet.size() < 8 || (packet[0] & 0xC0) != 0x80) return PacketKind::other;
    const bool rtcp = packet[1] >= 192 && packet[1] <= 223;
    return rtcp ? PacketKind::rtcp : PacketKind::rtp;
}

}  // namespace parley::transport
