#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "http/server_settings.h"

namespace boost::asio {
class io_context;
}

namespace parley {

class RequestHandler;

/// Why the server cannot start: one sentence for whoever starts it.
class ServerError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The HTTPS server (HTTP/1.1, RFC 9112; TLS 1.2 and 1.3): requests under /api/ go to the handler, everything else is
/// answered from the built pages. libmicrohttpd runs inside the loop through its epoll descriptor (DESIGN.md).
/// Loop thread only. The process must ignore SIGPIPE.
class Server {
public:
    /// Listens at once. Throws ServerError.
    Server(boost::asio::io_context&, ServerSettings, RequestHandler&);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Reads certificate and key again; connections that are open keep theirs. On failure the old ones stay in use and
    /// the reason is returned.
    std::optional<std::string> reload_certificate();
    /// Ends every connection and event stream and lets go of the port. May be called twice.
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace parley
