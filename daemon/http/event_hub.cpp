#include "http/event_hub.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/crypto.h"
#include "http/event_frame.h"

namespace parley {

namespace {

/// True as well when the clock was set back: better early than never.
bool passed(Instant since, seconds span, Instant now) {
    return now < since || now - since >= span;
}

EventFrame unnumbered(std::string text) {
    return {0, std::make_shared<const std::string>(std::move(text))};
}

}  // namespace

EventHub::EventHub(const Clock& clock, OnPage on_page, EventLimits limits)
    : clock_{clock}, on_page_{std::move(on_page)}, limits_{limits}, run_{random_name().substr(0, 12)} {}

// The server may hold a stream a little longer than the hub lives.
EventHub::~EventHub() {
    for (auto& [name, page] : pages_) {
        if (!page.stream) continue;
        page.stream->detach();
        page.stream->cut();
    }
}

bool EventHub::is_free_for(Identity identity, const std::string& name) const {
    const auto found = pages_.find(name);
    return found == pages_.end() || !found->second.owner || *found->second.owner == identity;
}

Outcome<std::shared_ptr<EventSource>> EventHub::open(StreamRequest request) {
    if (!is_free_for(request.identity, request.page)) return Refusal::request_invalid;
    stop(request.page, true);
    make_room_for(request.identity);
    if (streams_ >= limits_.streams) return Refusal::box_full;
    EventPage& page = pages_[request.page];
    claim(request.page, page, request);
    start(request.page, page, request);
    const std::shared_ptr<EventSource> source = page.stream;
    on_page_(request.identity, request.page, true);
    return source;
}

void EventHub::claim(const std::string& name, EventPage& page, const StreamRequest& request) {
    unwatch(name, page);
    page.owner = request.identity;
    page.session = request.session;
    page.call = request.call;
    by_identity_[request.identity].insert(name);
    if (request.call) by_call_[*request.call].insert(name);
}

void EventHub::start(const std::string& name, EventPage& page, const StreamRequest& request) {
    page.stream = std::make_shared<EventStream>(
        limits_.stream_bytes, queued_, [this, name](const EventStream* stream) { stream_closed(name, stream); });
    page.opened_at = page.spoke_at = clock_.now();
    ++streams_;
    greet(page, request);
}

// `hello` carries the id that the rest follows, so that a connection that breaks right behind it loses nothing. What is
// missed comes before how things stand now: an old roster must not have the last word.
void EventHub::greet(EventPage& page, const StreamRequest& request) {
    const std::uint64_t seen = resume_point(page, request.last_event_id);
    const PageEvent hello{"hello", R"({"now":")" + to_text(clock_.now()) + R"("})"};
    page.stream->push(unnumbered(std::string{retry_frame} + frame_event(id_of(seen), hello)));
    for (const auto& frame : page.history) {
        if (frame.number > seen) page.stream->push(frame);
    }
    for (const auto& event : request.opening) page.stream->push(unnumbered(frame_event({}, event)));
}

// A page that names no event, or one of another run, gets what no stream of its has carried yet.
std::uint64_t EventHub::resume_point(const EventPage& page, const std::string& last_event_id) const {
    const std::string prefix = run_ + '-';
    if (last_event_id.size() <= prefix.size() || last_event_id.compare(0, prefix.size(), prefix) != 0) {
        return page.delivered;
    }
    std::uint64_t number = 0;
    const char* end = last_event_id.data() + last_event_id.size();
    const auto [stopped, error] = std::from_chars(last_event_id.data() + prefix.size(), end, number);
    if (error != std::errc{} || stopped != end) return page.delivered;
    return std::min(number, page.newest);
}

std::string EventHub::id_of(std::uint64_t number) const {
    return run_ + '-' + std::to_string(number);
}

void EventHub::to_page(const std::string& name, const PageEvent& event) {
    if (!pages_.contains(name)) {
        // Kept for a page whose stream is still on its way.
        if (pages_.size() >= limits_.pages) drop_oldest_quiet(all_names());
        if (pages_.size() >= limits_.pages) return;
        pages_[name].quiet_since = clock_.now();
    }
    publish(name, event);
}

// Names first, then one by one: a page that is told something may go, and take others with it.
void EventHub::to_identity(Identity identity, const PageEvent& event) {
    for (const auto& name : names_of(identity)) publish(name, event);
}

void EventHub::to_call(AppointmentId call, const PageEvent& event) {
    const auto found = by_call_.find(call);
    if (found == by_call_.end()) return;
    const Names names{found->second.begin(), found->second.end()};
    for (const auto& name : names) publish(name, event);
}

void EventHub::publish(const std::string& name, const PageEvent& event) {
    const auto found = pages_.find(name);
    if (found == pages_.end()) return;
    EventPage& page = found->second;
    const std::uint64_t number = ++page.newest;
    const EventFrame frame{number, std::make_shared<const std::string>(frame_event(id_of(number), event))};
    page.history.push_back(frame);
    if (page.history.size() > limits_.history) page.history.pop_front();
    send(name, page, frame);
}

void EventHub::send(const std::string& name, EventPage& page, EventFrame frame) {
    if (!page.stream) return;
    page.spoke_at = clock_.now();
    const bool fits = *queued_ + frame.text->size() <= limits_.total_bytes;
    const auto stream = page.stream;
    if (!fits || !stream->push(std::move(frame))) stop(name, true);
}

void EventHub::end(Identity identity) {
    for (const auto& name : names_of(identity)) {
        stop(name, false);
        forget(name);
    }
}

void EventHub::sign_out(Identity identity) {
    sign_out_pages(names_of(identity));
}

void EventHub::sign_out_session(Identity identity, const std::string& session) {
    Names names = names_of(identity);
    std::erase_if(names, [&](const auto& name) { return pages_.at(name).session != session; });
    sign_out_pages(names);
}

void EventHub::sign_out_pages(const Names& names) {
    for (const auto& name : names) {
        publish(name, {"signed_out", "{}"});
        stop(name, false);
        forget(name);
    }
}

void EventHub::stop(const std::string& name, bool at_once) {
    const auto found = pages_.find(name);
    if (found == pages_.end() || !found->second.stream) return;
    EventPage& page = found->second;
    const auto stream = std::exchange(page.stream, nullptr);
    page.delivered = std::max(page.delivered, stream->delivered());
    page.quiet_since = clock_.now();
    --streams_;
    stream->detach();
    const Identity owner = page.owner.value();
    if (at_once)
        stream->cut();
    else
        stream->end();
    on_page_(owner, name, false);
}

void EventHub::stream_closed(const std::string& name, const EventStream* stream) {
    const auto found = pages_.find(name);
    if (found != pages_.end() && found->second.stream.get() == stream) stop(name, true);
}

void EventHub::forget(const std::string& name) {
    const auto found = pages_.find(name);
    if (found == pages_.end()) return;
    unwatch(name, found->second);
    pages_.erase(found);
}

void EventHub::unwatch(const std::string& name, EventPage& page) {
    const auto take_out = [&name](auto& index, const auto& key) {
        const auto found = index.find(key);
        if (found == index.end()) return;
        found->second.erase(name);
        if (found->second.empty()) index.erase(found);
    };
    if (page.owner) take_out(by_identity_, *page.owner);
    if (page.call) take_out(by_call_, *page.call);
}

void EventHub::make_room_for(Identity identity) {
    Names open = names_of(identity);
    std::erase_if(open, [this](const auto& name) { return !pages_.at(name).stream; });
    if (open.size() >= limits_.streams_per_identity) {
        stop(*std::min_element(
                 open.begin(), open.end(),
                 [this](const auto& a, const auto& b) { return pages_.at(a).opened_at < pages_.at(b).opened_at; }),
             true);
    }
    if (const Names names = names_of(identity); names.size() >= 2 * limits_.streams_per_identity) {
        drop_oldest_quiet(names);
    }
    if (pages_.size() >= limits_.pages) drop_oldest_quiet(all_names());
}

void EventHub::drop_oldest_quiet(const Names& names) {
    const std::string* oldest = nullptr;
    for (const auto& name : names) {
        const EventPage& page = pages_.at(name);
        if (page.stream) continue;
        if (oldest == nullptr || page.quiet_since < pages_.at(*oldest).quiet_since) oldest = &name;
    }
    if (oldest != nullptr) forget(*oldest);
}

void EventHub::tick() {
    const Instant now = clock_.now();
    for (const auto& name : all_names()) tick_page(name, now);
}

void EventHub::tick_page(const std::string& name, Instant now) {
    const auto found = pages_.find(name);
    if (found == pages_.end()) return;
    EventPage& page = found->second;
    if (!page.stream) {
        if (passed(page.quiet_since, limits_.history_life, now)) forget(name);
    } else if (passed(page.opened_at, limits_.stream_life, now)) {
        stop(name, true);
    } else if (passed(page.spoke_at, limits_.keep_alive, now)) {
        send(name, page, unnumbered(std::string{keep_alive_frame}));
    }
}

EventHub::Names EventHub::names_of(Identity identity) const {
    const auto found = by_identity_.find(identity);
    if (found == by_identity_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

EventHub::Names EventHub::all_names() const {
    Names names;
    names.reserve(pages_.size());
    for (const auto& [name, page] : pages_) names.push_back(name);
    return names;
}

}  // namespace parley
