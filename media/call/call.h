#pragma once
#include <map>
#include <memory>
#include <optional>

#include "call/control_channel.h"
#include "call/port_slice.h"
#include "call/reaper.h"
#include "call/switchboard.h"
#include "media/protocol.h"
#include "peer/loop.h"
#include "peer/peer.h"
#include "peer/wire_reader.h"

namespace parley::call {

/// One live call: obeys parleyd's lines, keeps at most two connections a seat, and tells what happened.
///
/// Threads. Everything here runs on the loop's thread. Three kinds of other threads exist: the reader's (brings packets
/// into the Switchboard), the reaper's (tears connections down), and those inside webrtcbin (they post to the loop).
/// The locks are told in switchboard.h. Torn down in this order: the peer's events and packets are stopped
/// and its line is taken off the switchboard (loop), then its elements are stopped and its sockets closed (reaper), and
/// only then its port is free again (loop).
class Call {
public:
    /// `fd` is the socket to parleyd. `ended` is called once, when that side is gone.
    Call(_GMainContext* loop, int fd, std::function<void()> ended);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    /// Self-check and warm-up are done: says Ready and begins the heartbeat.
    void start();
    /// Closes every connection and waits two seconds at most for their farewells; false when one hangs. The destructor
    /// would wait for it.
    bool finish();

private:
    using Name = media::ConnectionName;
    struct Connection {
        Name name;
        std::uint16_t port{};
        bool secured{};
        std::unique_ptr<peer::Peer> peer;
        /// Ends the seat's earlier connections when no key frame ever comes (a camera that is off).
        peer::Timer succession;
    };

    void obey(const media::Configure&);
    void obey(const media::Connect&);
    void obey(const media::Answer&);
    void obey(const media::Candidate&);
    void obey(const media::Disconnect&);

    void connect(Name name);
    peer::PeerSettings peer_settings(std::uint16_t port, bool tcp) const;
    peer::PeerEvents peer_events(Name name);
    RoomEvents room_events();
    void secured(Name name, peer::Secured secured);
    void failed(Name name, media::FailReason reason);
    void became_visible(Name name);
    void close_if(const std::function<bool(const Connection&)>& which);
    void close_older(Name name);
    void bury(Connection& connection);
    Connection* find(Name name);

    void tick();
    void schedule_tick();
    void report_quality();
    void say(const media::FromCall& message) { control_.send(message); }
    void say_link(Name name, media::LinkState state, media::FailReason reason = media::FailReason::none);

    _GMainContext* loop_;
    media::Configure configuration_;
    PortSlice ports_;
    std::optional<Switchboard> board_;
    peer::WireReader reader_;
    Reaper reaper_;
    std::vector<Connection> connections_;
    ControlChannel control_;
    peer::Timer heartbeat_;
    peer::Timer quality_;
    peer::Timer tick_;
};

}  // namespace parley::call
