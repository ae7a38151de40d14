#pragma once
#include <algorithm>

#include "rtp/time.h"

namespace parley::rtp {

/// Turns any number of wishes for a key frame of one source into at most one request (PLI) in an interval, repeated
/// until a key frame comes.
class KeyFrameBroker {
public:
    explicit KeyFrameBroker(Duration interval) : interval_(interval) {}

    void want() { wanted_ = true; }
    [[nodiscard]] bool wanted() const { return wanted_; }
    void arrived() { wanted_ = false; }
    /// When to send a request; may lie in the past.
    [[nodiscard]] Time due() const { return wanted_ ? next_ : never; }
    /// A key frame needs a round trip: asking again sooner would ask twice.
    void asked(Time now, Duration round_trip) { next_ = now + std::max(interval_, round_trip * 3 / 2); }

private:
    Duration interval_;
    bool wanted_{};
    Time next_{};
};

}  // namespace parley::rtp
