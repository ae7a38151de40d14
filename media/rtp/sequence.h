#pragma once
#include <bitset>
#include <cstdint>
#include <limits>
#include <optional>

namespace parley::rtp {

/// A 16-bit sequence number freed from its wrap-around.
using Sequence = std::int64_t;
inline constexpr Sequence no_sequence = std::numeric_limits<Sequence>::min();

/// The number with these low 16 bits that is nearest to `near`.
constexpr Sequence extend(Sequence near, std::uint16_t low) {
    return near + static_cast<std::int16_t>(static_cast<std::uint16_t>(low - static_cast<std::uint16_t>(near)));
}

/// Extends the sequence numbers of one incoming stream, and accepts each only once (a resend that crossed the original,
/// a packet doubled by the network).
class ReceiveWindow {
public:
    static constexpr Sequence size = 512;

    /// Nothing for a duplicate and for what is older than the window. A source that goes on far behind its own past has
    /// started anew: after a run of such packets its numbers are taken as a jump ahead.
    std::optional<Sequence> accept(std::uint16_t low) {
        if (highest_ == no_sequence) return begin(low);
        Sequence number = extend(highest_, low);
        if (number <= highest_ - size && ++stale_run_ < restart_after) return std::nullopt;
        if (number <= highest_ - size) number += 0x10000;
        stale_run_ = 0;
        if (number > highest_) return advance(number);
        if (seen_[index(number)]) return std::nullopt;
        seen_.set(index(number));
        return number;
    }
    [[nodiscard]] Sequence highest() const { return highest_; }

private:
    static constexpr int restart_after = 64;
    static std::size_t index(Sequence number) { return static_cast<std::size_t>(number & (size - 1)); }

    Sequence begin(std::uint16_t low) {
        highest_ = low;
        seen_.set(index(highest_));
        return highest_;
    }
    Sequence advance(Sequence number) {
        if (number - highest_ >= size)
            seen_.reset();
        else
            for (Sequence at = highest_ + 1; at < number; ++at) seen_.reset(index(at));
        seen_.set(index(number));
        return highest_ = number;
    }

    Sequence highest_{no_sequence};
    std::bitset<size> seen_;
    int stale_run_{};
};

}  // namespace parley::rtp
