#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

#include "rtp/layout.h"
#include "rtp/time.h"

/// The forwarding core of one call: "packet in, packet out, time in". Plain C++, no socket, no clock, no GStreamer, no
/// lock (its owner holds one around it). Packets are plain RTP and RTCP (SRTP is the transport's business).
namespace parley::rtp {

/// One connection of a seat; a seat has two for a moment when somebody comes back.
struct PeerName {
    int seat{};
    std::uint32_t connection{};
    friend bool operator==(const PeerName&, const PeerName&) = default;
};

/// Where the core's packets go. Called from inside the Room's functions, on their thread; must not call back.
class Output {
public:
    virtual ~Output() = default;
    /// `packet` is valid during the call and may be changed in place; at least 64 bytes after its end are writable
    /// (room for the SRTP tag), so that protecting needs no copy.
    virtual void send_rtp(PeerName to, std::span<std::uint8_t> packet) = 0;
    virtual void send_rtcp(PeerName to, std::span<std::uint8_t> packet) = 0;
    /// First key frame of a returning or new connection was forwarded: its predecessor may be closed. A returning one
    /// without a camera is told of three seconds after its first packet.
    virtual void visible(PeerName) = 0;
    /// The seat's camera should send at most this (slowest viewer's share), bit/s. Only when it changes by 5 % or more.
    virtual void sender_limit(int seat, std::uint32_t bits_per_second) = 0;
    /// Nothing authenticated has come from this connection for the liveness time / it has come again.
    virtual void lost(PeerName) = 0;
    virtual void returned(PeerName) = 0;
};

struct SeatReport {
    std::uint32_t received_bitrate{};
    std::uint32_t sent_bitrate{};
    double uplink_loss{};
    double downlink_loss{};
    double round_trip_ms{};
};

struct RoomLimits {
    std::chrono::milliseconds liveness{4000};
    std::chrono::milliseconds key_frame_interval{400};  ///< at most one PLI a source in this time
    std::uint32_t max_bitrate{1'500'000};
    std::uint32_t min_bitrate{60'000};
    /// No viewer pulls a sender below this: their link gets fewer videos instead.
    std::uint32_t slow_viewer_floor{150'000};
};

class Room {
public:
    explicit Room(RoomLimits = {});
    ~Room();
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    /// A connection whose DTLS fingerprint has been proved. Media of a connection that is not open is dropped. A seat
    /// has at most two: a third one ends the oldest, whose later close() does nothing.
    void open(PeerName, Time now, Output&);
    void close(PeerName, Time now, Output&);

    /// One authenticated packet from a browser. May rewrite `packet` in place. At least 64 bytes after its end are
    /// writable.
    void receive_rtp(PeerName from, std::span<std::uint8_t> packet, Time now, Output&);
    /// One authenticated compound RTCP packet from a browser.
    void receive_rtcp(PeerName from, std::span<const std::uint8_t> packet, Time now, Output&);

    /// Everything that time brings (feedback, reports, NACK repeats, paced resends, liveness, rate control).
    /// Call it at `next_deadline()`, or every 20 ms.
    void tick(Time now, Output&);
    [[nodiscard]] Time next_deadline() const;

    [[nodiscard]] SeatReport report(int seat) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace parley::rtp
