#include "calls/undertaker.h"

#include <poll.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace parley {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

void wait_for_end(const Child& child, SteadyTime deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd waiting{child.ended.get(), POLLIN, 0};
    poll(&waiting, 1, static_cast<int>(std::max<long>(0, left)));
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
    wait_for_all(grace_seconds);
    for (const auto& grave : graves_) kill_child(grave->child);
    // A process in uninterruptible sleep is the kernel's to free.
    wait_for_all(killed_seconds);
    for (const auto& grave : graves_) reap(grave->child);
}

void Undertaker::wait_for_all(int at_most_seconds) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{at_most_seconds};
    for (const auto& grave : graves_) wait_for_end(grave->child, deadline);
}

void Undertaker::bury(Child child, How how, Gone gone) {
    if (how == How::at_once) kill_child(child);
    const auto grave = std::make_shared<Grave>(io_, std::move(child), std::move(gone));
    graves_.push_back(grave);
    watch(grave);
    grave->patience.expires_after(std::chrono::seconds{grace_seconds});
    grave->patience.async_wait([weak = std::weak_ptr{grave}](const auto& error) {
        if (const auto it = weak.lock(); it && !error) kill_child(it->child);
    });
}

void Undertaker::watch(const std::shared_ptr<Grave>& grave) {
    grave->ended.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                            [this, weak = std::weak_ptr{grave}](const auto& error) {
                                if (const auto it = weak.lock(); it && !error) look(it);
                            });
}

/// Asio may call too early: what was ready of a descriptor closed in the same turn counts for the one that took its
/// place.
void Undertaker::look(const std::shared_ptr<Grave>& grave) {
    const auto how = reap(grave->child);
    if (!how) return watch(grave);
    graves_.remove(grave);
    if (grave->gone) grave->gone(*how);
}

}  // namespace parley
