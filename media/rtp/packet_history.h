#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "rtp/media_packet.h"

namespace parley::rtp {

/// The last packets of one video source, kept once for all its viewers: what they ask again is rewritten anew. Bounded:
/// 256 packets are more than a second and a half at 1.5 Mbit/s.
class PacketHistory {
public:
    static constexpr Sequence size = 256;
    static constexpr std::size_t largest_payload = 1500;

    PacketHistory() : cells_(size) {}
    /// Larger payloads are not kept.
    void keep(const MediaPacket&);
    [[nodiscard]] std::optional<MediaPacket> find(Sequence) const;

private:
    struct Cell {
        Sequence sequence{no_sequence};
        std::uint32_t timestamp{};
        Vp8Payload vp8;
        bool marker{};
        std::uint16_t size{};
        std::array<std::uint8_t, largest_payload> payload;
    };
    static std::size_t index(Sequence number) { return static_cast<std::size_t>(number & (size - 1)); }

    std::vector<Cell> cells_;
};

}  // namespace parley::rtp
