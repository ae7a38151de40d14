#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"

namespace boost::asio {
class io_context;
}

namespace parley {

/// Lines over a stream socket, in both directions. Loop thread only.
class LineSocket {
public:
    struct Events {
        /// One line without its '\n'. False: it makes no sense, the socket is of no use any more.
        std::function<bool(std::string_view)> line;
        /// Closed by the other side, broken, a line longer than the protocol's longest, nonsense, or more unread than
        /// `most_unsent`. Once, the last event.
        std::function<void(const char* why)> ended;
    };
    static constexpr std::size_t most_unsent = std::size_t{4} << 20;

    LineSocket(boost::asio::io_context&, FileDescriptor, Events);
    /// Closes it; no event comes after.
    ~LineSocket();
    LineSocket(const LineSocket&) = delete;
    LineSocket& operator=(const LineSocket&) = delete;

    /// `line` with its '\n'. Never calls an event by itself.
    void send(std::string_view line);

private:
    class Connection;
    std::shared_ptr<Connection> connection_;
};

}  // namespace parley
