#include "calls/spare_process.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace parley {
namespace {

using namespace std::chrono_literals;

constexpr auto shortest_pause = 250ms;
constexpr auto longest_pause = 10'000ms;

}  // namespace

class SpareProcess::Nursery : public std::enable_shared_from_this<Nursery> {
public:
    Nursery(boost::asio::io_context& io, Undertaker& undertaker, Log& log, std::string program,
            std::function<void()> ready)
        : io_{io},
          undertaker_{undertaker},
          log_{log},
          program_{std::move(program)},
          tell_ready_{std::move(ready)},
          pause_{io} {}

    void start() {
        const std::weak_ptr weak{shared_from_this()};
        process_ = std::make_unique<CallProcess>(io_, undertaker_, program_,
                                                 CallProcess::Events{[weak](const media::FromCall& message) {
                                                                         if (const auto self = weak.lock())
                                                                             self->said(message);
                                                                     },
                                                                     [weak](const std::string& why) {
                                                                         if (const auto self = weak.lock())
                                                                             self->failed(why);
                                                                     }});
    }

    std::unique_ptr<CallProcess> take() {
        if (!ready_) return nullptr;
        ready_ = false;
        next_pause_ = shortest_pause;
        auto taken = std::move(process_);
        try_to_start();
        return taken;
    }

    void stop() {
        tell_ready_ = {};
        pause_.cancel();
        process_.reset();
    }
    [[nodiscard]] bool ready() const { return ready_; }
    [[nodiscard]] int pid() const { return process_ ? process_->pid() : 0; }

private:
    void said(const media::FromCall& message) {
        if (const auto* unfit = std::get_if<media::Unfit>(&message)) {
            log_.write(Severity::error, fmt::format("calls cannot work on this machine: {}", unfit->sentence));
        }
        if (std::holds_alternative<media::Ready>(message)) {
            ready_ = true;
            if (tell_ready_) tell_ready_();
        }
    }

    void failed(const std::string& why) {
        process_.reset();
        ready_ = false;
        log_.write(Severity::warning, fmt::format("the spare call process ended ({}); another is started", why));
        try_again_later();
    }

    void try_to_start() {
        try {
            start();
        } catch (const std::exception& error) {
            log_.write(Severity::error, error.what());
            try_again_later();
        }
    }

    void try_again_later() {
        pause_.expires_after(next_pause_);
        next_pause_ = std::min<std::chrono::milliseconds>(next_pause_ * 2, longest_pause);
        pause_.async_wait([weak = weak_from_this()](const auto& error) {
            if (const auto self = weak.lock(); self && !error && self->tell_ready_) self->try_to_start();
        });
    }

    boost::asio::io_context& io_;
    Undertaker& undertaker_;
    Log& log_;
    std::string program_;
    std::function<void()> tell_ready_;
    boost::asio::steady_timer pause_;
    std::chrono::milliseconds next_pause_{shortest_pause};
    std::unique_ptr<CallProcess> process_;
    bool ready_{false};
};

SpareProcess::SpareProcess(boost::asio::io_context& io, Undertaker& undertaker, Log& log, std::string program,
                           std::function<void()> ready)
    : nursery_{std::make_shared<Nursery>(io, undertaker, log, std::move(program), std::move(ready))} {
    nursery_->start();
}

SpareProcess::~SpareProcess() {
    nursery_->stop();
}

std::unique_ptr<CallProcess> SpareProcess::take() {
    return nursery_->take();
}

bool SpareProcess::ready() const {
    return nursery_->ready();
}

int SpareProcess::pid() const {
    return nursery_->pid();
}

}  // namespace parley
