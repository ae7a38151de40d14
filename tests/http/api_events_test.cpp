// EventHub: framing, resuming, replacement, ends.
#include <cppunit/extensions/HelperMacros.h>

#include "http/api_event_hub.h"
#include "http/event_frame.h"

using namespace parley;
using namespace parley::hub_test;

class ApiEventsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiEventsTest);
    CPPUNIT_TEST(an_event_is_framed_as_the_standard_says);
    CPPUNIT_TEST(a_stream_begins_with_hello);
    CPPUNIT_TEST(events_go_to_a_page_an_identity_or_a_call);
    CPPUNIT_TEST(C4_a_page_that_comes_back_gets_what_it_missed);
    CPPUNIT_TEST(what_was_never_sent_comes_without_an_id_too);
    CPPUNIT_TEST(an_id_of_another_run_or_no_id_at_all_does_no_harm);
    CPPUNIT_TEST(an_event_waits_for_a_page_that_opens_a_moment_later);
    CPPUNIT_TEST(a_second_stream_of_a_page_replaces_the_first);
    CPPUNIT_TEST(a_page_belongs_to_who_opened_it_first);
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
