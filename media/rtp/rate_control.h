#pragma once
#include <algorithm>
#include <array>
#include <cstdint>

#include "rtp/delay_trend.h"
#include "rtp/send_log.h"

namespace parley::rtp {

/// How much one viewer's link carries, in bit/s: multiplicative decrease on loss or a growing queue, multiplicative
/// increase while all is well (the figures that FACTS.md found to hold on a 2 Mbit/s link).
class RateControl {
public:
    static constexpr Duration interval = std::chrono::milliseconds(400);

    RateControl(std::uint32_t lowest, std::uint32_t highest, std::uint32_t first)
        : lowest_(lowest), highest_(highest), cap_(first) {}

    /// transport-cc feedback. True when the cap was lowered.
    bool heard(const DeliverySummary&, Time now);
    /// A receiver report's loss of so many packets; only used while no transport-cc comes.
    void heard_loss(double fraction, std::uint32_t packets, Time now);
    /// Call about every `interval`. `sent`: bit/s now; `held_back`: how much more would be sent at once if the cap
    /// allowed it. The cap does not grow far beyond both: what was never sent proves nothing about the link.
    void step(std::uint32_t sent, std::uint32_t held_back, Time now);

    [[nodiscard]] std::uint32_t cap() const { return cap_; }
    /// What the cap will be again once a queue has drained: what is shown at all depends on this.
    [[nodiscard]] std::uint32_t sustained() const { return std::max(cap_, sustained_); }
    /// The link was full once; before that the cap is only a first guess.
    [[nodiscard]] bool proven() const { return known_ > 0; }
    [[nodiscard]] double loss() const { return loss_; }

private:
    bool lower(Time now, double target, std::uint32_t received);
    [[nodiscard]] double growth() const;
    void measure_received(const DeliverySummary&);
    void end_draining();
    bool loses_too_much();

    std::uint32_t lowest_;
    std::uint32_t highest_;
    std::uint32_t cap_;
    DelayTrend trend_;
    double loss_{};
    double received_packets_{};
    double lost_packets_{};
    std::array<double, 5> recent_losses_{};
    std::size_t steps_{};
    std::uint32_t received_{};   ///< bit/s, 0 before it is known
    std::uint32_t sustained_{};  ///< 0 unless a queue is draining
    std::uint32_t known_{};      ///< what the link carried when it was last full; 0 before that
    std::uint64_t window_bytes_{};
    Duration window_start_{};
    bool window_busy_{};
    Time last_feedback_{};
    Time last_lowered_{};
    int calm_{};
};

}  // namespace parley::rtp
