#pragma once
#include <chrono>

namespace parley::rtp {

/// Monotonic, any origin.
using Time = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

/// A deadline that does not come.
inline constexpr Time never = Time::max();

}  // namespace parley::rtp
