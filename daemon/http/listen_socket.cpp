#include "http/listen_socket.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <cstring>

#include "http/server.h"

namespace parley {

namespace {

using boost::asio::ip::tcp;

std::string where(const std::string& address, std::uint16_t port) {
    return fmt::format("{} port {}", address, port);
}

std::string remedy(int error) {
    switch (error) {
        case EADDRINUSE: return "another program listens there; stop it, or choose another port ([http] port)";
        case EACCES: return "ports below 1024 need the right to them; choose a higher one or let systemd open it";
        case EADDRNOTAVAIL: return "this machine has no such address ([http] address)";
        default: return std::strerror(error);
    }
}

void set(int fd, int level, int option, int value) {
    ::setsockopt(fd, level, option, &value, sizeof value);
}

}  // namespace

FileDescriptor listen_on(const std::string& address, std::uint16_t port) {
    boost::system::error_code invalid;
    const auto ip = boost::asio::ip::make_address(address, invalid);
    if (invalid)
        throw ServerError(fmt::format("[http] address is {}, which is no IPv4 or IPv6 address in digits", address));
    const tcp::endpoint endpoint{ip, port};
    FileDescriptor fd{::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    set(fd.get(), SOL_SOCKET, SO_REUSEADDR, 1);
    if (ip.is_v6()) set(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, 0);
    if (!fd || ::bind(fd.get(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0 ||
        ::listen(fd.get(), SOMAXCONN) != 0)
        throw ServerError(fmt::format("cannot listen on {}: {}", where(address, port), remedy(errno)));
    return fd;
}

std::uint16_t port_of(int listening_socket) {
    tcp::endpoint endpoint{tcp::v6(), 0};
    auto size = static_cast<socklen_t>(endpoint.capacity());
    int listening = 0;
    socklen_t length = sizeof listening;
    if (::getsockopt(listening_socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0 || listening == 0 ||
        ::getsockname(listening_socket, endpoint.data(), &size) != 0)
        throw ServerError("the socket that was handed over is no listening TCP socket (see parleyd.socket)");
    endpoint.resize(size);
    return endpoint.port();
}

}  // namespace parley
