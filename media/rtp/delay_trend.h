#pragma once
#include <algorithm>
#include <optional>

#include "rtp/time.h"

namespace parley::rtp {

/// Tells from one-way delays how long the queue before a viewer is, and whether it grows. The lowest delay of the last
/// ten to twenty seconds stands for the empty queue.
class DelayTrend {
public:
    static constexpr Duration window = std::chrono::seconds(10);
    static constexpr Duration noise = std::chrono::milliseconds(3);
    static constexpr Duration noticeable = std::chrono::milliseconds(45);
    static constexpr int enough = 2;  ///< reports in a row

    void heard(Duration delay, Time now) {
        if (now - window_start_ >= window) {
            older_ = newer_;
            newer_ = delay;
            window_start_ = now;
        }
        newer_ = std::min(newer_.value_or(delay), delay);
        const Duration queue = delay - std::min(*newer_, older_.value_or(*newer_));
        const bool grows = queue > queue_ + noise;
        const bool falls = queue + noise < queue_;
        growing_ = falls ? 0 : growing_ + (grows || queue > 2 * noticeable);
        queue_ = queue;
    }
    [[nodiscard]] Duration queue() const { return queue_; }
    [[nodiscard]] bool overuse() const { return queue_ > noticeable && growing_ >= enough; }

private:
    Time window_start_{};
    std::optional<Duration> older_;
    std::optional<Duration> newer_;
    Duration queue_{};
    int growing_{};
};

}  // namespace parley::rtp
