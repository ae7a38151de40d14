#include "call/reaper.h"

namespace parley::call {

Reaper::Reaper() : thread_{[this](const std::stop_token& stop) { work(stop); }} {}

Reaper::~Reaper() {
    thread_.request_stop();
    thread_.join();
}

void Reaper::bury(std::function<void()> farewell) {
    const std::lock_guard lock{mutex_};
    waiting_.push_back(std::move(farewell));
    changed_.notify_all();
}

bool Reaper::wait_idle(std::chrono::milliseconds at_most) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, at_most, [this] { return waiting_.empty() && !busy_; });
}

void Reaper::work(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
        auto farewell = std::move(waiting_.front());
        waiting_.pop_front();
        busy_ = true;
        lock.unlock();
        farewell();
        farewell = nullptr;
        lock.lock();
        busy_ = false;
        changed_.notify_all();
    }
}

}  // namespace parley::call
