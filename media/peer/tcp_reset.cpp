#include "peer/tcp_reset.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace parley::peer {
namespace {

/// The port of a TCP socket's own end, 0 for everything else.
std::uint16_t tcp_port(int fd) {
    int type = 0;
    socklen_t size = sizeof type;
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM) return 0;
    sockaddr_storage address{};
    size = sizeof address;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
    if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    return 0;
}

}  // namespace

// libnice shows nobody the sockets that it accepted, but a port is one connection's alone, so they are known by it.
void reset_when_closed(std::uint16_t port) {
    constexpr int most_descriptors = 1024;
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    for (int fd = 3; port != 0 && fd < most_descriptors; ++fd) {
        if (tcp_port(fd) == port) setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
}

}  // namespace parley::peer
