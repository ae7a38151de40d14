#include "peer/addresses.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <memory>
#include <optional>

namespace parley::peer {
namespace {

constexpr std::size_t most_addresses = 16;

std::optional<std::string> reachable(const sockaddr* address) {
    char text[INET6_ADDRSTRLEN];
    if (address->sa_family == AF_INET) {
        const auto& in = reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
        const auto value = ntohl(in.s_addr);
        const bool link_local = value >> 16 == 0xA9FE;  // 169.254/16
        if (link_local || value >> 24 == 127) return std::nullopt;
        return inet_ntop(AF_INET, &in, text, sizeof text);
    }
    if (address->sa_family == AF_INET6) {
        const auto& in = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
        if (IN6_IS_ADDR_LINKLOCAL(&in) || IN6_IS_ADDR_LOOPBACK(&in)) return std::nullopt;
        return inet_ntop(AF_INET6, &in, text, sizeof text);
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string> addresses_of_this_machine() {
    ifaddrs* list = nullptr;
    if (getifaddrs(&list) != 0) return {};
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner{list, freeifaddrs};
    std::vector<std::string> addresses;
    for (const auto* entry = list; entry != nullptr && addresses.size() < most_addresses; entry = entry->ifa_next) {
        if (entry->ifa_addr == nullptr || (entry->ifa_flags & IFF_UP) == 0 || (entry->ifa_flags & IFF_LOOPBACK) != 0) {
            continue;
        }
        if (auto address = reachable(entry->ifa_addr)) addresses.push_back(std::move(*address));
    }
    return addresses;
}

}  // namespace parley::peer
