#include "call/self_check.h"

#include <gst/gst.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <vector>

#include "peer/loop.h"
#include "peer/peer.h"
#include "peer/wire_reader.h"
#include "transport/srtp.h"
#include "transport/transport.h"

namespace parley::call {
namespace {

using Complaint = std::optional<std::string>;

constexpr std::array plugins{"coreelements", "rtpmanager", "rtp", "srtp", "dtls", "nice", "webrtc"};

struct Property {
    const char* name;
    const char* type;
};
struct Expected {
    const char* factory;
    const char* pad;  ///< a static pad, or null
    std::vector<const char*> signals;
    std::vector<Property> properties;
};

std::vector<Expected> expectations() {
    return {
        {"webrtcbin",
         nullptr,
         {"add-transceiver", "get-transceiver", "create-offer", "set-local-description", "set-remote-description",
          "add-ice-candidate", "deep-element-added"},
         {{"bundle-policy", "GstWebRTCBundlePolicy"},
          {"ice-agent", "GstWebRTCICE"},
          {"ice-gathering-state", "GstWebRTCICEGatheringState"}}},
        {"nicesrc", "src", {}, {{"agent", "NiceAgent"}, {"stream", "guint"}, {"component", "guint"}}},
        {"nicesink", "sink", {}, {{"agent", "NiceAgent"}}},
        // What webrtcbin and its rtpbin make for themselves.
        {"rtpbin", nullptr, {}, {}},
        {"rtpsession", nullptr, {}, {}},
        {"rtpssrcdemux", nullptr, {}, {}},
        {"rtpstorage", nullptr, {}, {}},
        {"rtpfunnel", nullptr, {}, {}},
        {"funnel", nullptr, {}, {}},
        {"queue", nullptr, {}, {}},
        {"capsfilter", nullptr, {}, {}},
        {"dtlssrtpdec", "sink", {}, {{"peer-pem", "gchararray"}}},
        {"dtlssrtpenc", "src", {}, {{"is-client", "gboolean"}}},
        {"dtlsdec",
         "sink",
         {"on-key-received"},
         {{"decoder-key", "GstCaps"}, {"srtp-cipher", "guint"}, {"srtp-auth", "guint"}}},
        {"dtlsenc",
         "src",
         {"on-key-received"},
         {{"encoder-key", "GstBuffer"}, {"srtp-cipher", "guint"}, {"srtp-auth", "guint"}}},
    };
}

Complaint check_properties(GObject* object, const std::string& what, const std::vector<Property>& properties) {
    for (const auto& property : properties) {
        const auto* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(object), property.name);
        if (spec == nullptr) return what + " has no property " + property.name + ".";
        const std::string type = g_type_name(spec->value_type);
        if (type != property.type) {
            std::string sentence{"The property "};
            return sentence.append(property.name).append(" of ").append(what).append(" is a ").append(type) + ".";
        }
    }
    return {};
}

Complaint check_signals(GObject* object, const std::string& what, const std::vector<const char*>& names) {
    for (const auto* name : names) {
        if (g_signal_lookup(name, G_OBJECT_TYPE(object)) == 0) return what + " has no signal " + name + ".";
    }
    return {};
}

Complaint check_ice_agent(GObject* webrtc) {
    GObject* agent = nullptr;
    g_object_get(webrtc, "ice-agent", &agent, nullptr);
    if (agent == nullptr) return "webrtcbin has no ICE agent.";
    auto complaint = check_properties(agent, "webrtcbin's ICE agent",
                                      {{"agent", "NiceAgent"},
                                       {"ice-tcp", "gboolean"},
                                       {"ice-udp", "gboolean"},
                                       {"min-rtp-port", "guint"},
                                       {"max-rtp-port", "guint"}});
    g_object_unref(agent);
    return complaint;
}

Complaint check_element(GstElement* element, const Expected& expected) {
    const std::string what = std::string{"The GStreamer element "} + expected.factory;
    if (expected.pad != nullptr) {
        GstPad* pad = gst_element_get_static_pad(element, expected.pad);
        if (pad == nullptr) return what + " has no pad " + expected.pad + ".";
        gst_object_unref(pad);
    }
    if (auto complaint = check_signals(G_OBJECT(element), what, expected.signals)) return complaint;
    if (auto complaint = check_properties(G_OBJECT(element), what, expected.properties)) return complaint;
    const bool is_webrtcbin = std::string_view{expected.factory} == "webrtcbin";
    return is_webrtcbin ? check_ice_agent(G_OBJECT(element)) : Complaint{};
}

Complaint check_factory(const Expected& expected) {
    auto* element = gst_element_factory_make(expected.factory, nullptr);
    if (element == nullptr) return std::string{"The GStreamer element "} + expected.factory + " is missing.";
    gst_object_ref_sink(element);
    auto complaint = check_element(element, expected);
    gst_object_unref(element);
    return complaint;
}

Complaint check_version() {
    guint major = 0;
    guint minor = 0;
    guint micro = 0;
    guint nano = 0;
    gst_version(&major, &minor, &micro, &nano);
    if (major == 1 && minor == 22) return {};
    return "GStreamer is version " + std::to_string(major) + "." + std::to_string(minor) +
           "; the call process was made for 1.22.";
}

/// libsrtp2's cryptography loads libraries at its first use, which a locked-down process could not do any more.
bool seals_and_opens() {
    const std::array<std::uint8_t, transport::SrtpKey::size> bytes{};
    const auto key = *transport::SrtpKey::from(bytes);
    std::array<std::uint8_t, 20 + transport::tail_room> packet{0x80, 96, 0, 1};
    const auto sealed = transport::SrtpOutbound{key}.protect_rtp(std::span{packet}.first(20));
    return transport::SrtpInbound{key}.unprotect_rtp(sealed).size() == 20;
}

}  // namespace

