#pragma once
#include <chrono>
#include <functional>
#include <list>

#include "http/server_settings.h"

namespace parley {

/// What one connection does at the moment, and until when it may. libmicrohttpd's own timeout counts from the last
/// byte, so whoever sends one now and then would never be thrown out; these deadlines are for the whole step.
/// Loop thread only.
class ConnectionWatch {
public:
    using Clock = std::chrono::steady_clock;

    struct Connection {
        int fd{-1};
        Clock::time_point deadline;
        std::function<void()> on_gone;  ///< set while nobody reads the socket: the peer has closed it
        std::list<Connection>::iterator self;
        void* server{nullptr};
    };

    explicit ConnectionWatch(const ServerSettings& settings) : settings_{settings} {}

    /// A new connection: its first request may take `request_time`, the TLS handshake included.
    Connection* add(int fd);
    void remove(Connection*);

    void receives(Connection& c) const { c.deadline = Clock::now() + settings_.request_time; }
    void sends(Connection& c) const { c.deadline = Clock::now() + settings_.response_time; }
    void idles(Connection& c) const { c.deadline = Clock::now() + settings_.idle_time; }
    /// Something more is to be sent: what was begun before keeps its deadline, so that a peer that reads nothing does
    /// not win time with everything that is said to it.
    void sends_by(Connection& c) const {
        if (c.deadline == Clock::time_point::max()) sends(c);
    }
    /// While a handler thinks, and while an event stream has nothing to say.
    static void waits(Connection& c) { c.deadline = Clock::time_point::max(); }

    /// Shuts down the sockets whose deadline is over (libmicrohttpd notices and closes them), and tells `on_gone` of
    /// those whose peer has gone. To be called about once a second; costs one poll(2) for all of them.
    void sweep();

private:
    ServerSettings settings_;
    std::list<Connection> connections_;
};

}  // namespace parley
