#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/instant.h"
#include "domain/outcome.h"
#include "domain/page_events.h"
#include "http/event_page.h"
#include "http/exchange.h"

namespace parley {

struct EventLimits {
    std::size_t streams_per_identity = 32;   ///< the oldest ends when one more opens
    std::size_t streams = 4000;              ///< of everybody
    std::size_t pages = 8000;                ///< with a stream or just without one
    std::size_t history = 64;                ///< events of a page that can be had again
    std::size_t stream_bytes = 256 * 1024;   ///< waiting in one stream
    std::size_t total_bytes = 64 * 1048576;  ///< waiting in all of them
    seconds history_life{60};                ///< how long a page without a stream is remembered
    seconds keep_alive{15};
    seconds stream_life{3600};  ///< then it ends; the browser comes back and shows its session again
};

/// A page that asks for its stream.
struct StreamRequest {
    Identity identity;
    std::string page;                   ///< its random name
    std::optional<AppointmentId> call;  ///< the call it watches; the asker has checked that it may
    std::string last_event_id;          ///< as the browser sent it; empty on the first connection
    std::string session;                ///< which session asks, for `end_session`: any name, never the secret
    std::vector<PageEvent> opening;     ///< how things stand now: `roster` and `clock` of the call
};

/// Every open page's server-sent event stream (WHATWG HTML 9.2). Loop thread only.
///
/// A stream begins with `hello`, then what its page has missed (as far as its bounded history reaches), then `opening`:
/// a page that has missed too much is right again all the same. A stream that does not drain is ended; the browser
/// comes back and resumes. A page's name belongs to the identity that opened it first. Nothing is written to the disk:
/// ids carry the run's own random name, so that an id of an earlier run asks for nothing.
class EventHub final : public PageEvents {
public:
    /// A page's stream came or went: CallDesk::page_online and page_offline, through the composition root.
    using OnPage = std::function<void(Identity, const std::string& page, bool online)>;

    EventHub(const Clock&, OnPage, EventLimits);
    EventHub(const Clock& clock, OnPage on_page) : EventHub{clock, std::move(on_page), EventLimits{}} {}
    ~EventHub() override;
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;

    /// A second stream of the same page replaces the first one.
    /// Refuses: request_invalid (the page is somebody else's), box_full (too many streams).
    Outcome<std::shared_ptr<EventSource>> open(StreamRequest);
    /// Whether this identity may speak for the page: it is theirs, or nobody has opened it yet.
    [[nodiscard]] bool is_free_for(Identity, const std::string& page) const;

    void to_page(const std::string& page, const PageEvent&) override;
    void to_identity(Identity, const PageEvent&) override;
    void to_call(AppointmentId, const PageEvent&) override;
    void end(Identity) override;

    /// Tells every page of the identity `signed_out`, ends its streams behind that, and forgets its pages.
    void sign_out(Identity);
    /// The same for the pages of one session only.
    void sign_out_session(Identity, const std::string& session);

    /// Sends keep-alives, ends streams that are old, forgets pages that are gone. To be called about once a second.
    void tick();

    [[nodiscard]] std::size_t stream_count() const { return streams_; }
    [[nodiscard]] std::size_t page_count() const { return pages_.size(); }
    [[nodiscard]] std::size_t queued_bytes() const { return *queued_; }

private:
    using Pages = std::map<std::string, EventPage>;
    using Names = std::vector<std::string>;

    void claim(const std::string& name, EventPage&, const StreamRequest&);
    void start(const std::string& name, EventPage&, const StreamRequest&);
    void greet(EventPage&, const StreamRequest&);
    void publish(const std::string& name, const PageEvent&);
    void send(const std::string& name, EventPage&, EventFrame);
    void stop(const std::string& name, bool at_once);
    void stream_closed(const std::string& name, const EventStream*);
    void forget(const std::string& name);
    void unwatch(const std::string& name, EventPage&);
    void make_room_for(Identity);
    void drop_oldest_quiet(const Names&);
    void tick_page(const std::string& name, Instant now);
    void sign_out_pages(const Names&);
    [[nodiscard]] std::uint64_t resume_point(const EventPage&, const std::string& last_event_id) const;
    [[nodiscard]] std::string id_of(std::uint64_t number) const;
    [[nodiscard]] Names names_of(Identity) const;
    [[nodiscard]] Names all_names() const;

    const Clock& clock_;
    OnPage on_page_;
    EventLimits limits_;
    std::string run_;  ///< the part of every id that tells this run from others
    Pages pages_;
    std::map<Identity, std::set<std::string>> by_identity_;
    std::map<AppointmentId, std::set<std::string>> by_call_;
    std::shared_ptr<std::size_t> queued_{std::make_shared<std::size_t>(0)};
    std::size_t streams_{0};
};

}  // namespace parley
