#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "rtp/time.h"

/// A link of a certain rate with a bounded queue before it and a delay behind it; drops what does not fit.
class Bottleneck {
public:
    Bottleneck(std::uint64_t bits_per_second, std::size_t queue_bytes, parley::rtp::Duration delay)
        : rate_(bits_per_second), queue_bytes_(queue_bytes), delay_(delay) {}

    void set_rate(std::uint64_t bits_per_second) { rate_ = bits_per_second; }
    /// Nothing passes for a while, as when a phone changes its cell.
    void stall(parley::rtp::Time now, parley::rtp::Duration span) { free_at_ = std::max(free_at_, now) + span; }
    /// Drops every n-th packet, as radio does; 0 drops none.
    void drop_every(int n) { drop_every_ = n; }

    void put(std::vector<std::uint8_t> packet, parley::rtp::Time now) {
        if (drop_every_ && ++count_ % drop_every_ == 0) return;
        const auto start = std::max(free_at_, now);
        const auto queued = static_cast<std::size_t>((start - now).count()) * rate_ / 8'000'000;
        if (queued + packet.size() > queue_bytes_) {
            ++dropped;
            return;
        }
        longest_queue = std::max(longest_queue, start - now);
        free_at_ = start + parley::rtp::Duration{static_cast<std::int64_t>((packet.size() + 38) * 8'000'000 / rate_)};
        on_the_way_.push_back({free_at_ + delay_, std::move(packet)});
    }
    std::optional<std::vector<std::uint8_t>> take(parley::rtp::Time now) {
        if (on_the_way_.empty() || on_the_way_.front().arrives > now) return std::nullopt;
        auto packet = std::move(on_the_way_.front().packet);
        on_the_way_.pop_front();
        return packet;
    }

    parley::rtp::Duration longest_queue{};
    int dropped{};

private:
    struct InFlight {
        parley::rtp::Time arrives;
        std::vector<std::uint8_t> packet;
    };
    std::uint64_t rate_;
    std::size_t queue_bytes_;
    parley::rtp::Duration delay_;
    parley::rtp::Time free_at_{};
    std::deque<InFlight> on_the_way_;
    int drop_every_{};
    int count_{};
};
