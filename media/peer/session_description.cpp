#include "peer/session_description.h"

#include <algorithm>

#include "peer/candidate.h"
#include "rtp/room.h"

namespace parley::peer {
namespace {

using rtp::Layout;

constexpr int mlines = 2 + 2 * rtp::slots_per_viewer;

bool is_audio(int mline) {
    return mline % 2 == 0;
}

// ---- reading -----------------------------------------------------------------------------------------------------

struct Attribute {
    std::string_view name;
    std::string_view value;
};
/// One `m=` line, or the session part before the first, with its attributes.
struct Section {
    std::string_view media;
    std::vector<Attribute> attributes;

    [[nodiscard]] std::vector<std::string_view> values(std::string_view name) const {
        std::vector<std::string_view> found;
        for (const auto& attribute : attributes) {
            if (attribute.name == name) found.push_back(attribute.value);
        }
        return found;
    }
};

void add_line(std::vector<Section>& sections, std::string_view line) {
    if (line.starts_with("m=")) {
        sections.push_back({line.substr(2), {}});
    } else if (line.starts_with("a=")) {
        const auto text = line.substr(2);
        const auto colon = text.find(':');
        const auto value = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
        sections.back().attributes.push_back({text.substr(0, colon), value});
    }
}

bool printable(std::string_view line) {
    return std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 127; });
}

/// Nothing for what is too long, does not begin with `v=0`, or has a line that is not `x=...`.
std::optional<std::vector<Section>> sections_of(std::string_view sdp) {
    if (sdp.size() > longest_sdp || !sdp.starts_with("v=0")) return std::nullopt;
    std::vector<Section> sections(1);
    while (!sdp.empty()) {
        const auto end = std::min(sdp.find('\n'), sdp.size());
        auto line = sdp.substr(0, end);
        sdp.remove_prefix(std::min(end + 1, sdp.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (line.size() < 2 || line[1] != '=' || !printable(line)) return std::nullopt;
        add_line(sections, line);
    }
    return sections;
}

/// The value that every section which has the attribute agrees on; nothing when none has it or two differ.
std::optional<std::string> agreed(const std::vector<Section>& sections, std::string_view name) {
    std::optional<std::string> common;
    for (const auto& section : sections) {
        for (const auto value : section.values(name)) {
            if (common && *common != value) return std::nullopt;
            common = value;
        }
    }
    return common;
}

/// RFC 8839 section 5.4: ALPHA, DIGIT, "+" and "/".
bool ice_chars(const std::string& text, std::size_t least) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    };
    return text.size() >= least && text.size() <= 256 && std::ranges::all_of(text, allowed);
}

std::vector<std::string> usable_candidates(const std::vector<Section>& sections) {
    std::vector<std::string> lines;
    for (const auto& section : sections) {
        for (const auto value : section.values("candidate")) {
            const auto candidate = read_candidate("candidate:" + std::string{value});
            if (!candidate) continue;
            auto line = write_candidate(*candidate);
            const bool known = std::ranges::find(lines, line) != lines.end();
            if (!known && lines.size() < most_remote_candidates) lines.push_back(std::move(line));
        }
    }
    return lines;
}

std::optional<TransportFacts> transport_of(const std::vector<Section>& sections) {
    const auto ufrag = agreed(sections, "ice-ufrag");
    const auto pwd = agreed(sections, "ice-pwd");
    const auto fingerprint = agreed(sections, "fingerprint");
    const auto setup = agreed(sections, "setup");
    if (!ufrag || !pwd || !fingerprint || !setup || !ice_chars(*ufrag, 4) || !ice_chars(*pwd, 22)) return std::nullopt;
    const auto digest = read_fingerprint(*fingerprint);
    if (!digest) return std::nullopt;
    return TransportFacts{*ufrag, *pwd, *digest, *setup, usable_candidates(sections)};
}

/// A refused m-line (port 0) and any direction are the browser's right; another kind or mid is not our offer's answer.
bool answers_mline(const Section& section, int mline) {
    const auto mids = section.values("mid");
    return section.media.starts_with(is_audio(mline) ? "audio " : "video ") && mids.size() == 1 &&
           mids.front() == std::to_string(mline);
}

// ---- writing -----------------------------------------------------------------------------------------------------

constexpr std::string_view session_head =
    "v=0\r\n"
    "o=- 1 1 IN IP4 0.0.0.0\r\n"
    "s=-\r\n"
    "t=0 0\r\n";

