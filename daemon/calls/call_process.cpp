#include "calls/call_process.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <utility>

#include "calls/child.h"
#include "calls/line_socket.h"
#include "calls/undertaker.h"

namespace parley {

class CallProcess::Life : public std::enable_shared_from_this<Life> {
public:
    Life(boost::asio::io_context& io, Undertaker& undertaker, Events events)
        : io_{io}, undertaker_{undertaker}, events_{std::move(events)}, patience_{io} {}

    void start(const std::string& program) {
        auto started = start_child(program);
        child_ = std::move(started.child);
        pid_ = child_->pid;
        const std::weak_ptr weak{shared_from_this()};
        line_.emplace(io_, std::move(started.line),
                      LineSocket::Events{[weak](std::string_view line) {
                                             const auto self = weak.lock();
                                             return self && self->take(line);
                                         },
                                         [weak](const char* why) {
                                             if (const auto self = weak.lock()) self->over(why);
                                         }});
        watch(std::chrono::seconds{start_time_seconds}, "it was not ready in time");
    }

    void finish(std::function<void()> gone) {
        patience_.cancel();
        line_.reset();
        events_ = {};
        gone_ = std::move(gone);
        if (child_) bury(Undertaker::How::kindly, "");
        if (reaped_ && gone_) std::exchange(gone_, {})();
    }

    void send(const media::ToCall& message) {
        if (line_) line_->send(media::encode(message));
    }
    void set_events(Events events) { events_ = std::move(events); }
    [[nodiscard]] int pid() const { return pid_; }

private:
    bool take(std::string_view line) {
        if (!child_) return false;
        const auto message = media::decode_from_call(line);
        if (!message) return false;
        ready_ = ready_ || std::holds_alternative<media::Ready>(*message);
        if (ready_) watch(std::chrono::seconds{silence_seconds}, "it was silent for too long");
        // What is told may end this process's owner's interest in it, and replace the events.
        const auto said = events_.said;
        if (said) said(*message);
        return true;
    }

    /// The last second is counted by itself: after a pause of this whole machine or of our loop, what the process has
    /// said meanwhile is read before it is judged.
    void watch(std::chrono::seconds time, const char* complaint, bool last_second = false) {
        patience_.expires_after(last_second ? std::chrono::seconds{1} : time - std::chrono::seconds{1});
        patience_.async_wait([weak = weak_from_this(), time, complaint, last_second](const auto& error) {
            const auto self = weak.lock();
            if (!self || error) return;
            if (last_second) return self->over(complaint);
            self->watch(time, complaint, true);
        });
    }

    /// Of no use from here on, alive or not.
    void over(const char* why) {
        patience_.cancel();
        if (child_) bury(Undertaker::How::at_once, why);
    }

    void bury(Undertaker::How how, std::string why) {
        auto child = std::move(*child_);
        child_.reset();
        undertaker_.bury(std::move(child), how,
                         [self = shared_from_this(), why = std::move(why)](const std::string& how) {
                             self->tell_end(why + ", " + how);
                         });
    }

    void tell_end(const std::string& why) {
        reaped_ = true;
        const auto ended = std::exchange(events_, {}).ended;
        const auto gone = std::exchange(gone_, {});
        if (ended) ended(why);
        if (gone) gone();
    }

    boost::asio::io_context& io_;
    Undertaker& undertaker_;
    Events events_;
    boost::asio::steady_timer patience_;
    std::optional<Child> child_;
    std::optional<LineSocket> line_;
    int pid_{};
    bool ready_{false};
    bool reaped_{false};
    std::function<void()> gone_;
};

CallProcess::CallProcess(boost::asio::io_context& io, Undertaker& undertaker, const std::string& program, Events events)
    : life_{std::make_shared<Life>(io, undertaker, std::move(events))} {
    life_->start(program);
}

CallProcess::~CallProcess() {
    life_->finish(std::move(gone_));
}

void CallProcess::set_events(Events events) {
    life_->set_events(std::move(events));
}

void CallProcess::send(const media::ToCall& message) {
    life_->send(message);
}

int CallProcess::pid() const {
    return life_->pid();
}

}  // namespace parley
