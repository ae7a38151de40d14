#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "media/protocol.h"

struct _GMainContext;  // NOLINT(bugprone-reserved-identifier): the library\'s name
struct _GSource;       // NOLINT(bugprone-reserved-identifier): the library\'s name

namespace parley::call {

/// The line to parleyd: a stream socket with one JSON message a line. Everything on the loop's thread. Owns the
/// descriptor.
class ControlChannel {
public:
    struct Events {
        std::function<void(const media::ToCall&)> message;
        /// The other side is gone, said something that is no message, or has not read for too long. Once, the last
        /// event.
        std::function<void()> ended;
    };
    ControlChannel(_GMainContext* loop, int fd, Events events);
    ~ControlChannel();
    ControlChannel(const ControlChannel&) = delete;
    ControlChannel& operator=(const ControlChannel&) = delete;

    /// Keeps at most 4 MiB for a reader that is slow or being restarted; then the channel ends.
    void send(const media::FromCall&);

private:
    struct Destroy {
        void operator()(_GSource*) const;
    };
    using Watch = std::unique_ptr<_GSource, Destroy>;

    Watch watch(int condition, bool (ControlChannel::*ready)());
    bool readable();
    bool writable();
    bool take_lines();
    void write_some();
    void end();

    _GMainContext* loop_;
    int fd_;
    Events events_;
    std::string received_;
    std::string unsent_;
    bool ended_{};
    Watch reading_;
    Watch writing_;
};

}  // namespace parley::call
