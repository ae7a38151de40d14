#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace parley {

/// Where the HTTPS server listens, what it serves, and its bounds.
struct ServerSettings {
    std::string address{"127.0.0.1"};  ///< numeric, IPv4 or IPv6; "::" takes both
    std::uint16_t port{8443};          ///< 0: any free one, told by Server::port
    int listen_fd{-1};             ///< a listening socket that systemd handed over; address and port are then unused
    std::string certificate_file;  ///< PEM, the server's own certificate first
    std::string key_file;          ///< PEM
    std::string web_root;          ///< the built pages; read once, at the start

    unsigned max_connections{4000};              ///< more are refused by closing them
    unsigned max_connections_per_address{1000};  ///< a whole school may stand behind one address
    std::size_t max_body{std::size_t{1} << 20U};
    std::size_t small_body{std::size_t{32} << 10U};  ///< always taken; what is beyond counts towards `max_bodies`
    std::size_t max_bodies{std::size_t{64} << 20U};  ///< of all requests together; more is answered with 503
    std::size_t connection_memory{std::size_t{32} << 10U};  ///< bytes for request head and write buffer; 431 beyond
    std::chrono::seconds request_time{15};                  ///< from the first byte to the last one of a request
    std::chrono::seconds response_time{120};                ///< for a whole answer, or all that waits in a stream
    std::chrono::seconds idle_time{75};                     ///< between two requests of a connection
};

}  // namespace parley
