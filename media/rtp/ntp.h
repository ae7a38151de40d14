#pragma once
#include <cstdint>

#include "rtp/time.h"

namespace parley::rtp {

/// NTP timestamps of RFC 3550 section 4, on the core's own clock: receivers only compare them with each other.
inline constexpr std::uint64_t ntp_epoch = 0xE0000000ull << 32;  // never zero: LSR 0 means "none"

inline std::uint64_t to_ntp(Time time) {
    const auto us = static_cast<std::uint64_t>(time.time_since_epoch().count());
    return ntp_epoch + (us / 1'000'000 << 32) + (us % 1'000'000 << 32) / 1'000'000;
}
/// The length of an NTP difference.
inline Duration ntp_duration(std::uint64_t ntp) {
    return Duration{static_cast<std::int64_t>((ntp >> 32) * 1'000'000 + ((ntp & 0xFFFFFFFFu) * 1'000'000 >> 32))};
}
/// The middle 32 bits, as LSR carries them.
inline std::uint32_t compact(std::uint64_t ntp) {
    return static_cast<std::uint32_t>(ntp >> 16);
}

/// Units of 1/65536 s, as DLSR carries them.
inline std::uint32_t to_compact_delay(Duration delay) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(delay.count()) * 65536 / 1'000'000);
}
inline Duration from_compact_delay(std::uint32_t delay) {
    return Duration{static_cast<std::int64_t>(static_cast<std::uint64_t>(delay) * 1'000'000 / 65536)};
}

}  // namespace parley::rtp
