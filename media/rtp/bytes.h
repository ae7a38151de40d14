#pragma once
#include <cstdint>

/// Network byte order. The caller has checked the bounds.
namespace parley::rtp {

inline std::uint16_t read16(const std::uint8_t* p) {
    return static_cast<std::uint16_t>(p[0] << 8 | p[1]);
}
inline std::uint32_t read24(const std::uint8_t* p) {
    return static_cast<std::uint32_t>(p[0]) << 16 | static_cast<std::uint32_t>(p[1]) << 8 | p[2];
}
inline std::uint32_t read32(const std::uint8_t* p) {
    return static_cast<std::uint32_t>(read16(p)) << 16 | read16(p + 2);
}
inline void write16(std::uint8_t* p, std::uint16_t v) {
    p[0] = static_cast<std::uint8_t>(v >> 8);
    p[1] = static_cast<std::uint8_t>(v);
}
inline void write24(std::uint8_t* p, std::uint32_t v) {
    p[0] = static_cast<std::uint8_t>(v >> 16);
    write16(p + 1, static_cast<std::uint16_t>(v));
}
inline void write32(std::uint8_t* p, std::uint32_t v) {
    write16(p, static_cast<std::uint16_t>(v >> 16));
    write16(p + 2, static_cast<std::uint16_t>(v));
}

}  // namespace parley::rtp
