#pragma once
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

struct MHD_Daemon;

namespace parley {

/// Runs a libmicrohttpd daemon that has no thread of its own (MHD_USE_EPOLL) inside an Asio loop: whenever its epoll
/// descriptor is ready, or its next timeout is due. Calls `every_second` besides. Loop thread only.
class MhdLoop {
public:
    MhdLoop(boost::asio::io_context&, MHD_Daemon*, std::function<void()> every_second);
    ~MhdLoop();
    MhdLoop(const MhdLoop&) = delete;
    MhdLoop& operator=(const MhdLoop&) = delete;

    /// To be called when a connection was resumed: without a thread of its own the daemon does not wake by itself.
    void run_soon();

private:
    [[nodiscard]] std::function<bool()> alive() const;
    void wait();
    void run();
    void wait_until_due();
    void tick();

    MHD_Daemon* daemon_;
    std::function<void()> every_second_;
    boost::asio::posix::stream_descriptor epoll_;
    boost::asio::steady_timer due_;
    boost::asio::steady_timer second_;
    std::shared_ptr<int> life_{std::make_shared<int>()};
};

}  // namespace parley
