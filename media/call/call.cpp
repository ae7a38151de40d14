#include "call/call.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "call/port_probe.h"
#include "peer/addresses.h"

namespace parley::call {
namespace {

using namespace std::chrono_literals;
using media::FailReason;
using media::LinkState;
using peer::Timer;

constexpr auto heartbeat_interval = 1s;
constexpr auto quality_interval = 2s;
constexpr auto longest_tick = 20ms;
constexpr auto shortest_tick = 2ms;
/// How long a proved connection may be without a key frame before it takes its seat over all the same.
constexpr auto succession_time = 5s;
constexpr auto farewell_time = 2s;

rtp::PeerName peer_name(media::ConnectionName name) {
    return {name.seat, name.connection};
}
media::ConnectionName connection_name(rtp::PeerName name) {
    return {name.seat, name.connection};
}

FailReason reason_of(peer::Failure failure) {
    switch (failure) {
        case peer::Failure::fingerprint_mismatch: return FailReason::fingerprint_mismatch;
        case peer::Failure::sdp_invalid: return FailReason::sdp_invalid;
        case peer::Failure::no_route: return FailReason::no_route;
        case peer::Failure::internal: return FailReason::internal;
    }
    return FailReason::internal;
}

}  // namespace

Call::Call(_GMainContext* loop, int fd, std::function<void()> ended)
    : loop_{loop},
      control_{loop,
               fd,
               {.message = [this](const media::ToCall& line) { std::visit([this](const auto& m) { obey(m); }, line); },
                .ended = std::move(ended)}} {}

Call::~Call() {
    finish();
}

bool Call::finish() {
    close_if([](const Connection&) { return true; });
    return reaper_.wait_idle(farewell_time);
}

void Call::start() {
    say(media::Ready{getpid()});
    heartbeat_ = Timer{loop_, Timer::Kind::repeating, heartbeat_interval, [this] { say(media::Heartbeat{}); }};
}

// ---- parleyd's lines ---------------------------------------------------------------------------------------------

void Call::obey(const media::Configure& configuration) {
    if (board_) return;
    configuration_ = configuration;
    ports_ = PortSlice{configuration.first_port, configuration.last_port};
    if (configuration_.listen_addresses.empty()) configuration_.listen_addresses = peer::addresses_of_this_machine();
    rtp::RoomLimits limits;
    limits.max_bitrate = configuration.max_bitrate;
    board_.emplace(limits, room_events());
    quality_ = Timer{loop_, Timer::Kind::repeating, quality_interval, [this] { report_quality(); }};
}

void Call::obey(const media::Connect& message) {
    if (find(message.name) != nullptr) return;
    // Whoever comes again before the last attempt was through starts over; what already carries media goes on.
    close_if([&](const Connection& c) { return c.name.seat == message.name.seat && !c.secured; });
    const auto newest_of_seat = [&] {
        const Connection* newest = nullptr;
        for (const auto& c : connections_) {
            if (c.name.seat == message.name.seat &&
                (newest == nullptr || c.name.connection > newest->name.connection)) {
                newest = &c;
            }
        }
        return newest;
    }();
    if (newest_of_seat != nullptr) close_older(Name{newest_of_seat->name});
    connect(message.name);
}

void Call::obey(const media::Answer& message) {
    if (auto* connection = find(message.name)) connection->peer->answer(message.sdp);
}

void Call::obey(const media::Candidate& message) {
    if (auto* connection = find(message.name)) connection->peer->add_candidate(message.candidate);
}

void Call::obey(const media::Disconnect& message) {
    close_if([&](const Connection& c) { return c.name.seat == message.seat; });
}

// ---- connections -------------------------------------------------------------------------------------------------

void Call::connect(Name name) {
    // libnice gives no candidate at all when it can bind one of its sockets but not the other. TCP remembers a port for
    // a minute after a process that died had connections on it: then UDP alone is better than nothing.
    bool tcp = configuration_.ice_tcp;
    auto port = board_ ? ports_.take([&](std::uint16_t n) { return can_bind_udp(n) && (!tcp || can_bind_tcp(n)); })
                       : std::nullopt;
    if (!port && board_ && std::exchange(tcp, false)) port = ports_.take(can_bind_udp);
    if (!port) return say_link(name, LinkState::failed, FailReason::internal);
    try {
        auto peer = std::make_unique<peer::Peer>(loop_, reader_, peer_settings(*port, tcp), peer_events(name));
        connections_.push_back(
            {.name = name, .port = *port, .secured = false, .peer = std::move(peer), .succession = {}});
    } catch (const std::exception&) {
        ports_.give_back(*port);
        return say_link(name, LinkState::failed, FailReason::internal);
    }
    if (connections_.size() == 1) schedule_tick();
}

peer::PeerSettings Call::peer_settings(std::uint16_t port, bool tcp) const {
    return {.port = port,
            .addresses = configuration_.listen_addresses,
            .public_addresses = configuration_.public_addresses,
            .udp = configuration_.udp,
            .ice_tcp = tcp};
}

peer::PeerEvents Call::peer_events(Name name) {
    return {.offered =
                [this, name](std::string sdp) {
                    say(media::Offer{name, std::move(sdp)});
                },
            .secured = [this, name](peer::Secured what) { secured(name, std::move(what)); },
            .failed = [this, name](peer::Failure failure) { failed(name, reason_of(failure)); }};
}

RoomEvents Call::room_events() {
    const auto on_loop = [this](auto step) {
        return [this, step](rtp::PeerName name) {
            peer::post(loop_, [this, step, name] {
                if (find(connection_name(name)) != nullptr) step(connection_name(name));
            });
        };
    };
    return {.visible = on_loop([this](Name name) { became_visible(name); }),
            .lost = on_loop([this](Name name) { say_link(name, LinkState::lost); }),
            .returned = on_loop([this](Name name) { say_link(name, LinkState::connected); }),
            .sender_limit = [this](int seat, std::uint32_t bits) {
                peer::post(loop_, [this, seat, bits] { say(media::SenderLimit{seat, bits}); });
            }};
}

void Call::secured(Name name, peer::Secured what) {
    auto* connection = find(name);
    if (connection == nullptr) return;
    try {
        connection->peer->open(board_->plug_in(peer_name(name), transport::SrtpInbound{what.keys.inbound},
                                               transport::SrtpOutbound{what.keys.outbound}, std::move(what.out)));
    } catch (const std::exception&) {
        return failed(name, FailReason::internal);
    }
    connection->secured = true;
    connection->succession = Timer{loop_, Timer::Kind::once, succession_time, [this, name] { close_older(name); }};
    say_link(name, LinkState::connected);
}

void Call::failed(Name name, FailReason reason) {
    close_if([&](const Connection& c) { return c.name == name; });
    say_link(name, LinkState::failed, reason);
}

void Call::became_visible(Name name) {
    close_older(name);
    say(media::Visible{name});
}

void Call::close_older(Name name) {
    close_if([&](const Connection& c) { return c.name.seat == name.seat && c.name.connection < name.connection; });
}

void Call::close_if(const std::function<bool(const Connection&)>& which) {
    const auto gone =
        std::partition(connections_.begin(), connections_.end(), [&](const Connection& c) { return !which(c); });
    std::for_each(gone, connections_.end(), [this](Connection& connection) { bury(connection); });
    connections_.erase(gone, connections_.end());
    if (connections_.empty()) tick_ = {};
}

void Call::bury(Connection& connection) {
    connection.peer->stop();
    if (board_) board_->unplug(peer_name(connection.name));
    reaper_.bury([this, port = connection.port, peer = std::shared_ptr{std::move(connection.peer)}] {
        peer->tear_down();
        peer::post(loop_, [this, port] { ports_.give_back(port); });
    });
}

Call::Connection* Call::find(Name name) {
    const auto found = std::ranges::find(connections_, name, &Connection::name);
    return found == connections_.end() ? nullptr : &*found;
}

// ---- time --------------------------------------------------------------------------------------------------------

void Call::tick() {
    board_->tick();
    schedule_tick();
}

void Call::schedule_tick() {
    const auto delay = std::clamp<std::chrono::milliseconds>(board_->until_tick(), shortest_tick, longest_tick);
    tick_ = Timer{loop_, Timer::Kind::once, delay, [this] { tick(); }};
}

void Call::report_quality() {
    for (int seat = 0; seat < media::seats_per_call; ++seat) {
        const bool open =
            std::ranges::any_of(connections_, [&](const Connection& c) { return c.name.seat == seat && c.secured; });
        if (!open) continue;
        const auto r = board_->report(seat);
        say(media::Quality{.seat = seat,
                           .received_bitrate = r.received_bitrate,
                           .sent_bitrate = r.sent_bitrate,
                           .uplink_loss = r.uplink_loss,
                           .downlink_loss = r.downlink_loss,
                           .round_trip_ms = r.round_trip_ms});
    }
}

void Call::say_link(Name name, LinkState state, FailReason reason) {
    say(media::Link{name, state, reason});
}

}  // namespace parley::call
