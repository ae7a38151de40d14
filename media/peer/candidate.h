#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// ICE candidate lines (RFC 8839 section 5.1), without `a=`.
namespace parley::peer {

struct IceCandidate {
    std::string foundation;
    unsigned component{};
    std::string protocol;  ///< "udp" or "tcp", lower case
    std::uint32_t priority{};
    std::string address;  ///< a literal IPv4 or IPv6 address
    std::uint16_t port{};
    std::string type;     ///< "host", "srflx", "prflx", "relay"
    std::string tcptype;  ///< "active", "passive", "so" or empty
};

/// Nothing for what is malformed, longer than 1 KiB, or names its address: a `.local` or other name would have to be
/// looked up, which this process never does (the check from that address finds us as a peer-reflexive candidate).
std::optional<IceCandidate> read_candidate(std::string_view line);
std::string write_candidate(const IceCandidate&);

/// What the offer shows of the gathered `local` lines: UDP and TCP-passive candidates, and after them one line a public
/// address, family and protocol with the same port.
std::vector<std::string> candidates_to_offer(const std::vector<std::string>& local,
                                             const std::vector<std::string>& public_addresses);

}  // namespace parley::peer
