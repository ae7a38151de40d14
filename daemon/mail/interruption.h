#pragma once
#include <chrono>
#include <mutex>
#include <optional>

namespace parley {

/// Lets one thread end what another waits for on a socket. Thread-safe.
class Interruption {
public:
    /// From now on the watched socket is shut down, so that every wait on it ends; unless it is held (see below).
    void ask();
    [[nodiscard]] bool asked() const;

    /// The socket in use; it must be forgotten before it is closed. Shut down at once when already asked.
    void watch(int fd);
    void forget();

    /// Between the end of a message and the server's answer the mail is neither sent nor not: asking then leaves the
    /// connection alone, and the waiting thread looks at `overdue` instead.
    void hold(bool);
    /// It was asked so long ago that even a held connection is to be given up.
    [[nodiscard]] bool overdue() const;

private:
    mutable std::mutex mutex_;
    int fd_{-1};
    bool held_{};
    std::optional<std::chrono::steady_clock::time_point> asked_at_;
};

}  // namespace parley
