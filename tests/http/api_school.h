#pragma once
#include <boost/json/value.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/log.h"
#include "domain/call_desk.h"
#include "http/api.h"
#include "http/event_hub.h"
#include "support/small_school.h"

namespace parley {

class HandTurnedClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return at; }
    Instant at{SmallSchool::at(17, 0)};
};

class KeptLog final : public Log {
public:
    void write(Severity severity, std::string_view sentence) override {
        lines.push_back({severity, std::string{sentence}});
    }
    struct Line {
        Severity severity;
        std::string text;
    };
    std::vector<Line> lines;
};

/// Says who asked the calls for what, and seats everybody: what the API may ask is the matter here, not how seats work.
class RecordingDesk final : public CallDesk {
public:
    void claim(SeatClaim claim, std::function<void(Outcome<ClaimAnswer>)> done) override;
    Outcome<Done> answer(Identity, const std::string& seat, std::string sdp) override;
    Outcome<Done> add_candidates(Identity, const std::string& seat, std::vector<RemoteCandidate>) override;
    Outcome<Done> set_status(Identity, const std::string& seat, SeatStatus) override;
    Outcome<Done> leave(Identity, const std::string& seat) override;
    void stop_waiting(AppointmentId, Identity) override;
    void put_out(Identity) override;
    void close_call(AppointmentId) override;
    [[nodiscard]] Roster roster(AppointmentId) const override;
    void page_online(Identity, const std::string& page) override;
    void page_offline(Identity, const std::string& page) override;

    static std::string seat_of(Identity);  ///< 32 hex digits
    std::vector<std::string> asked;        ///< "put_out guest 1", "close_call 2", ...
    std::function<Outcome<ClaimAnswer>(const SeatClaim&)> on_claim;
    std::vector<SeatClaim> claims;
    std::vector<RemoteCandidate> candidates;

private:
    Outcome<Done> note(const char* what, Identity, const std::string& seat);
};

/// One answer, with its JSON read.
struct TestAnswer {
    int status{};
    Response response;
    boost::json::value body;
    std::shared_ptr<EventSource> stream;

    [[nodiscard]] std::string header(const std::string& name) const;
    [[nodiscard]] std::string error() const;  ///< the Error's name; empty for a success
    [[nodiscard]] std::string field_error(const std::string& field) const;
    [[nodiscard]] const boost::json::value& at(std::string_view pointer) const;  ///< RFC 6901
    [[nodiscard]] std::string text(std::string_view pointer) const;
    [[nodiscard]] std::int64_t number(std::string_view pointer) const;
};

/// The API over a small school's real store. The test's thread is the loop: what the store posts runs inside `ask`.
class ApiSchool {
public:
    explicit ApiSchool(Store::Limits limits = {}, ApiSettings settings = {});

    /// As the box's own page with this session would; an empty session is nobody.
    TestAnswer ask(const Secret& session, const std::string& method, const std::string& path,
                   const std::string& body = {});
    /// As it is.
    TestAnswer send(Request);
    [[nodiscard]] static Request request(const Secret& session, const std::string& method, const std::string& path,
                                         const std::string& body = {});

    /// Exchanges a link's token over the API.
    Secret open(const Secret& link);
    Secret link_of(PersonId);
    Secret session_of(PersonId person) { return open(link_of(person)); }
    /// Runs until everything that was written by now has been answered.
    void settle();
    [[nodiscard]] std::string path(const char* before, std::int64_t id, const char* after = "") const;
    [[nodiscard]] std::string evening_path(const char* what) const {
        return path("/evenings/", school.evening.value, what);
    }
    /// What a stream has for its page by now.
    static std::string drain(EventSource&);

private:
    struct Jobs {
        void push(std::function<void()>);
        void run_one();
        std::mutex mutex;
        std::condition_variable filled;
        std::deque<std::function<void()>> queue;
    };
    Jobs jobs_;

public:
    SmallSchool school;
    HandTurnedClock clock;
    KeptLog log;
    RecordingDesk desk;
    EventHub events;
    int mails_queued{0};
    Api api;
};

}  // namespace parley
