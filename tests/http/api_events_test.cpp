// EventHub: framing, resuming, bounds, replacement, ends. The clock is turned by hand.
#include <cppunit/extensions/HelperMacros.h>

#include <map>

#include "http/api_school.h"
#include "http/event_frame.h"
#include "http/event_hub.h"

using namespace parley;

namespace {

const Identity ann{Role::parent, 1};
const Identity tess{Role::teacher, 2};
const AppointmentId call{17};

struct Hub {
    explicit Hub(EventLimits limits = {})
        : hub{clock, [this](Identity, const std::string& page, bool online) { online ? ++on[page] : ++off[page]; },
              limits} {}

    std::shared_ptr<EventSource> open(Identity identity, const std::string& page, const std::string& last_id = {},
                                      std::optional<AppointmentId> watched = {}) {
        auto opened = hub.open({identity, page, watched, last_id, "session", {}});
        CPPUNIT_ASSERT(opened);
        return *opened;
    }

    HandTurnedClock clock;
    std::map<std::string, int> on, off;
    EventHub hub;
};

PageEvent event(const std::string& text) {
    return {"changed", R"({"what":")" + text + R"("})"};
}

std::string drain(const std::shared_ptr<EventSource>& stream) {
    return ApiSchool::drain(*stream);
}

/// The names of the events in what was sent, joined by blanks.
std::string names(const std::string& sent) {
    std::string list;
    for (auto at = sent.find("event: "); at != std::string::npos; at = sent.find("event: ", at + 1)) {
        list += (list.empty() ? "" : " ") + sent.substr(at + 7, sent.find('\n', at) - at - 7);
    }
    return list;
}

std::string last_id(const std::string& sent) {
    const auto at = sent.rfind("id: ");
    return sent.substr(at + 4, sent.find('\n', at) - at - 4);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

class ApiEventsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiEventsTest);
    CPPUNIT_TEST(an_event_is_framed_as_the_standard_says);
    CPPUNIT_TEST(a_stream_begins_with_hello);
    CPPUNIT_TEST(events_go_to_a_page_an_identity_or_a_call);
    CPPUNIT_TEST(C4_a_page_that_comes_back_gets_what_it_missed);
    CPPUNIT_TEST(what_was_never_sent_comes_without_an_id_too);
    CPPUNIT_TEST(an_id_of_another_run_or_no_id_at_all_does_no_harm);
    CPPUNIT_TEST(an_event_waits_for_a_page_that_opens_a_moment_later);
    CPPUNIT_TEST(history_is_bounded_in_events_and_in_time);
    CPPUNIT_TEST(a_second_stream_of_a_page_replaces_the_first);
    CPPUNIT_TEST(a_page_belongs_to_who_opened_it_first);
    CPPUNIT_TEST(the_oldest_of_too_many_streams_ends);
    CPPUNIT_TEST(everybodys_streams_and_pages_are_bounded);
    CPPUNIT_TEST(a_stream_that_does_not_drain_is_cut_and_can_resume);
    CPPUNIT_TEST(all_streams_together_are_bounded);
    CPPUNIT_TEST(a_quiet_stream_is_kept_alive_and_an_old_one_ends);
    CPPUNIT_TEST(M8_the_end_comes_behind_what_was_published);
    CPPUNIT_TEST(signing_out_ends_one_sessions_pages_only);
    CPPUNIT_TEST(the_server_is_woken_and_never_after_it_closed);
    CPPUNIT_TEST(a_page_may_go_while_it_is_told_something);
    CPPUNIT_TEST_SUITE_END();

public:
    void an_event_is_framed_as_the_standard_says() {
        CPPUNIT_ASSERT_EQUAL(std::string{"id: x-1\nevent: queue\ndata: {}\n\n"}, frame_event("x-1", {"queue", "{}"}));
        CPPUNIT_ASSERT_EQUAL(std::string{"event: queue\ndata: a\ndata: b\ndata: \n\n"},
                             frame_event("", {"qu\neue", "a\r\nb\n"}));
    }

