#include "calls/event_json.h"

#include <cppunit/extensions/HelperMacros.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <string>

using namespace parley;

/// What calls send to pages is what both sides read in tests/golden/events.jsonl.
class EventJsonTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EventJsonTest);
    CPPUNIT_TEST(every_event_of_a_call_is_as_the_golden_file_has_it);
    CPPUNIT_TEST(without_a_next_appointment_there_is_none);
    CPPUNIT_TEST_SUITE_END();

    static std::map<std::string, boost::json::value> golden() {
        std::map<std::string, boost::json::value> events;
        std::ifstream file{PARLEY_SOURCE_DIR "/tests/golden/events.jsonl"};
        for (std::string line; std::getline(file, line);) {
            const auto event = boost::json::parse(line);
            events[std::string{event.at("name").as_string()}] = event.at("data");
        }
        return events;
    }

public:
    void every_event_of_a_call_is_as_the_golden_file_has_it() {
        const AppointmentId call{17};
        const std::string seat = "0123456789abcdef0123456789abcdef";
        const auto at = [](const char* text) { return parse_instant(text).value(); };
        const auto now = at("2026-11-23T18:00:00Z");
        const RosterEntry ada{0, Role::teacher, "Ada Osei", {}, RosterEntry::Link::connected};
        auto expected = golden();
        for (const auto& event :
             {event::roster({call, {ada}, 1}), event::queue(call, 1), event::let_in(call, now + seconds{10}),
              event::knocked_out(call), event::removed(call),
              event::clock(call, now, at("2026-11-23T18:10:00Z"), at("2026-11-23T18:10:30Z")),
              event::ended(call, AppointmentId{18}), event::limit(call, seat, 800000),
              event::reconnect(call, "restarted"), event::seat_failed(call, seat, media::FailReason::no_route),
              event::changed("invites")}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(event.name, boost::json::serialize(expected.at(event.name)), event.json);
            expected.erase(event.name);
        }
        // What is left is http's own.
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, expected.size());
        CPPUNIT_ASSERT(expected.contains("hello") && expected.contains("signed_out"));
    }

    void without_a_next_appointment_there_is_none() {
        CPPUNIT_ASSERT_EQUAL(std::string{R"({"call":17,"next":null})"},
                             event::ended(AppointmentId{17}, std::nullopt).json);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EventJsonTest);
