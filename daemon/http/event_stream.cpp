#include "http/event_stream.h"

#include <algorithm>
#include <utility>

namespace parley {

EventStream::EventStream(std::size_t limit, std::shared_ptr<std::size_t> queued,
                         std::function<void(EventStream*)> on_closed)
    : limit_{limit}, queued_{std::move(queued)}, on_closed_{std::move(on_closed)} {}

EventStream::~EventStream() {
    drop_all();
}

bool EventStream::push(EventFrame frame) {
    if (ending_) return true;
    const std::size_t size = frame.text->size();
    if (bytes_ + size > limit_) return false;
    bytes_ += size;
    *queued_ += size;
    frames_.push_back(std::move(frame));
    wake();
    return true;
}

void EventStream::end() {
    if (std::exchange(ending_, true)) return;
    wake();
}

void EventStream::cut() {
    drop_all();
    ending_ = true;
    wake();
}

std::string EventStream::take(std::size_t max) {
    std::string taken;
    while (!frames_.empty() && taken.size() < max) {
        const std::string& text = *frames_.front().text;
        const std::size_t count = std::min(text.size() - offset_, max - taken.size());
        taken.append(text, offset_, count);
        offset_ += count;
        if (offset_ < text.size()) break;
        delivered_ = std::max(delivered_, frames_.front().number);
        frames_.pop_front();
        offset_ = 0;
    }
    forget_bytes(taken.size());
    return taken;
}

void EventStream::closed() {
    wake_ = nullptr;
    drop_all();
    ending_ = true;
    if (const auto tell = std::exchange(on_closed_, nullptr)) tell(this);
}

// A copy: whoever is woken may close the stream, and with it drop the function that is running.
void EventStream::wake() {
    if (const auto wake = wake_) wake();
}

void EventStream::drop_all() {
    frames_.clear();
    offset_ = 0;
    forget_bytes(bytes_);
}

void EventStream::forget_bytes(std::size_t count) {
    bytes_ -= count;
    *queued_ -= count;
}

}  // namespace parley
