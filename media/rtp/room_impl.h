#pragma once
#include <array>
#include <memory>
#include <vector>

#include "rtp/connection.h"
#include "rtp/room.h"

namespace parley::rtp {

/// Who is connected, whose packets each seat's viewers get, and what time brings.
class Room::Impl {
public:
    explicit Impl(RoomLimits);

    void open(PeerName, Time, Output&);
    void close(PeerName, Time, Output&);
    void receive_rtp(PeerName, std::span<const std::uint8_t>, Time, Output&);
    void receive_rtcp(PeerName, std::span<const std::uint8_t>, Time, Output&);
    void tick(Time, Output&);
    [[nodiscard]] Time next_deadline() const;
    [[nodiscard]] SeatReport report(int seat) const;

private:
    struct Seat {
        Connection* audio{};  ///< whose sound is forwarded
        Connection* video{};
        std::uint32_t told_limit{};
    };
    Seat& seat(int index) { return seats_[static_cast<std::size_t>(index)]; }
    Connection* find(PeerName);
    Connection* newest(int seat, const Connection* except = nullptr) const;
    void close(Connection&, Time, Output&);
    void heard(Connection&, Time, Output&);

    // Media (room_media.cpp).
    void forward_audio(Connection&, const MediaPacket&, Time, Output&);
    void forward_video(Connection&, const MediaPacket&, Time, Output&);
    void show_key_frame(Connection&, const MediaPacket&, Output&);
    void take_over(Connection&, Output&);

    // RTCP in (room_feedback.cpp).
    void handle(Connection&, const RtcpPacket&, Time, Output&);
    void handle_reports(Connection&, const RtcpPacket&, Time);
    void handle_transport_feedback(Connection&, const RtcpPacket&, Time, Output&);
    void handle_payload_feedback(Connection&, const RtcpPacket&, Time);
    void want_key_frame(Connection&, std::uint32_t slot_ssrc, Time);
    void resend(Connection&, const RtcpPacket&, Time, Output&);
    IncomingVideo* shown_video(const Connection&, int slot);

    // Time (room_time.cpp).
    void check_liveness(Connection&, Time, Output&);
    void check_takeover(Connection&, Time, Output&);
    void send_report(Connection&, Time, Output&);
    void control_rates(Time, Output&);
    void divide(Connection&, Time);
    void tell_limits(Time, Output&);
    [[nodiscard]] std::uint32_t limit_of(int seat) const;

    RoomLimits limits_;
    std::array<Seat, seats> seats_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::uint32_t generations_{};
    std::uint64_t opened_{};
    Time now_{};
    Time next_rate_control_{};
};

}  // namespace parley::rtp
