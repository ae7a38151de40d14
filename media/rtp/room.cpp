#include "rtp/room.h"

#include <algorithm>

#include "rtp/room_impl.h"

namespace parley::rtp {
namespace {

constexpr std::size_t connections_per_seat = 2;

}  // namespace

Room::Room(RoomLimits limits) : impl_(std::make_unique<Impl>(limits)) {}
Room::~Room() = default;
void Room::open(PeerName name, Time now, Output& output) {
    impl_->open(name, now, output);
}
void Room::close(PeerName name, Time now, Output& output) {
    impl_->close(name, now, output);
}
void Room::receive_rtp(PeerName from, std::span<std::uint8_t> packet, Time now, Output& output) {
    impl_->receive_rtp(from, packet, now, output);
}
void Room::receive_rtcp(PeerName from, std::span<const std::uint8_t> packet, Time now, Output& output) {
    impl_->receive_rtcp(from, packet, now, output);
}
void Room::tick(Time now, Output& output) {
    impl_->tick(now, output);
}
Time Room::next_deadline() const {
    return impl_->next_deadline();
}
SeatReport Room::report(int seat) const {
    return impl_->report(seat);
}

Room::Impl::Impl(RoomLimits limits) : limits_(limits) {
    for (Seat& seat : seats_) seat.told_limit = limits.max_bitrate;
    connections_.reserve(seats * connections_per_seat);
}

Connection* Room::Impl::find(PeerName name) {
    for (const auto& connection : connections_) {
        if (connection->name == name) return connection.get();
    }
    return nullptr;
}

Connection* Room::Impl::newest(int seat, const Connection* except) const {
    Connection* found = nullptr;
    for (const auto& connection : connections_) {
        if (connection->name.seat != seat || connection.get() == except) continue;
        if (!found || connection->order > found->order) found = connection.get();
    }
    return found;
}

void Room::Impl::open(PeerName name, Time now, Output& output) {
    if (name.seat < 0 || name.seat >= seats || find(name)) return;
    now_ = std::max(now_, now);
    const auto same_seat = [&](const auto& connection) { return connection->name.seat == name.seat; };
    if (std::count_if(connections_.begin(), connections_.end(), same_seat) >=
        static_cast<std::ptrdiff_t>(connections_per_seat)) {
        close(**std::find_if(connections_.begin(), connections_.end(), same_seat), now, output);  // the oldest
    }
    connections_.push_back(std::make_unique<Connection>(name, limits_, ++opened_, now));
    Connection& opened = *connections_.back();
    Seat& own = seat(name.seat);
    if (!own.audio) own.audio = &opened;
    if (!own.video) own.video = &opened;
    own.told_limit = limits_.max_bitrate;  // the new page has not heard of a limit
    for (int slot = 0; slot < slots_per_viewer; ++slot) {
        if (IncomingVideo* video = shown_video(opened, slot)) video->key_frames.want();
    }
    for (const auto& connection : connections_) connection->publisher.ask(now, connection->round_trip, output);
}

void Room::Impl::close(PeerName name, Time now, Output& output) {
    if (Connection* connection = find(name)) close(*connection, now, output);
}

void Room::Impl::close(Connection& closed, Time, Output&) {
    Seat& own = seat(closed.name.seat);
    Connection* remaining = newest(closed.name.seat, &closed);
    if (own.audio == &closed) own.audio = remaining;
    if (own.video == &closed) own.video = remaining;
    if (remaining) remaining->superseded = false;
    std::erase_if(connections_, [&](const auto& connection) { return connection.get() == &closed; });
}

void Room::Impl::heard(Connection& connection, Time now, Output& output) {
    now_ = std::max(now_, now);
    connection.last_heard = now;
    if (!connection.first_heard) connection.first_heard = now;
    if (!connection.lost) return;
    connection.lost = false;
    output.returned(connection.name);
}

SeatReport Room::Impl::report(int seat) const {
    SeatReport report;
    if (seat < 0 || seat >= seats) return report;
    Connection* connection = newest(seat);
    if (!connection) return report;
    report.received_bitrate = connection->publisher.bitrate(now_);
    report.sent_bitrate = connection->viewer.bitrate(now_);
    report.uplink_loss = connection->publisher.loss();
    report.downlink_loss = connection->viewer.loss();
    report.round_trip_ms = connection->measured_round_trip_ms;
    return report;
}

}  // namespace parley::rtp
