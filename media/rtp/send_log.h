#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "rtp/sequence.h"
#include "rtp/transport_cc.h"

namespace parley::rtp {

/// What one feedback says about the packets sent to a viewer.
struct DeliverySummary {
    std::uint32_t received{};
    std::uint32_t lost{};
    std::uint64_t received_bytes{};
    /// Lowest one-way delay among them; only differences mean something (the clocks' zeros differ).
    std::optional<Duration> delay;
    Duration last_arrival{};  ///< on the receiver's clock
};

/// The transport-wide numbers of the packets to one viewer, what was sent under them, and what became of it; the
/// sender's side of transport-cc.
class SendLog {
public:
    static constexpr Sequence size = 2048;

    /// The number for the next packet, `bytes` long.
    std::uint16_t sent(std::size_t bytes, Time now);
    /// Each packet counts once, as received or as lost.
    DeliverySummary read(const TransportCcFeedback&);

private:
    enum class Fate : std::uint8_t { unknown, lost, received };
    struct Sent {
        Sequence number{no_sequence};
        Time time;
        std::uint16_t bytes{};
        Fate fate{};
    };
    static std::size_t index(Sequence number) { return static_cast<std::size_t>(number & (size - 1)); }
    std::int64_t unwrap(std::int64_t arrival);

    std::array<Sent, size> sent_{};
    Sequence next_{1};
    std::int64_t last_reference_{};
    bool referenced_{};
};

}  // namespace parley::rtp
