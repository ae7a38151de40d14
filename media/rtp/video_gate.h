#pragma once
#include <algorithm>

#include "rtp/time.h"

namespace parley::rtp {

/// Whether one video goes to one viewer. Shut at once; opened again only after a pause that grows while it fails again
/// and again, since every opening costs a key frame.
class VideoGate {
public:
    static constexpr Duration shortest = std::chrono::seconds(1);
    static constexpr Duration longest = std::chrono::seconds(16);
    static constexpr Duration proven = std::chrono::seconds(10);

    [[nodiscard]] bool open() const { return open_; }
    void shut(Time now) {
        if (open_ && now - since_ > proven) pause_ = shortest;
        open_ = false;
        since_ = now;
    }
    /// True when it is open now and was not before.
    bool try_open(Time now) {
        if (open_ || now - since_ < pause_) return false;
        pause_ = std::min(2 * pause_, longest);
        open_ = true;
        since_ = now;
        return true;
    }

private:
    bool open_{true};
    Time since_{};
    Duration pause_{shortest};
};

}  // namespace parley::rtp
