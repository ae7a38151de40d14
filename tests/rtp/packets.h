#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "rtp/bytes.h"
#include "rtp/layout.h"
#include "rtp/rtcp.h"

/// Builds the packets that browsers send.
namespace packets {

using Bytes = std::vector<std::uint8_t>;

struct Rtp {
    std::uint8_t payload_type{parley::rtp::Layout::vp8_payload};
    std::uint16_t sequence{};
    std::uint32_t timestamp{};
    std::uint32_t ssrc{};
    bool marker{};
    std::optional<std::uint16_t> transport_sequence;
    Bytes payload;
    std::uint8_t padding{};

    [[nodiscard]] Bytes bytes() const {
        using namespace parley::rtp;
        Bytes out(12);
        out[0] = static_cast<std::uint8_t>(0x80 | (transport_sequence ? 0x10 : 0) | (padding ? 0x20 : 0));
        out[1] = static_cast<std::uint8_t>((marker ? 0x80 : 0) | payload_type);
        write16(&out[2], sequence);
        write32(&out[4], timestamp);
        write32(&out[8], ssrc);
        if (transport_sequence) {
            // With the mid, as Chromium sends it first.
            const Bytes block{0xBE,
                              0xDE,
                              0,
                              2,
                              0x10,
                              '1',
                              0x31,
                              static_cast<std::uint8_t>(*transport_sequence >> 8),
                              static_cast<std::uint8_t>(*transport_sequence),
                              0,
                              0,
                              0};
            out.insert(out.end(), block.begin(), block.end());
        }
        out.insert(out.end(), payload.begin(), payload.end());
        if (padding) {
            out.insert(out.end(), padding - 1, 0);
            out.push_back(padding);
        }
        return out;
    }
};

/// A VP8 payload as browsers send it: 15-bit picture id, TL0PICIDX, then the frame.
inline Bytes vp8(bool start, bool key, std::uint16_t picture_id, std::uint8_t tl0 = 0, std::size_t frame_bytes = 20) {
    Bytes out{static_cast<std::uint8_t>(0x80 | (start ? 0x10 : 0)), 0xC0,
              static_cast<std::uint8_t>(0x80 | picture_id >> 8), static_cast<std::uint8_t>(picture_id), tl0};
    out.push_back(key ? 0x00 : 0x01);
    out.resize(out.size() + frame_bytes, 0x55);
    return out;
}

/// A compound that starts with an empty receiver report, as RFC 3550 asks, filled by `build`.
template <class Build>
Bytes compound(Build&& build, std::uint32_t sender = 1) {
    Bytes buffer(1500);
    parley::rtp::RtcpWriter writer{buffer};
    writer.receiver_report(sender, {});
    build(writer);
    buffer.resize(writer.compound().size());
    return buffer;
}

}  // namespace packets
