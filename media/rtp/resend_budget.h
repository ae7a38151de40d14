#pragma once
#include <array>
#include <cstdint>

#include "rtp/token_bucket.h"

namespace parley::rtp {

/// Limits what a viewer's NACKs may cost: a share of what their link carries, and no packet twice in a round trip.
/// Answering everything turns a full link into a collapsed one.
class ResendBudget {
public:
    ResendBudget() : bucket_(least_rate, least_burst) {}

    /// The viewer's link carries about so much.
    void set_link(std::uint32_t bits_per_second) {
        const auto rate = std::max<std::uint64_t>(bits_per_second / 8 / 6, least_rate);
        bucket_.set(rate, std::max<std::uint64_t>(rate / 2, least_burst));
    }
    bool allow(int slot, std::uint16_t number, std::size_t bytes, Duration round_trip, Time now) {
        Last& last = last_[static_cast<std::size_t>(slot)][number % remembered];
        if (last.number == number && last.time != Time{} && now - last.time < round_trip) return false;
        if (!bucket_.take(bytes, now)) return false;
        last = {number, now};
        return true;
    }

private:
    static constexpr std::uint64_t least_rate = 8'000;  ///< bytes/s
    static constexpr std::uint64_t least_burst = 15'000;
    static constexpr std::size_t remembered = 512;
    struct Last {
        std::uint16_t number;
        Time time;
    };

    TokenBucket bucket_;
    std::array<std::array<Last, remembered>, 3> last_{};
};

}  // namespace parley::rtp
