#pragma once
#include <array>
#include <cstdint>

#include "rtp/rtcp.h"

namespace parley::rtp {

/// Room for one compound packet, and behind it for what SRTCP adds.
class RtcpBuffer {
public:
    static constexpr std::size_t size = 1200;
    static constexpr std::size_t tail = 64;

    RtcpWriter writer() { return RtcpWriter{std::span{bytes_}.first(size)}; }

private:
    std::array<std::uint8_t, size + tail> bytes_;
};

}  // namespace parley::rtp
