#include "rtp/reception_stats.h"

#include <algorithm>
#include <cstdlib>

namespace parley::rtp {

void ReceptionStats::received(Sequence number, std::uint32_t timestamp, Time now) {
    if (first_ == no_sequence) first_ = highest_ = number;
    ++received_;
    if (number < highest_) return;  // a late packet says nothing about jitter
    highest_ = number;
    measure_jitter(timestamp, now);
}

void ReceptionStats::measure_jitter(std::uint32_t timestamp, Time now) {
    const std::int64_t us = now.time_since_epoch().count();
    const std::int64_t rate = clock_rate_;
    const auto arrival = static_cast<std::uint32_t>(us / 1'000'000 * rate + us % 1'000'000 * rate / 1'000'000);
    const std::uint32_t transit = arrival - timestamp;
    if (has_transit_) {
        const double change = std::abs(static_cast<double>(static_cast<std::int32_t>(transit - last_transit_)));
        jitter_ += (change - jitter_) / 16;
    }
    last_transit_ = transit;
    has_transit_ = true;
}

ReportBlock ReceptionStats::report() {
    ReportBlock block;
    if (first_ == no_sequence) return block;
    const std::int64_t expected = highest_ - first_ + 1;
    const std::int64_t expected_now = expected - reported_expected_;
    const std::int64_t lost_now = std::max<std::int64_t>(expected_now - (received_ - reported_received_), 0);
    reported_expected_ = expected;
    reported_received_ = received_;
    loss_ = expected_now > 0 ? static_cast<double>(lost_now) / static_cast<double>(expected_now) : 0;
    block.fraction_lost = static_cast<std::uint8_t>(std::min(loss_ * 256, 255.0));
    block.cumulative_lost =
        static_cast<std::int32_t>(std::clamp<std::int64_t>(expected - received_, -0x800000, 0x7FFFFF));
    block.highest_sequence = static_cast<std::uint32_t>(highest_);
    block.jitter = static_cast<std::uint32_t>(std::min(jitter_, 4e9));
    return block;
}

}  // namespace parley::rtp
