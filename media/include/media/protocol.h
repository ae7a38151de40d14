#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What parleyd and a parley-call process say to each other: JSON lines (UTF-8, one object a line, at most 256 KiB)
/// over the socketpair that the call process finds as descriptor 3. No name, token or e-mail address ever passes here.
/// A connection is named by its seat (0..3) and a number that parleyd counts up, so that late words about an earlier
/// connection of the same seat are recognised and dropped by both sides.
namespace parley::media {

inline constexpr int seats_per_call = 4;
inline constexpr std::size_t longest_line = std::size_t{256} * 1024;

struct ConnectionName {
    int seat{};
    std::uint32_t connection{};
    friend bool operator==(const ConnectionName&, const ConnectionName&) = default;
};

// ---- parleyd to parley-call -----------------------------------------------------------------------------------

/// First line of all: what the process may use. Ports are this call's own slice of the configured range, UDP and TCP.
struct Configure {
    std::uint16_t first_port{};
    std::uint16_t last_port{};
    std::vector<std::string> listen_addresses;  ///< empty: every address of the machine but loopback
    std::vector<std::string> public_addresses;  ///< added as a second candidate line each (behind a home NAT)
    bool ice_tcp{true};
    bool udp{true};                        ///< false only in tests: proves that ICE-TCP alone carries a call
    std::uint32_t max_bitrate{1'500'000};  ///< what one camera may send at most, bit/s
};

/// Somebody sits down (again): make a new connection for the seat and answer with its Offer. The seat's earlier
/// connection goes on until the new one's first key frame, then it is closed.
struct Connect {
    ConnectionName name;
};
struct Answer {
    ConnectionName name;
    std::string sdp;
};
struct Candidate {
    ConnectionName name;
    unsigned mline{};
    std::string candidate;  ///< RFC 8839 `candidate:...`, without `a=`
};
/// The seat is empty from now on; every connection of it is closed.
struct Disconnect {
    int seat{};
};

// ---- parley-call to parleyd -----------------------------------------------------------------------------------

/// The self-check passed and a webrtcbin has been warmed up: the process is a spare from now on.
struct Ready {
    int pid{};
};
/// The process cannot work here (a GStreamer element or property is not as expected): it ends after this line.
struct Unfit {
    std::string sentence;
};
/// The offer with every candidate in it (no trickle from the server).
struct Offer {
    ConnectionName name;
    std::string sdp;
};

enum class LinkState {
    connected,  ///< DTLS done and its fingerprint compared with the answer's (P5)
    lost,       ///< nothing authenticated came for some seconds; `connected` may follow
    failed      ///< given up; `reason` says why
};
enum class FailReason { none, fingerprint_mismatch, sdp_invalid, no_route, internal };

struct Link {
    ConnectionName name;
    LinkState state{};
    FailReason reason{FailReason::none};
};
/// This connection's picture has gone out to the others, from a key frame on; without a camera: its sound has taken the
/// seat over. An earlier connection of the seat is closed.
struct Visible {
    ConnectionName name;
};
/// What the seat's own camera should send at most for the slowest of its viewers, bit/s (RTCRtpSender maxBitrate).
struct SenderLimit {
    int seat{};
    std::uint32_t max_bitrate{};
};
/// Every two seconds, for the board and the figures.
struct Quality {
    int seat{};
    std::uint32_t received_bitrate{};
    std::uint32_t sent_bitrate{};
    double uplink_loss{};    ///< 0..1
    double downlink_loss{};  ///< 0..1
    double round_trip_ms{};
};
/// Once a second. parleyd ends a process that has been silent for five.
struct Heartbeat {};

using ToCall = std::variant<Configure, Connect, Answer, Candidate, Disconnect>;
using FromCall = std::variant<Ready, Unfit, Offer, Link, Visible, SenderLimit, Quality, Heartbeat>;

/// One line with its '\n'.
std::string encode(const ToCall&);
std::string encode(const FromCall&);

/// One line without '\n'. Nothing for anything that is not exactly such a message: unknown type, missing or mistyped
/// field, seat outside 0..3, more than `longest_line`. Both sides treat that as the end of the other side. Fuzzed.
std::optional<ToCall> decode_to_call(std::string_view line);
std::optional<FromCall> decode_from_call(std::string_view line);

}  // namespace parley::media
