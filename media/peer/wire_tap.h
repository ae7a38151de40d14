#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "transport/srtp.h"

struct _GstElement;  // NOLINT(bugprone-reserved-identifier): the library\'s name

namespace parley::peer {

/// Sits on the wire side of a webrtcbin: keeps SRTP and SRTCP out of its hands in both directions, and learns the keys
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

    /// Called by the DTLS elements when they have agreed on a key.
    void key_received(_GstElement* element, bool inbound);

private:
    mutable std::mutex keys_mutex_;
    std::optional<transport::SrtpKey> inbound_key_;
    std::optional<transport::SrtpKey> outbound_key_;
};

}  // namespace parley::peer
