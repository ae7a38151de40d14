#include "rtp/rate_control.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace parley::rtp {
namespace {

constexpr double too_much_loss = 0.05;
constexpr double most_foreign_loss = 0.12;
constexpr double decrease = 0.85;
constexpr double drain = 0.6;
constexpr double increase = 0.04;
constexpr int calm_doubles = 8;  // steps without trouble after which the increase has doubled
constexpr double steepest = 0.16;
constexpr double careful = 0.01;  // near the rate at which the link was full
/// A lower limit shows its effect only after signalling and the sender's encoder have followed.
constexpr Duration reaction = std::chrono::milliseconds(800);
constexpr Duration dangerous_queue = std::chrono::milliseconds(250);
constexpr double enough_packets = 10;
constexpr Duration received_window = std::chrono::milliseconds(150);
constexpr Duration feedback_patience = std::chrono::seconds(2);
constexpr Duration relaxed_queue = std::chrono::milliseconds(30);

}  // namespace

/// Measures over stretches in which packets wait; what arrives while none do says only what was sent.
void RateControl::measure_received(const DeliverySummary& summary) {
    if (summary.received == 0) return;
    if (window_start_ == Duration{} || (trend_.busy() && !window_busy_)) {
        window_busy_ = trend_.busy();
        window_bytes_ = 0;
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
    window_busy_ = trend_.busy();
}

bool RateControl::heard(const DeliverySummary& summary, Time now) {
    last_feedback_ = now;
    received_packets_ += summary.received;
    lost_packets_ += summary.lost;
    if (summary.delay) trend_.heard(*summary.delay, now);
    end_draining();
    measure_received(summary);
    if (!summary.delay || !trend_.overuse() || received_ == 0) return false;
    // What arrives is what the link carries. A long queue needs room to drain; a short one drains by itself.
    const bool drains = trend_.queue() > dangerous_queue;
    return lower(now, (drains ? drain : decrease) * received_, received_);
}

void RateControl::end_draining() {
    if (trend_.queue() > relaxed_queue) return;
    cap_ = std::min(sustained(), highest_);
    sustained_ = 0;
}

void RateControl::heard_loss(double fraction, std::uint32_t packets, Time now) {
    if (last_feedback_ != Time{} && now - last_feedback_ < feedback_patience) return;
    lost_packets_ += fraction * packets;
    received_packets_ += (1 - fraction) * packets;
}

bool RateControl::lower(Time now, double target, std::uint32_t received) {
    calm_ = 0;
    const Duration hold = trend_.queue() > dangerous_queue ? interval : reaction;
    if (last_lowered_ != Time{} && now - last_lowered_ < hold) return false;
    last_lowered_ = now;
    known_ = received;
    const auto sustained = static_cast<std::uint32_t>(decrease * received);
    sustained_ = trend_.queue() > dangerous_queue ? std::min(sustained, this->sustained()) : 0;
    const double lowest = lowest_;
    const std::uint32_t before =
        std::exchange(cap_, static_cast<std::uint32_t>(std::max(std::min(target, 1.0 * cap_), lowest)));
    return cap_ < before;
}

/// Whether more was lost than sending less could not cure: what has stayed through all the last steps, whatever was
/// sent, is the link's own (radio), and giving way to it would end at nothing. A handful of packets proves little, so
/// the excess has to be three times what chance alone brings (the standard deviation of so many losses).
bool RateControl::loses_too_much() {
    const double packets = received_packets_ + lost_packets_;
    if (packets < enough_packets) return false;
    const double lost = lost_packets_;
    loss_ = lost / packets;
    received_packets_ = lost_packets_ = 0;
    recent_losses_[steps_++ % recent_losses_.size()] = loss_;
    const double always = *std::min_element(recent_losses_.begin(), recent_losses_.end());
    const double bearable = packets * (too_much_loss + std::min(always, most_foreign_loss));
    return lost > bearable + 3 * std::sqrt(bearable);
}

double RateControl::growth() const {
    const bool near = cap_ > known_ * decrease && cap_ < known_ * (2 - decrease);
    const double rate = near ? careful : increase;
    return std::min(rate * (1 + static_cast<double>(calm_) / calm_doubles), steepest);
}

void RateControl::step(std::uint32_t sent, std::uint32_t held_back, Time now) {
    const bool only_sound = held_back > 0 && sent < lowest_;  // nothing is left to be sent less of
    if (loses_too_much() && !only_sound) {
        const auto received = received_ > 0 ? received_ : static_cast<std::uint32_t>(sent * (1 - loss_));
        lower(now, decrease * std::min(cap_, received), received);
        return;
    }
    if (trend_.queue() > relaxed_queue || now - last_lowered_ < interval) return;
    if (sent + held_back < cap_ / 5 * 4) return;
    const double factor = 1 + growth();
    ++calm_;
    cap_ = static_cast<std::uint32_t>(std::min(cap_ * factor, static_cast<double>(highest_)));
}

}  // namespace parley::rtp
