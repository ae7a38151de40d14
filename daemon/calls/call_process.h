#pragma once
#include <functional>
#include <memory>
#include <string>

#include "media/protocol.h"

namespace boost::asio {
class io_context;
}

namespace parley {

class Undertaker;

/// One parley-call process: started, spoken to in the protocol's messages, watched, and ended. Loop thread only.
/// It is killed when it says what is no message, is not ready within `start_time`, or then is silent for longer than
/// `silence` (a healthy one says Heartbeat each second).
class CallProcess {
public:
    static constexpr int start_time_seconds = 30;
    static constexpr int silence_seconds = 5;
    struct Events {
        std::function<void(const media::FromCall&)> said;  ///< Ready and Heartbeat included
        /// Ended by itself or killed for the reason given, as in "it closed its line, signal 11"; reaped by now. Once,
        /// the last event.
        std::function<void(const std::string& why)> ended;
    };

    /// Throws std::system_error that names `program` when it cannot be started. `undertaker` outlives this.
    CallProcess(boost::asio::io_context&, Undertaker& undertaker, const std::string& program, Events);
    /// Ends it kindly: its line is closed, the undertaker sees to the rest. No event comes after.
    ~CallProcess();
    CallProcess(const CallProcess&) = delete;
    CallProcess& operator=(const CallProcess&) = delete;

    /// Whoever takes over a process that was started by somebody else.
    void set_events(Events);
    void send(const media::ToCall&);
    /// Called on the loop once this object has ended and the process is reaped: its ports are free then.
    void when_gone(std::function<void()> gone) { gone_ = std::move(gone); }
    [[nodiscard]] int pid() const;

private:
    class Life;
    std::shared_ptr<Life> life_;
    std::function<void()> gone_;
};

}  // namespace parley
