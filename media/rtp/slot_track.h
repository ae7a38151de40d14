#pragma once
#include <cstdint>
#include <optional>

#include "rtp/media_packet.h"
#include "rtp/rtp_header.h"
#include "rtp/sequence_map.h"
#include "rtp/time.h"

namespace parley::rtp {

/// One RTP identity towards one viewer: a fixed SSRC whose sequence numbers and timestamps run on unbroken while the
/// source behind it changes. A source is named by its generation (never 0, never used twice).
class SlotTrack {
public:
    SlotTrack(std::uint32_t ssrc, std::uint8_t payload_type, std::uint32_t clock_rate)
        : ssrc_(ssrc), payload_type_(payload_type), clock_rate_(clock_rate) {}

    [[nodiscard]] bool shows(std::uint32_t generation) const { return running_ && generation_ == generation; }
    /// From this packet on. The timestamps of another source go on by wall time; those of the same one stay related.
    void follow(std::uint32_t generation, const MediaPacket& first, Time now);
    /// Until follow() nothing is shown; what was sent can still be asked again for.
    void stop() { running_ = false; }

    /// The outgoing header of a packet of the present source; nothing when it must not be sent (too old, left out).
    std::optional<RtpHeader> place(const MediaPacket&, Time now);
    [[nodiscard]] bool too_far(Sequence in) const { return numbers_.too_far(in); }
    /// Leaves a packet out; false when it has to be sent because its number is already part of the run.
    bool skip(Sequence in) { return numbers_.skip(in); }

    /// The header of a packet of no source, to be sent with padding alone.
    RtpHeader insert();

    [[nodiscard]] std::optional<Sequence> source_of(std::uint16_t number) const { return numbers_.source_of(number); }
    [[nodiscard]] std::uint32_t generation() const { return generation_; }
    [[nodiscard]] RtpHeader resend_header(std::uint16_t number, const MediaPacket&) const;

    void count(std::size_t payload_bytes);
    [[nodiscard]] std::uint32_t ssrc() const { return ssrc_; }
    [[nodiscard]] std::uint32_t clock_rate() const { return clock_rate_; }
    [[nodiscard]] std::uint32_t packets() const { return packets_; }
    [[nodiscard]] std::uint32_t octets() const { return octets_; }
    /// The slot's timestamp for one of the present source.
    [[nodiscard]] std::uint32_t map_timestamp(std::uint32_t source) const { return source + timestamp_offset_; }

private:
    [[nodiscard]] std::uint32_t next_timestamp(Time now) const;

    std::uint32_t ssrc_;
    std::uint8_t payload_type_;
    std::uint32_t clock_rate_;
    std::uint32_t generation_{};
    bool running_{};
    bool mark_{};  ///< a new source begins: the marker tells an audio receiver to start anew
    SequenceMap numbers_;
    std::uint32_t timestamp_offset_{};
    std::uint32_t last_timestamp_{};
    std::optional<Time> last_sent_;
    std::uint32_t packets_{};
    std::uint32_t octets_{};
};

}  // namespace parley::rtp
