#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "http/exchange.h"

namespace parley {

/// One event in its line format, shared by the history of its page and the stream that carries it. `number` counts the
/// page's events from 1; 0 is for what cannot be asked for again (greetings, keep-alives).
struct EventFrame {
    std::uint64_t number{};
    std::shared_ptr<const std::string> text;
};

/// What waits for one browser: a bounded queue of frames. Loop thread only.
class EventStream final : public EventSource {
public:
    /// `queued` sums the bytes that wait in all streams of the hub. `on_closed` is called when the server has lost the
    /// connection, unless `detach` came first.
    EventStream(std::size_t limit, std::shared_ptr<std::size_t> queued, std::function<void(EventStream*)> on_closed);
    ~EventStream() override;
    EventStream(const EventStream&) = delete;
    EventStream& operator=(const EventStream&) = delete;

    /// False when it does not fit: the browser does not keep up, and the stream is to be cut.
    bool push(EventFrame);
    /// Ends behind what waits.
    void end();
    /// Ends at once; what waits is dropped.
    void cut();
    /// `on_closed` is never called again.
    void detach() { on_closed_ = nullptr; }
    /// The number of the newest event that was handed to the server whole.
    [[nodiscard]] std::uint64_t delivered() const { return delivered_; }

    std::string take(std::size_t max) override;
    [[nodiscard]] bool ended() const override { return ending_ && frames_.empty(); }
    void on_ready(std::function<void()> wake) override { wake_ = std::move(wake); }
    void closed() override;

private:
    void wake();
    void drop_all();
    void forget_bytes(std::size_t count);

    std::size_t limit_;
    std::shared_ptr<std::size_t> queued_;
    std::function<void(EventStream*)> on_closed_;
    std::function<void()> wake_;
    std::deque<EventFrame> frames_;
    std::size_t offset_{0};  ///< how much of the first frame is gone
    std::size_t bytes_{0};
    std::uint64_t delivered_{0};
    bool ending_{false};
};

}  // namespace parley
