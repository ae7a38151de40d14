#include "peer/nice_reading.h"

#include <algorithm>

#include "transport/packet_kind.h"

namespace parley::peer {
namespace {

/// GLib takes a source's descriptor out of its poll set for the time of the callback and puts it back, each time waking
/// the loop that it runs in, unless the source may recurse. Ours never does, for nobody runs the loop from inside.
void spare_wakeups() {
    GSource* source = g_main_current_source();
    if (source != nullptr && !g_source_get_can_recurse(source)) g_source_set_can_recurse(source, TRUE);
}

}  // namespace

NiceReading::NiceReading(WireReader& reader, GPointer<NiceAgent> agent, guint stream, GPointer<GstPad> source,
                         std::shared_ptr<transport::WireIn> in)
    : reader_{reader}, agent_{std::move(agent)}, stream_{stream}, source_{std::move(source)}, in_{std::move(in)} {
    nice_agent_attach_recv(
        agent_.get(), stream_, NICE_COMPONENT_TYPE_RTP, reader_.context(),
        [](NiceAgent*, guint, guint, guint length, gchar* bytes, gpointer data) {
            spare_wakeups();
            static_cast<NiceReading*>(data)->take({reinterpret_cast<const std::uint8_t*>(bytes), length});
        },
        this);
}

/// To a loop that nobody runs: without a callback libnice would leave the packets in the socket, always readable.
NiceReading::~NiceReading() {
    reader_.run([this] {
        GMainContext* nowhere = g_main_context_new();
        nice_agent_attach_recv(agent_.get(), stream_, NICE_COMPONENT_TYPE_RTP, nowhere, nullptr, nullptr);
        g_main_context_unref(nowhere);
    });
}

void NiceReading::take(std::span<const std::uint8_t> packet) {
    if (transport::kind_of(packet) == transport::PacketKind::other) {
        gst_pad_push(source_.get(), gst_buffer_new_memdup(packet.data(), packet.size()));
        return;
    }
    if (packet.size() > transport::longest_packet || !open_.load(std::memory_order_relaxed)) return;
    std::ranges::copy(packet, scratch_.begin());
    in_->receive({scratch_.data(), packet.size()});
}

}  // namespace parley::peer
