// Rate limits, with a clock that is turned by hand (P3).
#include <cppunit/extensions/HelperMacros.h>

#include "http/api_school.h"
#include "http/rate_limits.h"

using namespace parley;

class ApiLimitsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiLimitsTest);
    CPPUNIT_TEST(P3_a_bucket_empties_and_fills);
    CPPUNIT_TEST(P3_the_table_is_bounded_and_keeps_the_busiest);
    CPPUNIT_TEST(P3_a_clock_that_is_set_back_fills_nothing);
    CPPUNIT_TEST(P3_an_ipv6_household_is_one_client);
    CPPUNIT_TEST(P3_five_sign_in_mails_a_minute_an_address);
    CPPUNIT_TEST(P3_twenty_sign_in_requests_a_minute_a_client);
    CPPUNIT_TEST(P3_links_may_be_opened_by_many_and_guessed_by_nobody);
    CPPUNIT_TEST(P3_ten_candidate_requests_a_second_a_seat);
    CPPUNIT_TEST(P3_a_session_has_a_limit_of_its_own);
    CPPUNIT_TEST_SUITE_END();

public:
    void P3_a_bucket_empties_and_fills() {
        RateLimits limits{{}};
        Instant now = SmallSchool::at(17, 0);
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(!limits.take(RateClass::sign_in_address, "a", now));
        CPPUNIT_ASSERT(seconds{12} == limits.take(RateClass::sign_in_address, "a", now));
        CPPUNIT_ASSERT(!limits.take(RateClass::sign_in_address, "b", now));
        CPPUNIT_ASSERT(!limits.take(RateClass::sign_in_client, "a", now));
        now += milliseconds{11'500};
        CPPUNIT_ASSERT(seconds{1} == limits.take(RateClass::sign_in_address, "a", now));
        now += seconds{1};
        CPPUNIT_ASSERT(!limits.take(RateClass::sign_in_address, "a", now));
        CPPUNIT_ASSERT(limits.take(RateClass::sign_in_address, "a", now));
    }

    void P3_the_table_is_bounded_and_keeps_the_busiest() {
        RateSettings settings;
        settings.table = 10;
        RateLimits limits{settings};
        const Instant now = SmallSchool::at(17, 0);
        for (int i = 0; i < 5; ++i) limits.take(RateClass::sign_in_address, "busy", now);
        for (int i = 0; i < 1000; ++i) limits.take(RateClass::sign_in_address, std::to_string(i), now);
        CPPUNIT_ASSERT(limits.size() <= 10);
        CPPUNIT_ASSERT(limits.take(RateClass::sign_in_address, "busy", now));
    }

    void P3_a_clock_that_is_set_back_fills_nothing() {
        RateLimits limits{{}};
        const Instant now = SmallSchool::at(17, 0);
        for (int i = 0; i < 5; ++i) limits.take(RateClass::sign_in_address, "a", now);
        CPPUNIT_ASSERT(limits.take(RateClass::sign_in_address, "a", now - seconds{3600}));
    }

    void P3_an_ipv6_household_is_one_client() {
        CPPUNIT_ASSERT_EQUAL(client_key("2001:db8:1:2::1"), client_key("2001:db8:1:2:ffff::9"));
        CPPUNIT_ASSERT(client_key("2001:db8:1:2::1") != client_key("2001:db8:1:3::1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"192.0.2.1"}, client_key("::ffff:192.0.2.1"));
        CPPUNIT_ASSERT_EQUAL(std::string{"192.0.2.1"}, client_key("192.0.2.1"));
    }

    void P3_five_sign_in_mails_a_minute_an_address() {
        ApiSchool box;
        for (int i = 0; i < 5; ++i)
            CPPUNIT_ASSERT_EQUAL(202, ask_link(box, i % 2 ? "ann@families.example" : "ANN@families.example"));
        Request sixth = sign_in_request("ann@families.example");
        sixth.client = "198.51.100.7";
        const auto refused = box.send(sixth);
        CPPUNIT_ASSERT_EQUAL(429, refused.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"too_many_requests"}, refused.error());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{12}, refused.number("/retry_after"));
        CPPUNIT_ASSERT_EQUAL(std::string{"12"}, refused.header("Retry-After"));
        box.clock.at += seconds{12};
        CPPUNIT_ASSERT_EQUAL(202, ask_link(box, "ann@families.example"));
        box.settle();
    }

    void P3_twenty_sign_in_requests_a_minute_a_client() {
        ApiSchool box;
        for (int i = 0; i < 20; ++i) CPPUNIT_ASSERT_EQUAL(202, ask_link(box, std::to_string(i) + "@families.example"));
        CPPUNIT_ASSERT_EQUAL(429, ask_link(box, "other@families.example"));
        Request elsewhere = sign_in_request("other@families.example");
        elsewhere.client = "198.51.100.7";
        CPPUNIT_ASSERT_EQUAL(202, box.send(elsewhere).status);
        box.settle();
    }

    void P3_links_may_be_opened_by_many_and_guessed_by_nobody() {
        ApiSchool box;
        for (int i = 0; i < 30; ++i) box.session_of(box.school.ann);
        for (int i = 0; i < 20; ++i) {
            CPPUNIT_ASSERT_EQUAL(404, box.ask({}, "POST", "/session", R"({"token":"guess"})").status);
        }
        CPPUNIT_ASSERT_EQUAL(429, box.ask({}, "POST", "/session", R"({"token":"guess"})").status);
        box.clock.at += seconds{3};
        box.session_of(box.school.ann);
    }

    void P3_ten_candidate_requests_a_second_a_seat() {
        ApiSchool box;
        const Secret ann = box.session_of(box.school.ann);
        const std::string seat = RecordingDesk::seat_of({Role::parent, box.school.ann.value});
        const auto add = [&](const std::string& to) {
            return box.ask(ann, "POST", "/seats/" + to + "/candidates", R"({"candidates":[]})").status;
        };
        for (int i = 0; i < 10; ++i) CPPUNIT_ASSERT_EQUAL(204, add(seat));
        CPPUNIT_ASSERT_EQUAL(429, add(seat));
        CPPUNIT_ASSERT_EQUAL(410, add("another"));
        box.clock.at += milliseconds{100};
        CPPUNIT_ASSERT_EQUAL(204, add(seat));
        CPPUNIT_ASSERT_EQUAL(429, add(seat));
    }

    void P3_a_session_has_a_limit_of_its_own() {
        ApiSettings settings;
        settings.rates.rates[static_cast<std::size_t>(RateClass::general)] = {3, 60};
        ApiSchool box{{}, settings};
        const Secret ann = box.session_of(box.school.ann);
        const Secret ben = box.session_of(box.school.ben);
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT_EQUAL(200, box.ask(ann, "GET", "/session").status);
        CPPUNIT_ASSERT_EQUAL(429, box.ask(ann, "GET", "/session").status);
        CPPUNIT_ASSERT_EQUAL(200, box.ask(ben, "GET", "/session").status);
        box.clock.at += seconds{1};
        CPPUNIT_ASSERT_EQUAL(200, box.ask(ann, "GET", "/session").status);
    }

private:
    static Request sign_in_request(const std::string& email) {
        return ApiSchool::request({}, "POST", "/sign-in-requests", R"({"email":")" + email + R"("})");
    }
    static int ask_link(ApiSchool& box, const std::string& email) { return box.send(sign_in_request(email)).status; }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiLimitsTest);
