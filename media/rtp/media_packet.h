#pragma once
#include <cstdint>
#include <span>

#include "rtp/sequence.h"
#include "rtp/vp8_payload.h"

namespace parley::rtp {

enum class Kind : std::uint8_t { audio, video };

/// One packet of a source on its way to the slots. Borrowed: valid while its buffer is.
struct MediaPacket {
    Sequence sequence{};
    std::uint32_t timestamp{};
    bool marker{};
    std::span<const std::uint8_t> payload;  ///< empty for a packet that is only padding
    Vp8Payload vp8;                         ///< video with a payload only
};

}  // namespace parley::rtp
