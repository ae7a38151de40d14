#include "calls/undertaker.h"

#include <poll.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace parley {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

/// True when it has ended before `deadline`.
bool wait_for_end(const Child& child, SteadyTime deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd waiting{child.ended.get(), POLLIN, 0};
    return poll(&waiting, 1, static_cast<int>(std::max<long>(0, left))) == 1;
}

}  // namespace

struct Undertaker::Grave {
    Grave(boost::asio::io_context& io, Child dead, Gone then)
        : child{std::move(dead)}, gone{std::move(then)}, ended{io, child.ended.get()}, patience{io} {}
    ~Grave() { ended.release(); }
    Grave(const Grave&) = delete;
    Grave& operator=(const Grave&) = delete;

    Child child;
    Gone gone;
    boost::asio::posix::stream_descriptor ended;  ///< borrows the child's descriptor
    boost::asio::steady_timer patience;
};

Undertaker::Undertaker(boost::asio::io_context& io) : io_{io} {}

Undertaker::~Undertaker() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{grace_seconds};
    for (const auto& grave : graves_) {
        if (!wait_for_end(grave->child, deadline)) kill_child(grave->child);
        // What was killed ends at once: a process in uninterruptible sleep is the kernel's to free.
        wait_for_end(grave->child, std::chrono::steady_clock::now() + std::chrono::seconds{1});
        reap(grave->child);
    }
}

void Undertaker::bury(Child child, How how, Gone gone) {
    if (how == How::at_once) kill_child(child);
    const auto grave = std::make_shared<Grave>(io_, std::move(child), std::move(gone));
    graves_.push_back(grave);
    const std::weak_ptr weak{grave};
    grave->ended.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this, weak](const auto& error) {
        if (const auto it = weak.lock(); it && !error) close(*it);
    });
    grave->patience.expires_after(std::chrono::seconds{grace_seconds});
    grave->patience.async_wait([weak](const auto& error) {
        if (const auto it = weak.lock(); it && !error) kill_child(it->child);
    });
}

void Undertaker::close(Grave& grave) {
    const auto how = reap(grave.child);
    const auto gone = std::move(grave.gone);
    graves_.remove_if([&](const auto& each) { return each.get() == &grave; });
    if (gone) gone(how.value_or(""));
}

}  // namespace parley
