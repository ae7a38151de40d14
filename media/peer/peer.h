#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "peer/wire_tap.h"
#include "transport/transport.h"

struct _GMainContext;  // NOLINT(bugprone-reserved-identifier): the library\'s name

namespace parley::peer {

class PeerImpl;
class WireReader;

enum class Failure {
    fingerprint_mismatch,  ///< the DTLS certificate is not the answer's (P5)
    sdp_invalid,           ///< the answer is not one to our offer
    no_route,              ///< no answer, or no connection, in time
    internal               ///< no socket, or webrtcbin did something unexpected
};

struct PeerSettings {
    std::uint16_t port{};                ///< for UDP and TCP on every address; 0: any
    std::vector<std::string> addresses;  ///< literal, of this machine
    std::vector<std::string> public_addresses;
    bool udp{true};
    bool ice_tcp{true};
};

/// What a proved connection needs to carry media.
struct Secured {
    WireTap::Keys keys;
    std::shared_ptr<transport::WireOut> out;
};

/// Called on the loop's thread, never from inside a function of Peer, and not at all after `stop`.
struct PeerEvents {
    std::function<void(std::string sdp)> offered;
    std::function<void(Secured)> secured;
    /// At most once, and nothing after it.
    std::function<void(Failure)> failed;
};

/// One browser's connection: a webrtcbin, which does ICE and DTLS, and a tap on its wire for the media.
///
/// Everything is called on the loop's thread except `tear_down`. webrtcbin's own threads only post to the loop, with a
/// weak reference.
class Peer {
public:
    /// Throws std::runtime_error when webrtcbin cannot be made. `reader` must outlive `tear_down`.
    Peer(_GMainContext* loop, WireReader& reader, PeerSettings, PeerEvents);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /// The browser's answer. A second one is ignored.
    void answer(std::string_view sdp);
    /// A browser's candidate line; what cannot be used is ignored.
    void add_candidate(std::string_view line);
    /// Media flows to `in` from now on, on the reader's thread. Once, after `secured`.
    void open(std::shared_ptr<transport::WireIn> in);
    /// No event and no packet from now on (a packet on its way may still arrive).
    void stop();

    /// Closes sockets and threads. Takes up to half a second: never on the loop's thread and never in a callback of
    /// webrtcbin. After `stop`, and before the destructor.
    void tear_down();

private:
    std::shared_ptr<PeerImpl> impl_;
};

}  // namespace parley::peer
