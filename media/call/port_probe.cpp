#include "call/port_probe.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parley::call {

namespace {

bool can_bind(int fd, const sockaddr* address, socklen_t size) {
    const bool bound = fd >= 0 && bind(fd, address, size) == 0;
    if (fd >= 0) close(fd);
    return bound;
}

bool can_bind(int type, std::uint16_t port) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    if (!can_bind(socket(AF_INET, type | SOCK_CLOEXEC, 0), reinterpret_cast<sockaddr*>(&v4), sizeof v4)) return false;

    const int fd = socket(AF_INET6, type | SOCK_CLOEXEC, 0);
    if (fd < 0) return true;  // a machine without IPv6
    const int only = 1;
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    return can_bind(fd, reinterpret_cast<sockaddr*>(&v6), sizeof v6);
}

}  // namespace

bool can_bind_udp(std::uint16_t port) {
    return can_bind(SOCK_DGRAM, port);
}

bool can_bind_tcp(std::uint16_t port) {
    return can_bind(SOCK_STREAM, port);
}

}  // namespace parley::call
