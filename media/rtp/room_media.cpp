#include "rtp/room_impl.h"

namespace parley::rtp {

void Room::Impl::receive_rtp(PeerName from, std::span<const std::uint8_t> packet, Time now, Output& output) {
    Connection* connection = find(from);
    if (!connection) return;
    heard(*connection, now, output);
    const auto accepted = connection->publisher.receive(packet, now, generations_);
    if (accepted && accepted->kind == Kind::audio) forward_audio(*connection, accepted->packet, now, output);
    if (accepted && accepted->kind == Kind::video) forward_video(*connection, accepted->packet, now, output);
    connection->publisher.ask(now, connection->round_trip, output);
}

/// Sound changes to the new connection at once.
void Room::Impl::forward_audio(Connection& from, const MediaPacket& packet, Time now, Output& output) {
    Connection*& source = seat(from.name.seat).audio;
    if (!source || from.order > source->order) source = &from;
    if (source != &from) return;
    for (const auto& viewer : connections_) {
        if (viewer->name.seat == from.name.seat) continue;
        const int slot = slot_of(viewer->name.seat, from.name.seat);
        viewer->viewer.show_audio(slot, *from.publisher.audio(), packet, now, output);
    }
}

/// The picture changes to the new connection with its first key frame; until then the old one goes on.
void Room::Impl::forward_video(Connection& from, const MediaPacket& packet, Time now, Output& output) {
    IncomingVideo& video = *from.publisher.video();
    Connection*& source = seat(from.name.seat).video;
    if (!source || (from.order > source->order && packet.vp8.key_frame)) source = &from;
    if (source != &from) {
        if (source->order < from.order) video.key_frames.want();
        return;
    }
    for (const auto& viewer : connections_) {
        if (viewer->name.seat == from.name.seat || viewer->lost) continue;
        const int slot = slot_of(viewer->name.seat, from.name.seat);
        if (!viewer->viewer.show_video(slot, video, packet, now, output)) video.key_frames.want();
    }
    if (!from.visible) show_key_frame(from, packet, output);
}

/// A connection is visible once its first key frame has gone out to its end.
void Room::Impl::show_key_frame(Connection& from, const MediaPacket& packet, Output& output) {
    if (packet.vp8.key_frame && !from.key_frame_timestamp) from.key_frame_timestamp = packet.timestamp;
    if (!from.key_frame_timestamp) return;
    if (packet.marker || packet.timestamp != *from.key_frame_timestamp) take_over(from, output);
}

void Room::Impl::take_over(Connection& connection, Output& output) {
    connection.visible = true;
    for (const auto& other : connections_) {
        if (other->name.seat == connection.name.seat && other->order < connection.order) other->superseded = true;
    }
    output.visible(connection.name);
}

}  // namespace parley::rtp