    void a_stream_begins_with_hello() {
        Hub box;
        const auto stream = *box.hub.open({ann, "p", call, {}, {}, {{"roster", "{}"}, {"clock", "{}"}}});
        const std::string sent = drain(stream);
        CPPUNIT_ASSERT_EQUAL(std::string{"hello roster clock"}, names(sent));
        CPPUNIT_ASSERT(has(sent, R"(data: {"now":"2026-11-23T17:00:00Z"})"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, stream->take(100));
        CPPUNIT_ASSERT(!stream->ended());
        CPPUNIT_ASSERT_EQUAL(1, box.on["p"]);
    }

    void events_go_to_a_page_an_identity_or_a_call() {
        Hub box;
        const auto one = box.open(ann, "one", {}, call);
        const auto two = box.open(ann, "two");
        const auto other = box.open(tess, "other", {}, call);
        for (const auto& stream : {one, two, other}) drain(stream);
        box.hub.to_page("one", event("a"));
        box.hub.to_identity(ann, event("b"));
        box.hub.to_call(call, event("c"));
        box.hub.to_call({18}, event("d"));
        box.hub.to_identity({Role::guest, 1}, event("e"));
        const std::string sent = drain(one);
        CPPUNIT_ASSERT(has(sent, "\"a\"") && has(sent, "\"b\"") && has(sent, "\"c\""));
        CPPUNIT_ASSERT(sent.find("\"a\"") < sent.find("\"b\"") && sent.find("\"b\"") < sent.find("\"c\""));
        CPPUNIT_ASSERT_EQUAL(std::string{"changed changed changed"}, names(sent));
        CPPUNIT_ASSERT(has(drain(two), "\"b\""));
        const std::string others = drain(other);
        CPPUNIT_ASSERT_EQUAL(std::string{"changed"}, names(others));
        CPPUNIT_ASSERT(has(others, "\"c\""));
    }

    void C4_a_page_that_comes_back_gets_what_it_missed() {
        Hub box;
        auto stream = box.open(ann, "p");
        box.hub.to_page("p", event("a"));
        const std::string id = last_id(drain(stream));
        box.hub.to_page("p", event("b"));
        drain(stream);
        stream->closed();
        CPPUNIT_ASSERT_EQUAL(1, box.off["p"]);
        box.hub.to_page("p", event("c"));
        stream = box.open(ann, "p", id);
        const std::string sent = drain(stream);
        CPPUNIT_ASSERT_EQUAL(std::string{"hello changed changed"}, names(sent));
        CPPUNIT_ASSERT(!has(sent, "\"a\"") && has(sent, "\"b\"") && has(sent, "\"c\""));
        stream->closed();
        CPPUNIT_ASSERT_EQUAL(std::string{"hello"}, names(drain(box.open(ann, "p", last_id(sent)))));
    }

    void what_was_never_sent_comes_without_an_id_too() {
        Hub box;
        auto stream = box.open(ann, "p");
        box.hub.to_page("p", event("a"));
        drain(stream);
        box.hub.to_page("p", event("b"));
        stream->closed();
        const std::string sent = drain(box.open(ann, "p"));
        CPPUNIT_ASSERT(!has(sent, "\"a\"") && has(sent, "\"b\""));
    }

    void an_id_of_another_run_or_no_id_at_all_does_no_harm() {
        Hub earlier, box;
        const std::string old_id = last_id(drain(earlier.open(ann, "p")));
        box.open(ann, "p")->closed();
        box.hub.to_page("p", event("a"));
        const std::string prefix = old_id.substr(0, old_id.find('-'));
        const std::string own = last_id(drain(box.open(ann, "other")));
        const std::string ours = own.substr(0, own.find('-') + 1);
        for (const auto& id :
             {old_id, prefix + "-99", std::string{"-"}, std::string{"x"}, ours, ours + "x", ours + "1x"}) {
            const auto stream = box.open(ann, "p", id);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(id, std::string{"hello changed"}, names(stream->take(100'000)));
            stream->closed();
            box.hub.to_page("p", event("a"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string{"hello"}, names(drain(box.open(ann, "p", ours + "18446744073709551615"))));
    }

    void an_event_waits_for_a_page_that_opens_a_moment_later() {
        Hub box;
        box.hub.to_page("p", event("a"));
        CPPUNIT_ASSERT(box.hub.is_free_for(tess, "p"));
        CPPUNIT_ASSERT_EQUAL(std::string{"hello changed"}, names(drain(box.open(ann, "p"))));
    }

    void history_is_bounded_in_events_and_in_time() {
        Hub box;
        const auto stream = box.open(ann, "p");
        const std::string id = last_id(drain(stream));
        stream->closed();
        for (int i = 0; i < 100; ++i) box.hub.to_page("p", event(std::to_string(i)));
        const auto again = box.open(ann, "p", id);
        const std::string sent = drain(again);
        CPPUNIT_ASSERT(!has(sent, "\"35\"") && has(sent, "\"36\"") && has(sent, "\"99\""));
        again->closed();
        box.clock.at += seconds{59};
        box.hub.tick();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, box.hub.page_count());
        box.clock.at += seconds{1};
        box.hub.tick();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, box.hub.page_count());
        CPPUNIT_ASSERT_EQUAL(std::string{"hello"}, names(drain(box.open(tess, "p", id))));
    }

    void a_second_stream_of_a_page_replaces_the_first() {
        Hub box;
        const auto first = box.open(ann, "p");
        const auto second = box.open(ann, "p");
        CPPUNIT_ASSERT(first->ended());
        first->closed();
        box.hub.to_page("p", event("a"));
        CPPUNIT_ASSERT_EQUAL(std::string{"hello changed"}, names(drain(second)));
        CPPUNIT_ASSERT_EQUAL(2, box.on["p"]);
        CPPUNIT_ASSERT_EQUAL(1, box.off["p"]);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, box.hub.stream_count());
    }

    void a_page_belongs_to_who_opened_it_first() {
        Hub box;
        const auto stream = box.open(ann, "p");
        CPPUNIT_ASSERT(box.hub.is_free_for(ann, "p") && !box.hub.is_free_for(tess, "p"));
        const auto refused = box.hub.open({tess, "p", {}, {}, {}, {}});
        CPPUNIT_ASSERT(!refused && refused.refusal() == Refusal::request_invalid);
        CPPUNIT_ASSERT(!stream->ended());
    }

    void the_oldest_of_too_many_streams_ends() {
        Hub box;
        std::vector<std::shared_ptr<EventSource>> streams;
        for (int i = 0; i < 40; ++i) {
            box.clock.at += milliseconds{1};
            streams.push_back(box.open(ann, "page " + std::to_string(i)));
        }
        for (std::size_t i = 0; i < 40; ++i) CPPUNIT_ASSERT_EQUAL(i < 8, streams[i]->ended());
        for (int i = 0; i < 200; ++i) box.open(ann, "more " + std::to_string(i));
        CPPUNIT_ASSERT(box.hub.page_count() <= 64);
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, box.hub.stream_count());
    }

    void everybodys_streams_and_pages_are_bounded() {
        EventLimits limits;
        limits.streams = 2;
        limits.pages = 3;
        Hub box{limits};
        box.open({Role::parent, 1}, "a");
        box.open({Role::parent, 2}, "b");
        const auto refused = box.hub.open({{Role::parent, 3}, "c", {}, {}, {}, {}});
        CPPUNIT_ASSERT(!refused && refused.refusal() == Refusal::box_full);
        for (int i = 0; i < 10; ++i) box.hub.to_page("unknown " + std::to_string(i), event("x"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, box.hub.page_count());
    }

    void a_stream_that_does_not_drain_is_cut_and_can_resume() {
        EventLimits limits;
        limits.stream_bytes = 1000;
        Hub box{limits};
        const auto stream = box.open(ann, "p");
        const std::string id = last_id(drain(stream));
        for (int i = 0; i < 50 && !stream->ended(); ++i) box.hub.to_page("p", event(std::to_string(i)));
        CPPUNIT_ASSERT(stream->ended());
        CPPUNIT_ASSERT_EQUAL(std::string{}, stream->take(1000));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, box.hub.queued_bytes());
        CPPUNIT_ASSERT_EQUAL(1, box.off["p"]);
        CPPUNIT_ASSERT(has(drain(box.open(ann, "p", id)), "\"0\""));
    }

    void all_streams_together_are_bounded() {
        EventLimits limits;
        limits.total_bytes = 1000;
        Hub box{limits};
        std::vector<std::shared_ptr<EventSource>> streams;
        for (int i = 0; i < 10; ++i) streams.push_back(box.open({Role::parent, i}, "p" + std::to_string(i)));
        for (int i = 0; i < 10; ++i) box.hub.to_page("p" + std::to_string(i), event(std::string(200, 'x')));
        CPPUNIT_ASSERT(box.hub.queued_bytes() <= 1000);
        CPPUNIT_ASSERT(box.hub.stream_count() < 10);
        streams.clear();
    }

    void a_quiet_stream_is_kept_alive_and_an_old_one_ends() {
        Hub box;
        const auto stream = box.open(ann, "p");
        drain(stream);
        box.clock.at += seconds{14};
        box.hub.tick();
        CPPUNIT_ASSERT_EQUAL(std::string{}, drain(stream));
        box.clock.at += seconds{1};
        box.hub.tick();
        CPPUNIT_ASSERT_EQUAL(std::string{":\n\n"}, drain(stream));
        box.hub.tick();
        CPPUNIT_ASSERT_EQUAL(std::string{}, drain(stream));
        box.clock.at += seconds{3600};
        box.hub.tick();
        CPPUNIT_ASSERT(stream->ended());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, box.hub.page_count());
    }

    void M8_the_end_comes_behind_what_was_published() {
        Hub box;
        const auto stream = box.open(ann, "p", {}, call);
        const auto other = box.open(tess, "q", {}, call);
        box.hub.to_page("p", {"removed", R"({"call":17})"});
        box.hub.end(ann);
        CPPUNIT_ASSERT(!stream->ended());
        CPPUNIT_ASSERT_EQUAL(std::string{"hello removed"}, names(drain(stream)));
        CPPUNIT_ASSERT(stream->ended());
        CPPUNIT_ASSERT_EQUAL(1, box.off["p"]);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, box.hub.page_count());
        CPPUNIT_ASSERT(!other->ended());
    }

