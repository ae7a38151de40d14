#include "peer/webrtc_signals.h"

#include "peer/g_pointer.h"
#include "peer/loop.h"
#include "peer/peer_impl.h"

namespace parley::peer {
namespace {

template <class Step>
void post_to(gpointer data, Step step) {
    const auto& target = *static_cast<Target*>(data);
    post(target.loop, [weak = target.impl, step = std::move(step)] {
        const auto impl = weak.lock();
        if (impl && !impl->over()) step(*impl);
    });
}

void forget_target(gpointer data, GClosure*) {
    delete static_cast<Target*>(data);
}

unsigned long connect(gpointer object, const char* signal, GCallback callback, const Target& target) {
    return g_signal_connect_data(object, signal, callback, new Target{target}, forget_target, G_CONNECT_DEFAULT);
}

void on_gathering(GstElement*, GParamSpec*, gpointer data) {
    post_to(data, [](PeerImpl& impl) { impl.gathering_changed(); });
}

void on_dtls(GstWebRTCDTLSTransport*, GParamSpec*, gpointer data) {
    post_to(data, [](PeerImpl& impl) { impl.dtls_changed(); });
}

/// The offer's text, or an empty one that nobody can read.
std::string offer_in(GstPromise* promise) {
    GstWebRTCSessionDescription* offer = nullptr;
    const auto* reply = gst_promise_get_reply(promise);
    if (reply == nullptr) return {};
    gst_structure_get(reply, "offer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &offer, nullptr);
    if (offer == nullptr) return {};
    const GString text{gst_sdp_message_as_text(offer->sdp)};
    gst_webrtc_session_description_free(offer);
    return text.get();
}

void on_offer(GstPromise* promise, gpointer data) {
    post_to(data, [sdp = offer_in(promise)](PeerImpl& impl) { impl.offer_created(sdp); });
    gst_promise_unref(promise);
}

void on_element(GstBin*, GstBin*, GstElement* element, gpointer data) {
    (*static_cast<std::shared_ptr<WireTap>*>(data))->element_added(element);
}

void forget_tap(gpointer data, GClosure*) {
    delete static_cast<std::shared_ptr<WireTap>*>(data);
}

void set_description(GstElement* webrtc, const char* signal, GstWebRTCSDPType type, const std::string& text) {
    GstSDPMessage* message = nullptr;
    gst_sdp_message_new_from_text(text.c_str(), &message);
    auto* description = gst_webrtc_session_description_new(type, message);
    g_signal_emit_by_name(webrtc, signal, description, nullptr);
    gst_webrtc_session_description_free(description);
}

}  // namespace

void tap_webrtc(GstElement* webrtc, const std::shared_ptr<WireTap>& tap) {
    g_signal_connect_data(webrtc, "deep-element-added", G_CALLBACK(on_element), new std::shared_ptr<WireTap>{tap},
                          forget_tap, G_CONNECT_DEFAULT);
}

void watch_webrtc(GstElement* webrtc, const Target& target) {
    connect(webrtc, "notify::ice-gathering-state", G_CALLBACK(on_gathering), target);
}

unsigned long watch_dtls(GstWebRTCDTLSTransport* dtls, const Target& target) {
    return connect(dtls, "notify::state", G_CALLBACK(on_dtls), target);
}

void create_offer(GstElement* webrtc, const Target& target) {
    auto* promise = gst_promise_new_with_change_func(on_offer, new Target{target},
                                                     [](gpointer data) { delete static_cast<Target*>(data); });
    g_signal_emit_by_name(webrtc, "create-offer", nullptr, promise);
}

void set_local_description(GstElement* webrtc, const std::string& sdp) {
    set_description(webrtc, "set-local-description", GST_WEBRTC_SDP_TYPE_OFFER, sdp);
}

void set_remote_description(GstElement* webrtc, const std::string& sdp) {
    set_description(webrtc, "set-remote-description", GST_WEBRTC_SDP_TYPE_ANSWER, sdp);
}

}  // namespace parley::peer
