#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "rtp/rtcp.h"
#include "rtp/sequence.h"
#include "rtp/time.h"

namespace parley::rtp {

/// Transport-wide congestion control feedback, draft-holmer-rmcat-transport-wide-cc-extensions-01: the wire format.
struct TransportCcFeedback {
    static constexpr std::size_t most_packets = 2048;  ///< feedback about more is refused
    static constexpr Duration tick = std::chrono::microseconds(250);
    static constexpr std::int64_t ticks_per_reference = 256;  ///< 64 ms

    struct Packet {
        bool received{};
        std::int64_t arrival{};  ///< in ticks since the reference time's own zero; wraps with its 24 bits
    };
    std::uint16_t base{};
    std::uint8_t count{};
    std::vector<Packet> packets;  ///< from `base` on

    /// Reads into this object, whose vector is reused. False for what contradicts itself.
    bool read(const RtcpPacket&);
};

/// Writes one feedback packet from `sender` about `media`. `arrivals`: from `base` on, in ticks, or `missing`; at least
/// one is not missing. Returns the bytes written; `packets` becomes how many arrivals they cover, fewer than given when
/// the room or the range of a delta ends. 0 when not even the first fits.
inline constexpr std::int64_t missing = INT64_MIN;
struct TransportCcHeader {
    std::uint32_t sender{};
    std::uint32_t media{};
    std::uint16_t base{};
    std::uint8_t count{};
};
std::size_t write_transport_cc(std::span<std::uint8_t> out, const TransportCcHeader&,
                               std::span<const std::int64_t> arrivals, std::size_t& packets);

}  // namespace parley::rtp
