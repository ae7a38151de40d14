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
    static constexpr Duration busy_from = std::chrono::milliseconds(20);
    static constexpr Duration noticeable = std::chrono::milliseconds(45);
    static constexpr Duration long_queue = std::chrono::milliseconds(130);
    static constexpr Duration burst = std::chrono::milliseconds(220);  ///< a key frame's queue is gone after it
    static constexpr int enough = 2;                                   ///< reports in a row

    void heard(Duration delay, Time now) {
        if (now - window_start_ >= window) {
            older_ = newer_;
            newer_ = delay;
            window_start_ = now;
        }
        newer_ = std::min(newer_.value_or(delay), delay);
        const Duration queue = delay - std::min(*newer_, older_.value_or(*newer_));
        const bool falls = queue + noise < queue_;
        growing_ = falls ? 0 : growing_ + 1;
        if (queue <= noticeable)
            noticed_.reset();
        else if (!noticed_)
            noticed_ = now;
        queue_ = queue;
        now_ = now;
    }
    [[nodiscard]] Duration queue() const { return queue_; }
    /// Something waits: what arrives now is all that the link carries.
    [[nodiscard]] bool busy() const { return queue_ > busy_from; }
    [[nodiscard]] bool overuse() const {
        if (!noticed_ || growing_ < enough) return false;
        return queue_ > long_queue || now_ - *noticed_ >= burst;
    }

private:
    Time window_start_{};
    std::optional<Duration> older_;
    std::optional<Duration> newer_;
    Duration queue_{};
    std::optional<Time> noticed_;  ///< since when the queue is noticeable
    Time now_{};
    int growing_{};  ///< reports in a row without a shorter queue
};

}  // namespace parley::rtp
