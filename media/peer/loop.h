#pragma once
#include <chrono>
#include <functional>
#include <memory>

struct _GMainContext;  // NOLINT(bugprone-reserved-identifier): the library\'s name
struct _GSource;       // NOLINT(bugprone-reserved-identifier): the library\'s name

namespace parley::peer {

/// Runs `task` on the loop of `context`, in the order of the calls. From any thread.
void post(_GMainContext* context, std::function<void()> task);

/// Calls `task` on the loop after `delay`, once or again and again, until it is destroyed (on the loop's thread).
class Timer {
public:
    enum class Kind { once, repeating };
    Timer() = default;
    Timer(_GMainContext* context, Kind kind, std::chrono::milliseconds delay, std::function<void()> task);

private:
    struct Destroy {
        void operator()(_GSource*) const;
    };
    std::unique_ptr<_GSource, Destroy> source_;
};

}  // namespace parley::peer
