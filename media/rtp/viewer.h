#pragma once
#include <array>
#include <optional>
#include <span>

#include "rtp/feedback_watch.h"
#include "rtp/incoming.h"
#include "rtp/rate_control.h"
#include "rtp/resend_budget.h"
#include "rtp/room.h"
#include "rtp/send_log.h"
#include "rtp/slot_track.h"
#include "rtp/video_gate.h"
#include "rtp/video_shares.h"

namespace parley::rtp {

/// The outgoing half of one connection: its three slots, and how much its link carries.
class Viewer {
public:
    static constexpr Duration probe_interval = std::chrono::seconds(1);

    Viewer(PeerName, const RoomLimits&);

    void show_audio(int slot, const IncomingStream&, const MediaPacket&, Time now, Output&);
    /// False when nothing can be shown before a key frame of the source.
    bool show_video(int slot, const IncomingVideo&, const MediaPacket&, Time now, Output&);
    /// The viewer asks for a lost packet of a video slot; `source` is what the slot shows.
    void resend(int slot, std::uint16_t number, const IncomingVideo& source, Duration round_trip, Time now, Output&);
    /// Sends a packet of padding when there was nothing to send for `probe_interval`: a browser that has nothing to say
    /// by itself (no camera, no microphone, nobody there yet) answers it with feedback, and so shows that it lives.
    void probe(Time now, Output&);
    /// Shows no video until the next key frames (the viewer is away).
    void interrupt();

    /// Transport-cc feedback. True when less is to be sent from now on.
    bool heard_feedback(const RtcpPacket&, Time now);
    void heard_report(const ReportBlock&, Time now);
    /// Adapts the cap; call every RateControl::interval.
    void step(Time now);
    /// Divides the cap; `audio` is what the sound takes (bit/s). Bit i of the result: video slot i is shown again and
    /// needs a key frame.
    unsigned divide(std::uint32_t audio, std::span<VideoShare, slots_per_viewer>, Time now);
    /// This viewer's wish for the video in `slot`; nothing while it is not shown.
    [[nodiscard]] std::optional<std::uint32_t> limit(int slot) const;

    /// A sender report of the slot's track of this source, when it shows it and can tell its time.
    void report(RtcpWriter&, int slot, Kind, const IncomingStream&, const RemoteClock&, Time now) const;

    [[nodiscard]] double loss() const { return rate_.loss(); }
    [[nodiscard]] std::uint32_t cap() const { return rate_.cap(); }
    [[nodiscard]] std::uint32_t bitrate(Time now) { return sent_.bits_per_second(now); }

private:
    static constexpr std::size_t tail = 64;  ///< for what SRTP adds
    static constexpr std::size_t scratch_size = outgoing_header_size + PacketHistory::largest_payload + tail;

    struct Slot {
        explicit Slot(int index);
        SlotTrack audio;
        SlotTrack video;
        Vp8Continuity ids;
        bool carried{true};  ///< the link has room for it; the gate may be shut all the same
        VideoGate gate;
        std::optional<std::uint32_t> limit;
    };
    Slot& at(int slot) { return slots_[static_cast<std::size_t>(slot)]; }
    std::uint16_t log(std::size_t bytes, Time now);
    void send(const RtpHeader&, std::span<const std::uint8_t> payload, Slot* video, const Vp8Payload*, Time now,
              Output&);
    void send_video(Slot&, const MediaPacket&, Time now, Output&);
    void leave_out(Slot&, const MediaPacket&, Time now, Output&);
    void send_padding(const RtpHeader&, Time now, Output&);
    void catch_up(Slot&, const IncomingVideo&, Sequence after, Time now, Output&);
    void apply_cap();

    PeerName name_;
    const RoomLimits& limits_;
    std::array<Slot, slots_per_viewer> slots_;
    SendLog log_;
    RateControl rate_;
    TokenBucket video_budget_;
    ResendBudget resends_;
    FeedbackWatch answers_;
    RateMeter sent_;
    Time last_sent_{};
    TransportCcFeedback feedback_;
    std::array<std::uint8_t, scratch_size> scratch_;
};

}  // namespace parley::rtp