Complaint load_plugins() {
    // Read by gst_init: nothing is scanned, and no registry file is read or written.
    // NOLINTBEGIN(concurrency-mt-unsafe): there is one thread yet
    setenv("GST_REGISTRY_DISABLE", "yes", 1);
    setenv("GST_PLUGIN_SYSTEM_PATH_1_0", "", 1);
    setenv("GST_PLUGIN_PATH_1_0", "", 1);
    // NOLINTEND(concurrency-mt-unsafe)
    gst_registry_fork_set_enabled(FALSE);
    GError* error = nullptr;
    if (!gst_init_check(nullptr, nullptr, &error)) {
        Complaint complaint = std::string{"GStreamer cannot be initialised: "} + (error ? error->message : "no reason");
        g_clear_error(&error);
        return complaint;
    }
    for (const auto* name : plugins) {
        const auto file = std::filesystem::path{PARLEY_GSTREAMER_PLUGINS} / ("libgst" + std::string{name} + ".so");
        GstPlugin* plugin = gst_plugin_load_file(file.c_str(), &error);
        if (plugin == nullptr) {
            Complaint complaint = std::string{"The GStreamer plugin "} + name + " cannot be loaded: " + error->message;
            g_clear_error(&error);
            return complaint;
        }
        gst_object_unref(plugin);
    }
    return {};
}

Complaint self_check() {
    if (auto complaint = check_version()) return complaint;
    for (const auto& expected : expectations()) {
        if (auto complaint = check_factory(expected)) return complaint;
    }
    return {};
}

Complaint warm_up(_GMainContext* loop) {
    if (!seals_and_opens()) return "libsrtp2 does not open what it sealed.";
    enum class Outcome { waiting, offered, failed };
    auto outcome = Outcome::waiting;
    peer::WireReader reader;
    peer::Peer peer{loop,
                    reader,
                    {.port = 0, .addresses = {"127.0.0.1"}, .public_addresses = {}, .udp = true, .ice_tcp = false},
                    {.offered = [&](const std::string&) { outcome = Outcome::offered; },
                     .secured = [](const peer::Secured&) {},
                     .failed = [&](peer::Failure) { outcome = Outcome::failed; }}};
    // The connection's own deadline ends the wait.
    while (outcome == Outcome::waiting) g_main_context_iteration(loop, TRUE);
    peer.stop();
    peer.tear_down();
    if (outcome == Outcome::offered) return {};
    return "webrtcbin makes no offer.";
}

}  // namespace parley::call
