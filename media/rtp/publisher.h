#pragma once
#include <array>
#include <optional>
#include <span>

#include "rtp/arrival_log.h"
#include "rtp/incoming.h"
#include "rtp/media_packet.h"
#include "rtp/room.h"
#include "rtp/rtp_header.h"
#include "rtp/token_bucket.h"

namespace parley::rtp {

/// The incoming half of one connection: its two streams, and what their browser is told about them.
class Publisher {
public:
    /// Sound is never held back on the way to a viewer, so that no browser may send more of it than this, bytes/s on a
    /// link: several times what Opus needs for speech. More is dropped.
    static constexpr std::uint64_t most_sound = 32'000;

    Publisher(PeerName name, const RoomLimits& limits) : name_(name), limits_(limits) {}

    struct Accepted {
        Kind kind{};
        MediaPacket packet;  ///< borrows from the received packet
    };
    /// Nothing for what is not to be forwarded: malformed, unknown payload type, duplicate. `generations` names a new
    /// stream; it is only ever counted up.
    std::optional<Accepted> receive(std::span<const std::uint8_t> packet, Time now, std::uint32_t& generations);
    void heard(const SenderInfo&, Time now);

    [[nodiscard]] IncomingStream* audio() { return audio_ ? &*audio_ : nullptr; }
    [[nodiscard]] IncomingVideo* video() { return video_ ? &*video_ : nullptr; }
    [[nodiscard]] const RemoteClock& clock() const { return clock_; }

    /// Sends the NACK and the PLI that are due.
    void ask(Time now, Duration round_trip, Output&);
    /// Sends transport-cc feedback when it is due.
    void feed_back(Time now, Output&);
    /// Report blocks about the streams that have sent since the last report; returns how many.
    std::size_t report(Time now, std::span<ReportBlock, 2> out);
    /// When ask() or feed_back() has work.
    [[nodiscard]] Time next_deadline(Time now) const;
    /// Between 0 and 1.
    [[nodiscard]] double loss() const;
    [[nodiscard]] std::uint32_t bitrate(Time now);

private:
    std::optional<Accepted> receive_audio(const RtpHeader&, std::span<const std::uint8_t> payload, Time now,
                                          std::uint32_t& generations);
    std::optional<Accepted> receive_video(const RtpHeader&, std::span<const std::uint8_t> payload, Time now,
                                          std::uint32_t& generations);
    bool write_nack(RtcpWriter&, Time now, Duration round_trip);
    bool write_picture_loss(RtcpWriter&, Time now, Duration round_trip);

    PeerName name_;
    const RoomLimits& limits_;
    std::optional<IncomingStream> audio_;
    std::optional<IncomingVideo> video_;
    RemoteClock clock_;
    TokenBucket sound_budget_{most_sound, most_sound};
    ArrivalLog arrivals_;
    Time next_feedback_{};
};

}  // namespace parley::rtp