std::string attribute(const std::string& text) {
    return "a=" + text + "\r\n";
}

std::string transport_lines(const TransportFacts& facts) {
    return attribute("ice-ufrag:" + facts.ice_ufrag) + attribute("ice-pwd:" + facts.ice_pwd) +
           attribute("fingerprint:" + write_fingerprint(facts.fingerprint)) + attribute("setup:" + facts.setup);
}

std::string codec_lines(bool audio) {
    const auto payload = std::to_string(audio ? Layout::opus_payload : Layout::vp8_payload);
    auto text = attribute("rtpmap:" + payload + (audio ? " opus/48000/2" : " VP8/90000")) +
                attribute("rtcp-fb:" + payload + " transport-cc");
    if (audio) return text + attribute("fmtp:" + payload + " minptime=10;useinbandfec=1");
    return text + attribute("rtcp-fb:" + payload + " nack") + attribute("rtcp-fb:" + payload + " nack pli");
}

std::string extension_lines() {
    return attribute("extmap:" + std::to_string(Layout::mid_extension) + " urn:ietf:params:rtp-hdrext:sdes:mid") +
           attribute("extmap:" + std::to_string(Layout::transport_cc_extension) +
                     " http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01");
}

/// The slot's audio and video share a stream, so that the browser keeps them in lip sync.
std::string slot_lines(int mline) {
    const int slot = (mline - 2) / 2;
    const auto stream = "slot" + std::to_string(slot);
    const auto ssrc = std::to_string(is_audio(mline) ? Layout::slot_audio_ssrc(slot) : Layout::slot_video_ssrc(slot));
    return attribute("msid:" + stream + ' ' + stream + (is_audio(mline) ? "-audio" : "-video")) +
           attribute("ssrc:" + ssrc + " cname:" + stream);
}

std::string media_head(bool audio, int mline, std::string_view direction) {
    const auto payload = std::to_string(audio ? Layout::opus_payload : Layout::vp8_payload);
    return std::string{audio ? "m=audio" : "m=video"} + " 9 UDP/TLS/RTP/SAVPF " + payload + "\r\nc=IN IP4 0.0.0.0\r\n" +
           attribute("mid:" + std::to_string(mline)) + attribute(std::string{direction}) + attribute("rtcp-mux") +
           attribute("rtcp-rsize");
}

std::string candidate_lines(const TransportFacts& facts) {
    std::string text;
    for (const auto& candidate : facts.candidates) text += attribute(candidate);
    return text;
}

}  // namespace

std::optional<TransportFacts> read_own_offer(std::string_view sdp) {
    const auto sections = sections_of(sdp);
    if (!sections || sections->size() != 2) return std::nullopt;
    return transport_of(*sections);
}

std::string write_browser_offer(const TransportFacts& own) {
    std::string text{session_head};
    std::string bundle = "group:BUNDLE";
    for (int mline = 0; mline < mlines; ++mline) bundle += ' ' + std::to_string(mline);
    text += attribute(bundle) + attribute("ice-options:trickle") + attribute("msid-semantic: WMS *");
    for (int mline = 0; mline < mlines; ++mline) {
        const bool up = mline < 2;
        text += media_head(is_audio(mline), mline, up ? "recvonly" : "sendonly") + transport_lines(own) +
                codec_lines(is_audio(mline)) + extension_lines();
        if (!up) text += slot_lines(mline);
        if (mline == 0) text += candidate_lines(own) + attribute("end-of-candidates");
    }
    return text;
}

std::optional<TransportFacts> read_browser_answer(std::string_view sdp) {
    const auto sections = sections_of(sdp);
    if (!sections || sections->size() != 1 + mlines) return std::nullopt;
    for (int mline = 0; mline < mlines; ++mline) {
        if (!answers_mline((*sections)[static_cast<std::size_t>(mline) + 1], mline)) return std::nullopt;
    }
    auto facts = transport_of(*sections);
    if (facts && facts->setup != "active" && facts->setup != "passive") return std::nullopt;
    return facts;
}

std::string write_own_answer(const TransportFacts& browser) {
    return std::string{session_head} + attribute("group:BUNDLE 0") + media_head(true, 0, "sendonly") +
           transport_lines(browser) + codec_lines(true) + candidate_lines(browser);
}

}  // namespace parley::peer
