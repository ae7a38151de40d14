#include "rtp/nack_generator.h"

#include <algorithm>
#include <utility>

namespace parley::rtp {

void NackGenerator::received(Sequence number, Time now) {
    if (highest_ == no_sequence) {
        highest_ = number;
        return;
    }
    if (number < highest_) return found(number);
    note_gap(number, now);
    highest_ = number;
    if (!missing_.empty()) hurry(now);
}

void NackGenerator::note_gap(Sequence to, Time now) {
    const auto gap = static_cast<std::size_t>(to - highest_ - 1);
    if (gap == 0) return;
    if (gap > capacity - missing_.size()) {
        missing_.clear();
        next_due_ = never;
        unrecoverable_ = true;
        return;
    }
    const Time due = now + reorder_wait;
    for (Sequence at = highest_ + 1; at < to; ++at) missing_.push_back({at, now, due, 0});
    next_due_ = std::min(next_due_, due);
}

/// Enough newer packets have come: it was no reordering.
void NackGenerator::hurry(Time now) {
    for (auto at = missing_.rbegin(); at != missing_.rend() && at->asked == 0; ++at) {
        if (at->number + reorder_packets > highest_) continue;
        if (at->due <= now) return;
        at->due = now;
        next_due_ = std::min(next_due_, now);
    }
}

void NackGenerator::found(Sequence number) {
    const auto at = std::lower_bound(missing_.begin(), missing_.end(), number,
                                     [](const Missing& m, Sequence n) { return m.number < n; });
    if (at != missing_.end() && at->number == number) missing_.erase(at);
    if (missing_.empty()) next_due_ = never;
}

void NackGenerator::key_frame(Sequence start) {
    const auto end =
        std::find_if(missing_.begin(), missing_.end(), [&](const Missing& m) { return m.number >= start; });
    missing_.erase(missing_.begin(), end);
    if (missing_.empty()) next_due_ = never;
}

bool NackGenerator::hopeless(const Missing& missing, Time now) const {
    return missing.asked >= tries || now - missing.noticed > patience;
}

std::size_t NackGenerator::collect(Time now, Duration round_trip, std::span<std::uint16_t> out) {
    std::size_t count = 0;
    next_due_ = never;
    const Duration pause = std::max<Duration>(round_trip + round_trip / 4, std::chrono::milliseconds(20));
    std::erase_if(missing_, [&](Missing& missing) {
        if (missing.due <= now && hopeless(missing, now)) {
            unrecoverable_ = true;
            return true;
        }
        if (missing.due <= now && count < out.size()) {
            out[count++] = static_cast<std::uint16_t>(missing.number);
            ++missing.asked;
            missing.due = now + pause;
        }
        next_due_ = std::min(next_due_, missing.due);
        return false;
    });
    return count;
}

bool NackGenerator::take_unrecoverable() {
    return std::exchange(unrecoverable_, false);
}

}  // namespace parley::rtp
