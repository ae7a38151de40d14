#include "rtp/vp8_payload.h"

#include "rtp/bytes.h"

namespace parley::rtp {
namespace {

/// Reads the optional fields behind the X bit; moves `at` behind them.
bool read_extensions(std::span<const std::uint8_t> payload, std::size_t& at, Vp8Payload& out) {
    if (payload.size() < 2) return false;
    const std::uint8_t flags = payload[1];
    at = 2;
    if (flags & 0x80) {  // I
        if (payload.size() <= at) return false;
        out.picture_id_at = static_cast<std::uint8_t>(at);
        out.picture_id_bits = payload[at] & 0x80 ? 15 : 7;
        if (out.picture_id_bits == 15 && payload.size() < at + 2) return false;
        out.picture_id = out.picture_id_bits == 15 ? read16(&payload[at]) & 0x7FFFu : payload[at];
        at += out.picture_id_bits == 15 ? 2 : 1;
    }
    if (flags & 0x40) {  // L
        if (payload.size() <= at) return false;
        out.tl0_at = static_cast<std::uint8_t>(at);
        out.tl0 = payload[at++];
    }
    if (flags & 0x30) ++at;  // T, K share a byte
    return true;
}

bool newer_id(std::uint16_t a, std::uint16_t b) {
    return ((a - b) & 0x7FFFu) - 1u < 0x3FFFu;
}

}  // namespace

std::optional<Vp8Payload> parse_vp8(std::span<const std::uint8_t> payload) {
    if (payload.empty()) return std::nullopt;
    Vp8Payload out;
    std::size_t at = 1;
    if (payload[0] & 0x80 && !read_extensions(payload, at, out)) return std::nullopt;
    if (payload.size() <= at) return std::nullopt;
    out.start_of_frame = (payload[0] & 0x17u) == 0x10;         // S set, partition index 0
    out.key_frame = out.start_of_frame && !(payload[at] & 1);  // P bit of the VP8 payload header, section 4.3
    return out;
}

void Vp8Continuity::start(const Vp8Payload& first) {
    id_offset_ = static_cast<std::uint16_t>(last_id_ + 1 - first.picture_id);
    tl0_offset_ = static_cast<std::uint8_t>(last_tl0_ + 1 - first.tl0);
    last_id_ = (last_id_ + 1u) & 0x7FFFu;
    ++last_tl0_;
}

void Vp8Continuity::rewrite(const Vp8Payload& from, std::uint8_t* payload) {
    const auto id = static_cast<std::uint16_t>((from.picture_id + id_offset_) & 0x7FFFu);
    if (from.picture_id_bits == 15) {
        write16(payload + from.picture_id_at, static_cast<std::uint16_t>(0x8000u | id));
        if (newer_id(id, last_id_)) last_id_ = id;
    } else if (from.picture_id_bits == 7) {
        payload[from.picture_id_at] = id & 0x7F;
        last_id_ = id;
    }
    if (!from.tl0_at) return;
    const auto tl0 = static_cast<std::uint8_t>(from.tl0 + tl0_offset_);
    payload[from.tl0_at] = tl0;
    if (static_cast<std::int8_t>(tl0 - last_tl0_) > 0) last_tl0_ = tl0;
}

}  // namespace parley::rtp
