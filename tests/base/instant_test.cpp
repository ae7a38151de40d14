#include "base/instant.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace parley;
using namespace std::chrono_literals;

/// RFC 3339, written in one way and read strictly.
class InstantTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InstantTest);
    CPPUNIT_TEST(writes_utc_with_milliseconds_only_where_there_are_some);
    CPPUNIT_TEST(reads_what_it_writes);
    CPPUNIT_TEST(reads_any_offset);
    CPPUNIT_TEST(refuses_everything_else);
    CPPUNIT_TEST(the_clock_goes_on);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Instant at(std::chrono::sys_days day, milliseconds time) { return Instant{day + time}; }
    static constexpr std::chrono::sys_days day{std::chrono::year{2026} / 11 / 23};

public:
    void writes_utc_with_milliseconds_only_where_there_are_some() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T18:00:00Z"}, to_text(at(day, 18h)));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T00:00:00.007Z"}, to_text(at(day, 7ms)));
        CPPUNIT_ASSERT_EQUAL(std::string{"1969-12-31T23:59:59.999Z"}, to_text(Instant{-1ms}));
    }

    void reads_what_it_writes() {
        for (const Instant instant :
             {at(day, 18h + 5min + 9s), at(day, 1ms), Instant{}, Instant{-1ms},
              at(std::chrono::year{2028} / 2 / 29, 23h), at(std::chrono::year{9999} / 12 / 31, 1s)}) {
            CPPUNIT_ASSERT(parse_instant(to_text(instant)) == instant);
        }
    }

    void reads_any_offset() {
        CPPUNIT_ASSERT(parse_instant("2026-11-23T19:30:00+01:30") == at(day, 18h));
        CPPUNIT_ASSERT(parse_instant("2026-11-23T10:00:00.500-08:00") == at(day, 18h + 500ms));
    }

    void refuses_everything_else() {
        for (const char* text : {"",
                                 "now",
                                 "2026-11-23",
                                 "2026-11-23T18:00:00",
                                 "2026-11-23 18:00:00Z",
                                 "2026-11-23T18:00Z",
                                 "2026-13-01T00:00:00Z",
                                 "2026-02-29T00:00:00Z",
                                 "2026-11-23T24:00:00Z",
                                 "2026-11-23T18:60:00Z",
                                 "2026-11-23T18:00:60Z",
                                 "2026-11-23T18:00:00Zx",
                                 " 2026-11-23T18:00:00Z",
                                 "2026-11-23T18:00:00+25:00",
                                 "2026-11-23T18:00:00+0100",
                                 "2026-11-23T18:00:00.Z",
                                 "2026-11-23T18:00:00.1Z",
                                 "2026-11-23T18:00:00.1234Z",
                                 "-026-11-23T18:00:00Z",
                                 "2026-+1-23T18:00:00Z",
                                 "2026-11-23T18:00:00+",
                                 "2026-11-23T18:00:00ZZ"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !parse_instant(text));
        }
    }

    void the_clock_goes_on() {
        const SystemClock clock;
        const Instant first = clock.now();
        CPPUNIT_ASSERT(clock.now() >= first && first > at(std::chrono::year{2024} / 1 / 1, 0ms));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(InstantTest);
