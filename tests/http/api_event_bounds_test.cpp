// EventHub: every stream, page and history is bounded, in count, bytes and time.
#include <cppunit/extensions/HelperMacros.h>

#include "http/api_event_hub.h"

using namespace parley;
using namespace parley::hub_test;

class ApiEventBoundsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiEventBoundsTest);
    CPPUNIT_TEST(history_is_bounded_in_events_and_in_time);
    CPPUNIT_TEST(the_oldest_of_too_many_streams_ends);
    CPPUNIT_TEST(everybodys_streams_and_pages_are_bounded);
    CPPUNIT_TEST(a_stream_that_does_not_drain_is_cut_and_can_resume);
    CPPUNIT_TEST(all_streams_together_are_bounded);
    CPPUNIT_TEST(a_quiet_stream_is_kept_alive_and_an_old_one_ends);
    CPPUNIT_TEST_SUITE_END();

public:
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
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiEventBoundsTest);
