#pragma once
#include <functional>
#include <thread>

struct _GMainContext;  // NOLINT(bugprone-reserved-identifier): the library\'s name

namespace parley::peer {

/// The thread that reads the packets of all proved connections of a call. One for all, because what arrives for one
/// goes out to the others: the room's lock is free and the code warm, and no packet waits for a thread of its own.
class WireReader {
public:
    WireReader();
    /// Every connection has been torn down before.
    ~WireReader();
    WireReader(const WireReader&) = delete;
    WireReader& operator=(const WireReader&) = delete;

    [[nodiscard]] _GMainContext* context() const { return context_; }
    /// Runs `task` between two packets and waits until it is done. Not on the reader's own thread.
    void run(const std::function<void()>& task);

private:
    _GMainContext* context_;
    std::jthread thread_;
};

}  // namespace parley::peer
