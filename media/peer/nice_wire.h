#pragma once
#include <nice/agent.h>

#include "peer/g_pointer.h"
#include "transport/transport.h"

namespace parley::peer {

/// Sends over the candidate pair that libnice selected, from any thread. libnice's sockets do not block: what the
/// kernel does not take now is dropped, over TCP too.
class NiceWire : public transport::WireOut {
public:
    NiceWire(GPointer<NiceAgent> agent, unsigned stream) : agent_{std::move(agent)}, stream_{stream} {}

    void send(std::span<const std::uint8_t> packet) override {
        nice_agent_send(agent_.get(), stream_, NICE_COMPONENT_TYPE_RTP, static_cast<guint>(packet.size()),
                        reinterpret_cast<const gchar*>(packet.data()));
    }

private:
    GPointer<NiceAgent> agent_;
    unsigned stream_;
};

}  // namespace parley::peer
