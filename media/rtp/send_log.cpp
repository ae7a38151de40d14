#include "rtp/send_log.h"

#include <algorithm>

namespace parley::rtp {
namespace {

constexpr std::int64_t arrival_period = TransportCcFeedback::ticks_per_reference << 24;

}  // namespace

std::uint16_t SendLog::sent(std::size_t bytes, Time now) {
    sent_[index(next_)] = {next_, now, static_cast<std::uint16_t>(std::min<std::size_t>(bytes, UINT16_MAX)),
                           Fate::unknown};
    return static_cast<std::uint16_t>(next_++);
}

/// The reference time wraps every twelve days: the value nearest to the last one.
std::int64_t SendLog::unwrap(std::int64_t arrival) {
    if (!referenced_) {
        referenced_ = true;
        last_reference_ = arrival;
    }
    std::int64_t difference = (arrival - last_reference_) % arrival_period;
    if (difference > arrival_period / 2) difference -= arrival_period;
    if (difference < -arrival_period / 2) difference += arrival_period;
    return last_reference_ + difference;
}

DeliverySummary SendLog::read(const TransportCcFeedback& feedback) {
    DeliverySummary summary;
    Sequence number = extend(next_ - 1, feedback.base);
    for (const auto& packet : feedback.packets) {
        Sent& sent = sent_[index(number)];
        const bool known = sent.number == number++;
        if (!known || sent.fate == Fate::received) continue;
        if (!packet.received) {
            if (sent.fate == Fate::unknown) ++summary.lost;
            sent.fate = Fate::lost;
            continue;
        }
        const std::int64_t ticks = unwrap(packet.arrival);
        last_reference_ = std::max(last_reference_, ticks);
        const Duration arrival = ticks * TransportCcFeedback::tick;
        const Duration delay = arrival - sent.time.time_since_epoch();
        if (!summary.delay || delay < *summary.delay) summary.delay = delay;
        summary.last_arrival = std::max(summary.last_arrival, arrival);
        summary.received_bytes += sent.bytes;
        ++summary.received;
        sent.fate = Fate::received;
    }
    return summary;
}

}  // namespace parley::rtp
