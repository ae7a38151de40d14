#include "base/day.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace parley;

class DayTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DayTest);
    CPPUNIT_TEST(days_are_read_and_written);
    CPPUNIT_TEST(what_is_no_day_is_nothing);
    CPPUNIT_TEST_SUITE_END();

public:
    void days_are_read_and_written() {
        for (const char* day : {"2026-11-23", "2012-02-29", "1999-01-01", "0001-12-31"})
            CPPUNIT_ASSERT_EQUAL(std::string{day}, to_text(parse_day(day).value()));
    }

    void what_is_no_day_is_nothing() {
        for (const char* text : {"", "2026-11-2", "2026-11-233", "2026-13-01", "2013-02-29", "2026/11/23", "23.11.2026",
                                 "2026-1a-01", "-026-11-23", "2026-11-+1", "2026--1-01"})
            CPPUNIT_ASSERT_MESSAGE(text, !parse_day(text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DayTest);
