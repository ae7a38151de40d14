#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace parley::rtp {

/// The fixed header of RFC 3550 section 5.1 and the one extension that the core reads (RFC 8285, one-byte form).
struct RtpHeader {
    bool marker{};
    std::uint8_t payload_type{};
    std::uint16_t sequence{};
    std::uint32_t timestamp{};
    std::uint32_t ssrc{};
    std::optional<std::uint16_t> transport_sequence;
    std::size_t payload_offset{};
    std::size_t payload_size{};  ///< without padding; 0 for a packet that is only padding
};

/// Nothing for what is not RTP version 2 or contradicts its own lengths. An extension block of another profile, or one
/// that runs over its end, is skipped.
std::optional<RtpHeader> parse_rtp(std::span<const std::uint8_t> packet);

/// What every outgoing packet starts with: the fixed header and the transport-wide sequence number, nothing else. The
/// mid is left out: the slots' SSRCs are signalled.
inline constexpr std::size_t outgoing_header_size = 20;
/// IP, UDP and the SRTP tag: a link carries them too.
inline constexpr std::size_t wire_overhead = 38;
/// Uses marker, payload_type, sequence, timestamp, ssrc of `header`. `out` has outgoing_header_size bytes.
void write_rtp(std::uint8_t* out, const RtpHeader& header, std::uint16_t transport_sequence);

}  // namespace parley::rtp
