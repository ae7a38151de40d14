#include "peer/wire_tap.h"

#include <gst/gst.h>

#include <string_view>

#include "peer/g_pointer.h"
#include "transport/packet_kind.h"

namespace parley::peer {
namespace {

using transport::kind_of;
using transport::PacketKind;
using TapPointer = std::shared_ptr<WireTap>;

/// GStreamer's and GSignal's way of saying `delete`.
void forget_tap(gpointer data) {
    delete static_cast<TapPointer*>(data);
}

WireTap& tap_in(gpointer data) {
    return **static_cast<TapPointer*>(data);
}

bool is_media(GstBuffer* buffer) {
    std::uint8_t head[8];
    return gst_buffer_extract(buffer, 0, head, sizeof head) == sizeof head && kind_of(head) != PacketKind::other;
}

/// What nicesrc reads: one buffer a packet. No media is taken from a connection that is not proved yet; that of a
/// proved one does not come this way (nice_reading.h).
GstPadProbeReturn on_incoming(GstPad*, GstPadProbeInfo* info, gpointer) {
    return is_media(GST_PAD_PROBE_INFO_BUFFER(info)) ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

/// What rtpbin would send is dropped: all media and reports are the RTP core's.
GstPadProbeReturn on_outgoing(GstPad*, GstPadProbeInfo* info, gpointer) {
    if ((info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST) != 0) {
        GstBufferList* list = GST_PAD_PROBE_INFO_BUFFER_LIST(info);
        for (guint i = 0; i < gst_buffer_list_length(list); ++i) {
            if (is_media(gst_buffer_list_get(list, i))) return GST_PAD_PROBE_DROP;
        }
        return GST_PAD_PROBE_OK;
    }
    return is_media(GST_PAD_PROBE_INFO_BUFFER(info)) ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

void on_decoder_key(GstElement* element, gpointer data) {
    tap_in(data).key_received(element, true);
}
void on_encoder_key(GstElement* element, gpointer data) {
    tap_in(data).key_received(element, false);
}

void probe(GstElement* element, const char* pad_name, int what, GstPadProbeCallback callback, const TapPointer& tap) {
    const auto pad = GPointer<GstPad>::adopt(gst_element_get_static_pad(element, pad_name));
    gst_pad_add_probe(pad.get(), static_cast<GstPadProbeType>(what), callback, new TapPointer{tap},
                      [](gpointer data) { forget_tap(data); });
}

void on_key(GstElement* element, void (*callback)(GstElement*, gpointer), const TapPointer& tap) {
    g_signal_connect_data(
        element, "on-key-received", G_CALLBACK(callback), new TapPointer{tap},
        [](gpointer data, GClosure*) { forget_tap(data); }, G_CONNECT_DEFAULT);
}

/// The 30 bytes of a GstBuffer property, or nothing.
std::optional<transport::SrtpKey> key_property(GstElement* element, const char* name) {
    GstBuffer* buffer = nullptr;
    g_object_get(element, name, &buffer, nullptr);
    if (buffer == nullptr) return std::nullopt;
    std::array<std::uint8_t, transport::SrtpKey::size + 1> bytes{};
    const auto size = gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
    gst_buffer_unref(buffer);
    return transport::SrtpKey::from({bytes.data(), size});
}

/// SRTP_AES128_CM_SHA1_80 as GStreamer's dtls elements number it.
bool chose_our_profile(GstElement* element) {
    guint cipher = 0;
    guint auth = 0;
    g_object_get(element, "srtp-cipher", &cipher, "srtp-auth", &auth, nullptr);
    return cipher == 1 && auth == 2;
}

}  // namespace

void WireTap::element_added(GstElement* element) {
    const auto* factory = gst_element_get_factory(element);
    if (factory == nullptr) return;
    const std::string_view name = GST_OBJECT_NAME(factory);
    const auto self = shared_from_this();
    constexpr int buffers = GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST;
    if (name == "nicesrc") probe(element, "src", GST_PAD_PROBE_TYPE_BUFFER, on_incoming, self);
    if (name == "nicesink") probe(element, "sink", buffers, on_outgoing, self);
    if (name == "dtlsdec") on_key(element, on_decoder_key, self);
    if (name == "dtlsenc") on_key(element, on_encoder_key, self);
}

void WireTap::key_received(GstElement* element, bool inbound) {
    if (!chose_our_profile(element)) return;
    const auto key = key_property(element, inbound ? "decoder-key" : "encoder-key");
    const std::lock_guard lock{keys_mutex_};
    (inbound ? inbound_key_ : outbound_key_) = key;
}

std::optional<WireTap::Keys> WireTap::keys() const {
    const std::lock_guard lock{keys_mutex_};
    if (!inbound_key_ || !outbound_key_) return std::nullopt;
    return Keys{*inbound_key_, *outbound_key_};
}

}  // namespace parley::peer
