#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace parley::call {

/// Does slow farewells (tearing a webrtcbin down takes up to half a second) one after the other on a thread of its own.
/// How many can wait is bounded by the port slice: a connection keeps its port until its farewell is done.
class Reaper {
public:
    Reaper();
    ~Reaper();

    void bury(std::function<void()> farewell);
    /// Waits until everything is buried, at most so long.
    bool wait_idle(std::chrono::milliseconds at_most);

private:
    void work(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::function<void()>> waiting_;
    bool busy_{};
    std::jthread thread_;
};

}  // namespace parley::call
