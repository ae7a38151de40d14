#include "rtp/rate_control.h"

#include <algorithm>
#include <utility>

namespace parley::rtp {
namespace {

constexpr double too_much_loss = 0.05;
constexpr double most_foreign_loss = 0.12;
constexpr double decrease = 0.85;
constexpr double increase = 0.04;
constexpr int calm_doubles = 8;  // steps without trouble after which the increase has doubled
constexpr double steepest = 0.16;
constexpr double enough_packets = 10;
constexpr Duration received_window = std::chrono::milliseconds(200);
constexpr Duration feedback_patience = std::chrono::seconds(2);
constexpr Duration relaxed_queue = std::chrono::milliseconds(30);

}  // namespace

void RateControl::measure_received(const DeliverySummary& summary) {
    if (summary.received == 0) return;
    if (window_start_ == Duration{}) {
        window_start_ = summary.last_arrival;
        return;
    }
    window_bytes_ += summary.received_bytes;
    const Duration span = summary.last_arrival - window_start_;
    if (span < received_window) return;
    const double bits = 8.0 * static_cast<double>(window_bytes_) / std::chrono::duration<double>(span).count();
    received_ = static_cast<std::uint32_t>(std::min(bits, 1e9));
    window_bytes_ = 0;
    window_start_ = summary.last_arrival;
}

bool RateControl::heard(const DeliverySummary& summary, Time now) {
    last_feedback_ = now;
    received_packets_ += summary.received;
    lost_packets_ += summary.lost;
    measure_received(summary);
    if (!summary.delay) return false;
    trend_.heard(*summary.delay, now);
    return trend_.overuse() && received_ > 0 && lower(now, received_);
}

void RateControl::heard_loss(double fraction, std::uint32_t packets, Time now) {
    if (last_feedback_ != Time{} && now - last_feedback_ < feedback_patience) return;
    lost_packets_ += fraction * packets;
    received_packets_ += (1 - fraction) * packets;
}

bool RateControl::lower(Time now, std::uint32_t received) {
    calm_ = 0;
    if (last_lowered_ != Time{} && now - last_lowered_ < interval) return false;
    last_lowered_ = now;
    const auto target = static_cast<std::uint32_t>(decrease * std::min(cap_, received));
    const std::uint32_t before = std::exchange(cap_, std::clamp(target, lowest_, highest_));
    return cap_ < before;
}

/// The loss that sending less would cure: what has stayed through all the last steps, whatever was sent, is the link's
/// own (radio), and giving way to it would end at nothing.
double RateControl::own_loss() {
    const double packets = received_packets_ + lost_packets_;
    if (packets < enough_packets) return 0;
    loss_ = lost_packets_ / packets;
    received_packets_ = lost_packets_ = 0;
    recent_losses_[steps_++ % recent_losses_.size()] = loss_;
    const double always = *std::min_element(recent_losses_.begin(), recent_losses_.end());
    return loss_ - std::min(always, most_foreign_loss);
}

void RateControl::step(std::uint32_t sent, bool hungry, Time now) {
    if (own_loss() > too_much_loss) {
        lower(now, received_ > 0 ? received_ : static_cast<std::uint32_t>(sent * (1 - loss_)));
        return;
    }
    if (trend_.queue() > relaxed_queue || now - last_lowered_ < interval) return;
    const bool used = sent > cap_ / 5 * 3;
    if (!used && !hungry) return;
    const double factor = 1 + std::min(increase * (1 + static_cast<double>(calm_) / calm_doubles), steepest);
    ++calm_;
    cap_ = static_cast<std::uint32_t>(std::min(cap_ * factor, static_cast<double>(highest_)));
}

}  // namespace parley::rtp
