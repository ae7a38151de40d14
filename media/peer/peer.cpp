#include "peer/peer.h"

#include <stdexcept>

#include "peer/candidate.h"
#include "peer/nice_wire.h"
#include "peer/peer_impl.h"
#include "peer/tcp_reset.h"
#include "peer/webrtc_signals.h"

namespace parley::peer {
namespace {

using namespace std::chrono_literals;

/// Host candidates are there at once; a machine whose interfaces are slow to answer must not hold up the offer.
constexpr auto gathering_time = 1s;
/// A person may be asked for the camera between offer and answer.
constexpr auto answer_time = 60s;
constexpr auto connect_time = 15s;
/// A burst of a key frame from three people must fit while a thread waits for its turn.
constexpr int socket_buffer = 1024 * 1024;

GPointer<GstElement> make_element(const char* factory) {
    auto* element = gst_element_factory_make(factory, nullptr);
    if (element == nullptr) throw std::runtime_error{std::string{"GStreamer has no element "} + factory};
    return GPointer<GstElement>::adopt(GST_ELEMENT(gst_object_ref_sink(element)));
}

/// The one m-line that webrtcbin knows of; session_description.h says why.
void add_transceiver(GstElement* webrtc) {
    GstCaps* caps = gst_caps_from_string(
        "application/x-rtp, media=audio, encoding-name=OPUS, clock-rate=48000, payload=111, a-mid=(string)0");
    GstWebRTCRTPTransceiver* transceiver = nullptr;
    g_signal_emit_by_name(webrtc, "add-transceiver", GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_RECVONLY, caps, &transceiver);
    gst_caps_unref(caps);
    if (transceiver != nullptr) gst_object_unref(transceiver);
}

bool add_local_address(NiceAgent* agent, const std::string& text) {
    NiceAddress address;
    nice_address_init(&address);
    return nice_address_set_from_string(&address, text.c_str()) && nice_agent_add_local_address(agent, &address);
}

/// libnice is asked itself: webrtcbin announces candidates after it has said that gathering is complete.
std::vector<std::string> gathered(NiceAgent* agent, guint stream) {
    std::vector<std::string> lines;
    GSList* candidates = nice_agent_get_local_candidates(agent, stream, NICE_COMPONENT_TYPE_RTP);
    for (const GSList* at = candidates; at != nullptr; at = at->next) {
        const GString line{nice_agent_generate_local_candidate_sdp(agent, static_cast<NiceCandidate*>(at->data))};
        std::string_view text{line.get()};
        if (text.starts_with("a=")) text.remove_prefix(2);
        lines.emplace_back(text);
    }
    g_slist_free_full(candidates,
                      [](gpointer candidate) { nice_candidate_free(static_cast<NiceCandidate*>(candidate)); });
    return lines;
}

/// There is one: the bundle's RTP component, with RTCP in it.
GPointer<GstPad> pad_of_nicesrc(GstElement* webrtc) {
    GstIterator* elements = gst_bin_iterate_all_by_element_factory_name(GST_BIN(webrtc), "nicesrc");
    GValue found = G_VALUE_INIT;
    GPointer<GstPad> pad;
    if (gst_iterator_next(elements, &found) == GST_ITERATOR_OK) {
        pad = GPointer<GstPad>::adopt(gst_element_get_static_pad(GST_ELEMENT(g_value_get_object(&found)), "src"));
        g_value_unset(&found);
    }
    gst_iterator_free(elements);
    return pad;
}

}  // namespace

Peer::Peer(GMainContext* loop, WireReader& reader, PeerSettings settings, PeerEvents events)
    : impl_{std::make_shared<PeerImpl>(loop, reader, std::move(settings), std::move(events))} {
    impl_->start();
}
Peer::~Peer() = default;
void Peer::answer(std::string_view sdp) {
    impl_->answer(sdp);
}
void Peer::add_candidate(std::string_view line) {
    impl_->add_candidate(line);
}
void Peer::open(std::shared_ptr<transport::WireIn> in) {
    impl_->open(std::move(in));
}
void Peer::stop() {
    impl_->stop();
}
void Peer::tear_down() {
    impl_->tear_down();
}

PeerImpl::PeerImpl(GMainContext* loop, WireReader& reader, PeerSettings settings, PeerEvents events)
    : loop_{loop},
      reader_{reader},
      settings_{std::move(settings)},
      events_{std::move(events)},
      tap_{std::make_shared<WireTap>()} {}

void PeerImpl::start() {
    make_pipeline();
    set_up_ice();
    listen();
    gst_element_set_state(pipeline_.get(), GST_STATE_READY);
    add_transceiver(webrtc_.get());
    gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
    arm(connect_time, Failure::internal);
    create_offer(webrtc_.get(), {loop_, weak_from_this()});
}

void PeerImpl::make_pipeline() {
    pipeline_ = GPointer<GstElement>::adopt(GST_ELEMENT(gst_object_ref_sink(gst_pipeline_new(nullptr))));
    webrtc_ = make_element("webrtcbin");
    g_object_set(webrtc_.get(), "bundle-policy", GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE, nullptr);
    gst_bin_add(GST_BIN(pipeline_.get()), webrtc_.get());
    // Nobody reads the bus: without this its messages would pile up for the whole call.
    GstBus* bus = gst_element_get_bus(pipeline_.get());
    gst_bus_set_sync_handler(
        bus,
        [](GstBus*, GstMessage* message, gpointer) {
            gst_message_unref(message);
            return GST_BUS_DROP;
        },
        nullptr, nullptr);
    gst_object_unref(bus);
}

void PeerImpl::set_up_ice() {
    const auto ice = object_property<GObject>(webrtc_.get(), "ice-agent");
    if (settings_.port != 0) {
        g_object_set(ice.get(), "min-rtp-port", guint{settings_.port}, "max-rtp-port", guint{settings_.port}, nullptr);
    }
    g_object_set(ice.get(), "ice-udp", gboolean{settings_.udp}, "ice-tcp", gboolean{settings_.ice_tcp}, nullptr);
    agent_ = object_property<NiceAgent>(ice.get(), "agent");
    g_object_set(agent_.get(), "upnp", FALSE, nullptr);
    for (const auto& address : settings_.addresses) add_local_address(agent_.get(), address);
}

void PeerImpl::listen() {
    tap_webrtc(webrtc_.get(), tap_);
    watch_webrtc(webrtc_.get(), {loop_, weak_from_this()});
}

void PeerImpl::offer_created(const std::string& sdp) {
    own_ = read_own_offer(sdp);
    if (!own_) return fail(Failure::internal);
    gathering_ = Timer{loop_, Timer::Kind::once, gathering_time, [this] { send_offer(); }};
    set_local_description(webrtc_.get(), sdp);
}

void PeerImpl::gathering_changed() {
    GstWebRTCICEGatheringState state{};
    g_object_get(webrtc_.get(), "ice-gathering-state", &state, nullptr);
    if (state == GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE) send_offer();
}

void PeerImpl::send_offer() {
    gathering_ = {};
    if (offered_ || over_ || !own_) return;
    if (!find_transports()) return fail(Failure::internal);
    own_->candidates = candidates_to_offer(gathered(agent_.get(), stream_), settings_.public_addresses);
    if (own_->candidates.empty()) return fail(Failure::internal);
    offered_ = true;
    arm(answer_time, Failure::no_route);
    events_.offered(write_browser_offer(*own_));
}

bool PeerImpl::find_transports() {
    GstWebRTCRTPTransceiver* transceiver = nullptr;
    g_signal_emit_by_name(webrtc_.get(), "get-transceiver", 0, &transceiver);
    if (transceiver == nullptr) return false;
    const auto receiver = object_property<GstWebRTCRTPReceiver>(transceiver, "receiver");
    gst_object_unref(transceiver);
    dtls_ = object_property<GstWebRTCDTLSTransport>(receiver.get(), "transport");
    if (!dtls_) return false;
    const auto ice = object_property<GstWebRTCICETransport>(dtls_.get(), "transport");
    g_object_set(ice.get(), "receive-buffer-size", socket_buffer, "send-buffer-size", socket_buffer, nullptr);
    g_object_get(object_property<GObject>(ice.get(), "stream").get(), "stream-id", &stream_, nullptr);
    dtls_watch_ = watch_dtls(dtls_.get(), {loop_, weak_from_this()});
    return true;
}

void PeerImpl::answer(std::string_view sdp) {
    if (over_ || !offered_ || browser_) return;
    browser_ = read_browser_answer(sdp);
    if (!browser_) return fail(Failure::sdp_invalid);
    arm(connect_time, Failure::no_route);
    set_remote_description(webrtc_.get(), write_own_answer(*browser_));
    for (const auto& candidate : browser_->candidates) hand_to_ice(candidate);
}

void PeerImpl::add_candidate(std::string_view line) {
    if (over_) return;
    if (const auto candidate = read_candidate(line)) hand_to_ice(write_candidate(*candidate));
}

void PeerImpl::hand_to_ice(const std::string& candidate) {
    if (++remote_candidates_ > most_remote_candidates) return;
    g_signal_emit_by_name(webrtc_.get(), "add-ice-candidate", 0u, candidate.c_str());
}

void PeerImpl::dtls_changed() {
    GstWebRTCDTLSTransportState state{};
    g_object_get(dtls_.get(), "state", &state, nullptr);
    if (state == GST_WEBRTC_DTLS_TRANSPORT_STATE_CONNECTED && !secured_) check_certificate();
    if (state == GST_WEBRTC_DTLS_TRANSPORT_STATE_FAILED && !secured_) fail(Failure::internal);
}

/// webrtcbin 1.22 accepts every certificate: that it is the one which the answer promised is proved here (P5).
void PeerImpl::check_certificate() {
    char* text = nullptr;
    g_object_get(dtls_.get(), "remote-certificate", &text, nullptr);
    const GString pem{text};
    const auto shown = pem && browser_ ? fingerprint_of(pem.get(), browser_->fingerprint.algorithm) : std::nullopt;
    if (!shown || *shown != browser_->fingerprint) return fail(Failure::fingerprint_mismatch);
    auto keys = tap_->keys();
    if (!keys) return fail(Failure::internal);
    secured_ = true;
    deadline_ = {};
    events_.secured({std::move(*keys), std::make_shared<NiceWire>(agent_, stream_)});
}

void PeerImpl::open(std::shared_ptr<transport::WireIn> in) {
    if (over_ || !secured_ || reading_) return;
    auto source = pad_of_nicesrc(webrtc_.get());
    if (!source) return fail(Failure::internal);
    reading_ = std::make_unique<NiceReading>(reader_, agent_, stream_, std::move(source), std::move(in));
}

void PeerImpl::arm(std::chrono::milliseconds delay, Failure failure) {
    deadline_ = Timer{loop_, Timer::Kind::once, delay, [this, failure] { fail(failure); }};
}

void PeerImpl::fail(Failure failure) {
    if (over_) return;
    end();
    // Posted, because whoever called us may stand in the middle of something that the event would pull down.
    post(loop_, [self = shared_from_this(), failure] {
        if (!self->stopped_) self->events_.failed(failure);
    });
}

void PeerImpl::stop() {
    stopped_ = true;
    end();
}

void PeerImpl::end() {
    over_ = true;
    if (reading_) reading_->close();
    deadline_ = {};
    gathering_ = {};
}

void PeerImpl::tear_down() {
    reset_when_closed(settings_.port);
    if (dtls_watch_ != 0) g_signal_handler_disconnect(dtls_.get(), std::exchange(dtls_watch_, 0));
    reading_.reset();
    gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    agent_ = {};
    dtls_ = {};
    webrtc_ = {};
    pipeline_ = {};
}

}  // namespace parley::peer
