#include "http/mhd_loop.h"

#include <microhttpd.h>

#include <chrono>
#include <utility>

namespace parley {

namespace {

int epoll_of(MHD_Daemon* daemon) {
    return MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

}  // namespace

MhdLoop::MhdLoop(boost::asio::io_context& loop, MHD_Daemon* daemon, std::function<void()> every_second)
    : daemon_{daemon},
      every_second_{std::move(every_second)},
      epoll_{loop, epoll_of(daemon)},
      due_{loop},
      second_{loop} {
    wait();
    tick();
}

MhdLoop::~MhdLoop() {
    epoll_.release();
}  // it is the daemon's

/// A handler that the loop has queued already is not called off by cancelling: it asks whether there is still somebody.
std::function<bool()> MhdLoop::alive() const {
    return [life = std::weak_ptr{life_}] { return !life.expired(); };
}

void MhdLoop::wait() {
    epoll_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                      [this, alive = alive()](boost::system::error_code error) {
                          if (error || !alive()) return;
                          run();
                          wait();
                      });
}

void MhdLoop::run_soon() {
    due_.expires_after(std::chrono::milliseconds{0});
    wait_until_due();
}

void MhdLoop::run() {
    MHD_run(daemon_);
    MHD_UNSIGNED_LONG_LONG milliseconds = 0;
    if (MHD_get_timeout(daemon_, &milliseconds) != MHD_YES) {
        due_.cancel();
        return;
    }
    due_.expires_after(std::chrono::milliseconds{milliseconds});
    wait_until_due();
}

void MhdLoop::wait_until_due() {
    due_.async_wait([this, alive = alive()](boost::system::error_code error) {
        if (!error && alive()) run();
    });
}

void MhdLoop::tick() {
    second_.expires_after(std::chrono::seconds{1});
    second_.async_wait([this, alive = alive()](boost::system::error_code error) {
        if (error || !alive()) return;
        every_second_();
        tick();
    });
}

}  // namespace parley
