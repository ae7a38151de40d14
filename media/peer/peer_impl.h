#pragma once
#define GST_USE_UNSTABLE_API
#include <gst/gst.h>
#include <gst/webrtc/webrtc.h>
#include <nice/agent.h>

#include <optional>

#include "peer/g_pointer.h"
#include "peer/loop.h"
#include "peer/nice_reading.h"
#include "peer/peer.h"
#include "peer/session_description.h"

namespace parley::peer {

/// The life of one webrtcbin, step by step (only peer*.cpp include this):
///   start -> offer_created -> gathering_complete (or its time is up) -> offered
///   -> answer -> dtls_changed -> secured, or failed.
class PeerImpl : public std::enable_shared_from_this<PeerImpl> {
public:
    PeerImpl(GMainContext* loop, WireReader& reader, PeerSettings settings, PeerEvents events);

    void start();
    void answer(std::string_view sdp);
    void add_candidate(std::string_view line);
    void open(std::shared_ptr<transport::WireIn> in);
    void stop();
    void tear_down();

    [[nodiscard]] bool over() const { return over_; }

    // What webrtcbin says, posted to the loop.
    void offer_created(const std::string& sdp);
    void gathering_changed();
    void dtls_changed();

private:
    void make_pipeline();
    void set_up_ice();
    void listen();
    void send_offer();
    bool find_transports();
    void check_certificate();
    void fail(Failure);
    void end();
    void arm(std::chrono::milliseconds delay, Failure);
    void hand_to_ice(const std::string& candidate);

    GMainContext* loop_;
    WireReader& reader_;
    PeerSettings settings_;
    PeerEvents events_;
    std::shared_ptr<WireTap> tap_;

    GPointer<GstElement> pipeline_;
    GPointer<GstElement> webrtc_;
    GPointer<GstWebRTCDTLSTransport> dtls_;
    GPointer<NiceAgent> agent_;
    std::unique_ptr<NiceReading> reading_;
    guint stream_{};
    unsigned long dtls_watch_{};

    std::optional<TransportFacts> own_;
    std::optional<TransportFacts> browser_;
    std::size_t remote_candidates_{};
    bool offered_{};
    bool secured_{};
    bool over_{};     ///< failed or stopped
    bool stopped_{};  ///< nobody wants to hear of us any more
    Timer deadline_;
    Timer gathering_;
};

}  // namespace parley::peer
