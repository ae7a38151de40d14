#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "peer/fingerprint.h"

/// The session descriptions (RFC 8866, 8829, 8839, 8842) of a connection.
///
/// A browser sees eight m-lines in one bundle: what it may send and its three slots, with payload types, extension ids,
/// mids and SSRCs dictated by rtp::Layout. webrtcbin sees one m-line only, because a bundle has one transport, and ICE
/// and DTLS are all that we want of it: its transceivers, jitterbuffers and sink pads for the others would carry
/// nothing. So a browser's text never reaches webrtcbin: the few facts of it that matter are read here, strictly, and
/// written anew.
namespace parley::peer {

inline constexpr std::size_t longest_sdp = std::size_t{64} * 1024;
inline constexpr std::size_t most_remote_candidates = 64;

/// What one side says of its transport.
struct TransportFacts {
    std::string ice_ufrag;
    std::string ice_pwd;
    Fingerprint fingerprint;
    std::string setup;                    ///< "actpass", "active" or "passive" (RFC 4145)
    std::vector<std::string> candidates;  ///< RFC 8839 lines without `a=`
};

/// The facts of webrtcbin's own offer. Nothing when it is not as expected.
std::optional<TransportFacts> read_own_offer(std::string_view sdp);

/// The offer that a browser gets.
std::string write_browser_offer(const TransportFacts& own);

/// The facts of a browser's answer to that offer. Nothing when it is too long, malformed, has not the offer's m-lines,
/// lacks or contradicts itself in ICE credentials, fingerprint or role. Candidates that cannot be used are left out.
std::optional<TransportFacts> read_browser_answer(std::string_view sdp);

/// The answer that webrtcbin gets.
std::string write_own_answer(const TransportFacts& browser);

}  // namespace parley::peer
