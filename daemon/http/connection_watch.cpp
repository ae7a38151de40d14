#include "http/connection_watch.h"

#include <poll.h>
#include <sys/socket.h>

#include <utility>
#include <vector>

namespace parley {

ConnectionWatch::Connection* ConnectionWatch::add(int fd) {
    connections_.emplace_front();
    auto& connection = connections_.front();
    connection.fd = fd;
    connection.self = connections_.begin();
    receives(connection);
    return &connection;
}

void ConnectionWatch::remove(Connection* connection) {
    connections_.erase(connection->self);
}

void ConnectionWatch::sweep() {
    const auto now = Clock::now();
    std::vector<pollfd> sockets;
    std::vector<std::function<void()>> unread;
    for (auto& connection : connections_) {
        if (connection.deadline < now) ::shutdown(connection.fd, SHUT_RDWR);
        if (!connection.on_gone) continue;
        sockets.push_back({connection.fd, POLLRDHUP, 0});
        unread.push_back(connection.on_gone);
    }
    if (sockets.empty() || ::poll(sockets.data(), sockets.size(), 0) <= 0) return;
    for (std::size_t i = 0; i < sockets.size(); ++i)
        if (sockets[i].revents != 0) unread[i]();
}

}  // namespace parley
