#pragma once
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <string>

namespace parley {

/// What systemd is told and asked (sd_notify(3), sd_watchdog_enabled(3), sd_listen_fds(3)). Without systemd all of it
/// does nothing. Loop thread only.
class ServiceManager {
public:
    /// `status`: one line, asked for with every sign of life.
    ServiceManager(boost::asio::io_context&, std::function<std::string()> status);

    /// The listening socket that systemd handed over; -1 when there is none. Throws StartError when there are several.
    static int listening_socket();

    /// From now on a watchdog gets its sign of life from the loop: when that hangs, systemd restarts the box.
    void ready();
    static void reloading();
    static void reloaded();
    static void stopping();

private:
    void sign_of_life();

    boost::asio::steady_timer timer_;
    std::function<std::string()> status_;
};

}  // namespace parley
