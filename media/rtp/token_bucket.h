#pragma once
#include <algorithm>
#include <cstdint>

#include "rtp/time.h"

namespace parley::rtp {

/// So many bytes a second, with a burst: what does not fit is refused, never queued.
class TokenBucket {
public:
    TokenBucket(std::uint64_t bytes_per_second, std::uint64_t burst) : level_(static_cast<double>(burst)) {
        set(bytes_per_second, burst);
    }
    void set(std::uint64_t bytes_per_second, std::uint64_t burst) {
        rate_ = static_cast<double>(bytes_per_second);
        burst_ = static_cast<double>(burst);
        level_ = std::min(level_, burst_);
    }
    bool take(std::uint64_t bytes, Time now) {
        refill(now);
        if (level_ < static_cast<double>(bytes)) return false;
        level_ -= static_cast<double>(bytes);
        return true;
    }
    void give(std::uint64_t bytes) { level_ = std::min(burst_, level_ + static_cast<double>(bytes)); }

private:
    void refill(Time now) {
        if (now > last_) level_ = std::min(burst_, level_ + rate_ * std::chrono::duration<double>(now - last_).count());
        last_ = std::max(last_, now);
    }

    double rate_{};
    double burst_{};
    double level_;
    Time last_{};
};

}  // namespace parley::rtp
