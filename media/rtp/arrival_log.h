#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "rtp/sequence.h"
#include "rtp/transport_cc.h"

namespace parley::rtp {

/// When the packets of one browser arrived, by their transport-wide numbers; the receiver's side of transport-cc.
class ArrivalLog {
public:
    static constexpr Sequence size = 1024;

    void record(std::uint16_t transport_sequence, Time now);
    /// Something arrived since the last feedback.
    [[nodiscard]] bool news() const { return news_; }
    /// Writes the next feedback packet into `out`; 0 when there is nothing (more) to say.
    std::size_t write(std::span<std::uint8_t> out, std::uint32_t sender, std::uint32_t media);

private:
    static std::size_t index(Sequence number) { return static_cast<std::size_t>(number & (size - 1)); }
    void forget(Sequence from, Sequence to);

    std::array<std::int64_t, size> arrivals_{};  ///< in ticks
    Sequence highest_{no_sequence};
    Sequence next_{};  ///< first one not reported
    std::uint8_t count_{};
    bool news_{};
};

}  // namespace parley::rtp
