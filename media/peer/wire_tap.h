#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "transport/srtp.h"
#include "transport/transport.h"

struct _GstElement;  // NOLINT(bugprone-reserved-identifier): the library\'s name
struct _GstPad;      // NOLINT(bugprone-reserved-identifier): the library\'s name

namespace parley::peer {

/// Sits on the wire side of a webrtcbin: takes SRTP and SRTCP out of its hands in both directions, and learns the keys
/// that its DTLS agreed on. STUN and DTLS pass untouched. rtpbin sees no packet, and none of its own reaches the wire,
/// so nothing is ever sealed twice with one key and sequence number.
class WireTap : public std::enable_shared_from_this<WireTap> {
public:
    /// Told about every element inside the webrtcbin, on whichever thread adds it; keeps itself alive in their probes.
    void element_added(_GstElement*);

    /// Both keys, once DTLS has them and chose the one profile that libsrtp2 is set up for. From any thread.
    struct Keys {
        transport::SrtpKey inbound;
        transport::SrtpKey outbound;
    };
    [[nodiscard]] std::optional<Keys> keys() const;

    /// From now on packets go to `in`, on webrtcbin's receiving thread. Until then they are dropped. Once only.
    void open(std::shared_ptr<transport::WireIn> in);
    /// From now on packets are dropped again; one that is on its way may still be delivered.
    void close() { open_.store(false, std::memory_order_release); }

    /// Called by the probes: whether the packet was taken (or is to be dropped), and must not go on.
    bool take_incoming(std::span<const std::uint8_t> packet);
    /// Called by the DTLS elements when they have agreed on a key.
    void key_received(_GstElement* element, bool inbound);

private:
    std::atomic<bool> open_{false};
    std::shared_ptr<transport::WireIn> in_;
    /// Only used by the one receiving thread.
    std::array<std::uint8_t, transport::longest_packet + transport::tail_room> scratch_;

    mutable std::mutex keys_mutex_;
    std::optional<transport::SrtpKey> inbound_key_;
    std::optional<transport::SrtpKey> outbound_key_;
};

}  // namespace parley::peer
