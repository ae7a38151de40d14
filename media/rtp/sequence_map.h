#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "rtp/sequence.h"

namespace parley::rtp {

/// Maps the sequence numbers of the sources that a slot shows in turn to the slot's own unbroken numbers, and back for
/// resends. Packets left out on purpose leave no hole.
class SequenceMap {
public:
    static constexpr Sequence size = 512;  ///< how far back a late packet or a resend may reach

    /// From here on: the source whose packet `first` is the slot's next one.
    void start(Sequence first);
    /// So far ahead that the hole must not be shown to the receiver: call start() instead.
    [[nodiscard]] bool too_far(Sequence in) const { return in > highest_ + size; }
    /// The slot's number for a packet of the source; nothing when it is from before start() or too old.
    std::optional<Sequence> map(Sequence in);
    /// Leaves a packet out. False when its number is already part of the slot's run: then it must be sent.
    bool skip(Sequence in);
    /// A number of the slot's own, for a packet that comes from no source.
    Sequence insert();
    /// Which packet of the present source was sent under this number.
    [[nodiscard]] std::optional<Sequence> source_of(std::uint16_t out) const;

private:
    static constexpr Sequence skipped = no_sequence;
    static std::size_t index(Sequence number) { return static_cast<std::size_t>(number & (size - 1)); }
    void reach(Sequence in);

    Sequence first_{};
    Sequence highest_{no_sequence};  ///< of the source
    Sequence offset_{};              ///< in - out, for the next packet
    Sequence next_out_{1};
    std::array<Sequence, size> offsets_{};  ///< by source number; `skipped` where a packet was left out
    std::array<Sequence, size> sources_{};  ///< by slot number
};

}  // namespace parley::rtp
