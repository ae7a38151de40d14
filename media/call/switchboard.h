#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "rtp/room.h"
#include "transport/srtp.h"
#include "transport/transport.h"

namespace parley::call {

/// What the room tells the loop. Called with the switchboard's lock held, on any thread: only post.
struct RoomEvents {
    std::function<void(rtp::PeerName)> visible;
    std::function<void(rtp::PeerName)> lost;
    std::function<void(rtp::PeerName)> returned;
    std::function<void(int seat, std::uint32_t bits_per_second)> sender_limit;
};

/// Puts the RTP core between the wires: opens what came, lets the room decide, seals and sends what goes out.
///
/// Threads and locks. The room and the outbound contexts are under one mutex. It is taken by the call's WireReader
/// (inbound contexts are its own, and are used before the lock) and by the loop's thread.
/// While it is held we send through libnice, which takes the lock of the receiver's NiceAgent; libnice emits every
/// signal and callback without that lock, and nothing here is called from one, so the order is always ours, then the
/// agent's. No webrtcbin signal is emitted and no element's state is changed with the mutex held.
class Switchboard : rtp::Output {
public:
    Switchboard(const rtp::RoomLimits& limits, RoomEvents events) : room_{limits}, events_{std::move(events)} {}
    ~Switchboard() override = default;

    /// Where a proved connection's packets go in; they come out at `wire`. The switchboard must outlive what it
    /// returns.
    std::shared_ptr<transport::WireIn> plug_in(rtp::PeerName, transport::SrtpInbound, transport::SrtpOutbound,
                                               std::shared_ptr<transport::WireOut> wire);
    /// Packets of it that still arrive are dropped by the room. Unknown names are ignored.
    void unplug(rtp::PeerName);

    void tick();
    /// How long until `tick` has something to do.
    [[nodiscard]] std::chrono::milliseconds until_tick();
    [[nodiscard]] rtp::SeatReport report(int seat);

private:
    class Inlet;
    struct Line {
        rtp::PeerName name;
        transport::SrtpOutbound seal;
        std::shared_ptr<transport::WireOut> wire;
    };

    void send_rtp(rtp::PeerName to, std::span<std::uint8_t> packet) override;
    void send_rtcp(rtp::PeerName to, std::span<std::uint8_t> packet) override;
    void visible(rtp::PeerName name) override { events_.visible(name); }
    void lost(rtp::PeerName name) override { events_.lost(name); }
    void returned(rtp::PeerName name) override { events_.returned(name); }
    void sender_limit(int seat, std::uint32_t bits) override { events_.sender_limit(seat, bits); }
    Line* line_of(rtp::PeerName name);

    std::mutex mutex_;
    rtp::Room room_;
    std::vector<Line> lines_;  ///< at most two a seat
    RoomEvents events_;
};

}  // namespace parley::call
