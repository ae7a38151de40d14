#pragma once
#include <algorithm>
#include <array>
#include <cstdint>

#include "rtp/time.h"

namespace parley::rtp {

/// Bits a second over the last second.
class RateMeter {
public:
    void add(std::size_t bytes, Time now) {
        advance(now);
        buckets_[index(current_)] += bytes;
        total_ += bytes;
    }
    std::uint32_t bits_per_second(Time now) {
        advance(now);
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(total_ * 8, UINT32_MAX));
    }

private:
    static constexpr std::int64_t count = 10;
    static constexpr Duration step = std::chrono::milliseconds(1000 / count);
    static std::size_t index(std::int64_t at) { return static_cast<std::size_t>(at % count); }

    void advance(Time now) {
        const std::int64_t to = std::max<std::int64_t>(now.time_since_epoch() / step, 0);
        if (to <= current_) return;
        for (auto at = std::max(current_ + 1, to - count + 1); at <= to; ++at) {
            total_ -= buckets_[index(at)];
            buckets_[index(at)] = 0;
        }
        current_ = to;
    }

    std::array<std::uint64_t, count> buckets_{};
    std::uint64_t total_{};
    std::int64_t current_{};
};

}  // namespace parley::rtp
