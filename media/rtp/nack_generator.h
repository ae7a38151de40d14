#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "rtp/sequence.h"
#include "rtp/time.h"

namespace parley::rtp {

/// Which packets of an incoming video stream are missing, and when to ask for them (RFC 4585 generic NACK): not before
/// a little reordering had its chance, again after a round trip, and only so often. What cannot be had makes the
/// picture unrecoverable until the next key frame.
class NackGenerator {
public:
    static constexpr std::size_t capacity = 256;
    static constexpr int tries = 8;
    static constexpr Duration reorder_wait = std::chrono::milliseconds(10);
    static constexpr Sequence reorder_packets = 3;
    static constexpr Duration patience = std::chrono::milliseconds(1200);

    NackGenerator() { missing_.reserve(capacity); }
    /// Every accepted packet once.
    void received(Sequence, Time now);
    /// A key frame starts here: what is older is not needed any more.
    void key_frame(Sequence start);
    /// Fills `out` with the numbers to ask for now, oldest first; returns how many.
    std::size_t collect(Time now, Duration round_trip, std::span<std::uint16_t> out);
    /// When collect() has work; `never` without a hole.
    [[nodiscard]] Time next_due() const { return next_due_; }
    /// True once after something was given up.
    bool take_unrecoverable();

private:
    struct Missing {
        Sequence number;
        Time noticed;
        Time due;
        int asked;
    };
    void note_gap(Sequence to, Time now);
    void hurry(Time now);
    void found(Sequence);
    bool hopeless(const Missing&, Time now) const;

    std::vector<Missing> missing_;  ///< in the order of their numbers
    Sequence highest_{no_sequence};
    Time next_due_{never};
    bool unrecoverable_{};
};

}  // namespace parley::rtp