    void signing_out_ends_one_sessions_pages_only() {
        Hub box;
        const auto phone = *box.hub.open({ann, "phone", {}, {}, "one", {}});
        const auto laptop = *box.hub.open({ann, "laptop", {}, {}, "two", {}});
        box.hub.sign_out_session(ann, "one");
        CPPUNIT_ASSERT_EQUAL(std::string{"hello signed_out"}, names(drain(phone)));
        CPPUNIT_ASSERT(phone->ended());
        CPPUNIT_ASSERT_EQUAL(std::string{"hello"}, names(drain(laptop)));
        box.hub.sign_out(ann);
        CPPUNIT_ASSERT_EQUAL(std::string{"signed_out"}, names(drain(laptop)));
        CPPUNIT_ASSERT(laptop->ended());
    }

    void the_server_is_woken_and_never_after_it_closed() {
        auto box = std::make_unique<Hub>();
        const auto stream = box->open(ann, "p");
        int woken = 0;
        stream->on_ready([&] { ++woken; });
        box->hub.to_page("p", event("a"));
        CPPUNIT_ASSERT_EQUAL(1, woken);
        stream->closed();
        box->hub.to_page("p", event("b"));
        CPPUNIT_ASSERT_EQUAL(1, woken);
        const auto survivor = box->open(ann, "p");
        survivor->on_ready([&] { ++woken; });
        box.reset();
        CPPUNIT_ASSERT(survivor->ended());
        CPPUNIT_ASSERT_EQUAL(2, woken);
        survivor->closed();
    }

    void a_page_may_go_while_it_is_told_something() {
        Hub box;
        const auto one = box.open(ann, "one", {}, call);
        const auto two = box.open(ann, "two", {}, call);
        one->on_ready([&] {
            two->closed();
            box.hub.end(ann);
        });
        box.hub.to_call(call, event("a"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, box.hub.page_count());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, box.hub.stream_count());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiEventsTest);
