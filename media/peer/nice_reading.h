#pragma once
#include <gst/gst.h>
#include <nice/agent.h>

#include <array>
#include <atomic>
#include <memory>

#include "peer/g_pointer.h"
#include "peer/wire_reader.h"
#include "transport/transport.h"

namespace parley::peer {

/// Reads one proved connection's sockets on the call's reader, in the place of webrtcbin's nicesrc, which wakes itself
/// three times a packet. Media goes to `in`; what else comes (DTLS) goes out of nicesrc's pad as if it had read it.
/// STUN is libnice's and never seen here.
class NiceReading {
public:
    NiceReading(WireReader& reader, GPointer<NiceAgent> agent, guint stream, GPointer<GstPad> source,
                std::shared_ptr<transport::WireIn> in);
    /// Waits for a packet under way. Before nicesrc is stopped, and not on the reader's thread.
    ~NiceReading();
    NiceReading(const NiceReading&) = delete;
    NiceReading& operator=(const NiceReading&) = delete;

    /// From now on media is dropped; a packet that is on its way may still be delivered.
    void close() { open_.store(false, std::memory_order_relaxed); }

private:
    void take(std::span<const std::uint8_t> packet);

    WireReader& reader_;
    GPointer<NiceAgent> agent_;
    guint stream_;
    GPointer<GstPad> source_;
    std::shared_ptr<transport::WireIn> in_;
    std::atomic<bool> open_{true};
    std::array<std::uint8_t, transport::longest_packet + transport::tail_room> scratch_;
};

}  // namespace parley::peer
