#pragma once
#define GST_USE_UNSTABLE_API
#include <gst/gst.h>
#include <gst/webrtc/webrtc.h>

#include <memory>
#include <string>

#include "peer/peer.h"

/// webrtcbin's signals, which it emits on threads of its own, and its asynchronous calls. Every one is posted to the
/// loop, where it reaches the Impl if that still lives and is not stopped.
namespace parley::peer {

struct Target {
    GMainContext* loop;
    std::weak_ptr<PeerImpl> impl;
};

/// Has `tap` told about every element of the webrtcbin, those already there included.
void tap_webrtc(GstElement* webrtc, const std::shared_ptr<WireTap>& tap);
/// The gathering state.
void watch_webrtc(GstElement* webrtc, const Target&);
/// The handler's id.
unsigned long watch_dtls(GstWebRTCDTLSTransport*, const Target&);

void create_offer(GstElement* webrtc, const Target&);
void set_local_description(GstElement* webrtc, const std::string& sdp);
void set_remote_description(GstElement* webrtc, const std::string& sdp);

}  // namespace parley::peer
