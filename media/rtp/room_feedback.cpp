#include <algorithm>

#include "rtp/ntp.h"
#include "rtp/room_impl.h"

namespace parley::rtp {
namespace {

constexpr Duration longest_round_trip = std::chrono::seconds(2);

/// -1 for an SSRC that is no video slot's.
int video_slot(std::uint32_t ssrc) {
    for (int slot = 0; slot < slots_per_viewer; ++slot) {
        if (ssrc == Layout::slot_video_ssrc(slot)) return slot;
    }
    return -1;
}

void measure_round_trip(Connection& connection, const ReportBlock& block, Time now) {
    if (block.last_sender_report == 0) return;
    const std::uint32_t units = compact(to_ntp(now)) - block.last_sender_report - block.delay;
    const Duration measured = from_compact_delay(units);
    if (measured > longest_round_trip) return;  // nonsense, or a clock that ran backwards a little
    const bool first = connection.measured_round_trip_ms == 0;
    connection.round_trip = first ? measured : (connection.round_trip * 7 + measured) / 8;
    connection.measured_round_trip_ms = static_cast<double>(connection.round_trip.count()) / 1000;
}

}  // namespace

void Room::Impl::receive_rtcp(PeerName from, std::span<const std::uint8_t> compound, Time now, Output& output) {
    Connection* connection = find(from);
    if (!connection) return;
    heard(*connection, now, output);
    RtcpReader reader{compound};
    while (const auto packet = reader.next()) handle(*connection, *packet, now, output);
}

void Room::Impl::handle(Connection& from, const RtcpPacket& packet, Time now, Output& output) {
    if (const auto info = read_sender_info(packet)) from.publisher.heard(*info, now);
    switch (packet.type) {
        case rtcp::sender_report:
        case rtcp::receiver_report: return handle_reports(from, packet, now);
        case rtcp::transport_feedback: return handle_transport_feedback(from, packet, now, output);
        case rtcp::payload_feedback: return handle_payload_feedback(from, packet, now);
        default: return;  // SDES, BYE, APP, XR: nothing follows from them
    }
}

void Room::Impl::handle_reports(Connection& from, const RtcpPacket& packet, Time now) {
    for (int i = 0; const auto block = read_report_block(packet, i); ++i) {
        measure_round_trip(from, *block, now);
        if (video_slot(block->ssrc) >= 0) from.viewer.heard_report(*block, now);
    }
}

void Room::Impl::handle_transport_feedback(Connection& from, const RtcpPacket& packet, Time now, Output& output) {
    if (packet.count == rtcp::nack_format) return resend(from, packet, now, output);
    if (packet.count != rtcp::transport_cc_format) return;
    if (!from.viewer.heard_feedback(packet, now)) return;
    divide(from, now);
    tell_limits(now, output);
}

void Room::Impl::handle_payload_feedback(Connection& from, const RtcpPacket& packet, Time now) {
    if (packet.count == rtcp::pli_format) want_key_frame(from, feedback_media(packet), now);
    if (packet.count != rtcp::fir_format) return;
    for (std::size_t i = 0; const auto ssrc = read_fir(packet, i); ++i) want_key_frame(from, *ssrc, now);
}

void Room::Impl::want_key_frame(Connection& from, std::uint32_t slot_ssrc, Time now) {
    const int slot = video_slot(slot_ssrc);
    IncomingVideo* video = slot < 0 ? nullptr : shown_video(from, slot);
    if (video && !video->key_frames.wanted() && from.key_frame_wishes.take(1, now)) video->key_frames.want();
}

IncomingVideo* Room::Impl::shown_video(const Connection& viewer, int slot) {
    Connection* source = seat(seat_of(viewer.name.seat, slot)).video;
    return source ? source->publisher.video() : nullptr;
}

void Room::Impl::resend(Connection& from, const RtcpPacket& packet, Time now, Output& output) {
    const int slot = video_slot(feedback_media(packet));
    if (slot < 0) return;
    const IncomingVideo* video = shown_video(from, slot);
    if (!video) return;
    read_nack(packet,
              [&](std::uint16_t number) { from.viewer.resend(slot, number, *video, from.round_trip, now, output); });
}

}  // namespace parley::rtp
