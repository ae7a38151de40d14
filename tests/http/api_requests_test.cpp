// Requests that are not as the box's own pages make them: forged, malformed, misdirected, or sent to a box that breaks.
#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

#include "http/api_school.h"
#include "http/json_fields.h"
#include "http/same_origin.h"

using namespace parley;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

class ApiRequestsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiRequestsTest);
    CPPUNIT_TEST(P3_what_changes_something_must_come_from_our_own_pages);
    CPPUNIT_TEST(P3_a_forged_request_changes_nothing);
    CPPUNIT_TEST(a_body_must_be_json);
    CPPUNIT_TEST(fields_are_read_strictly_and_named);
    CPPUNIT_TEST(unreadable_bodies_are_refused_everywhere);
    CPPUNIT_TEST(an_unknown_path_or_method_is_told);
    CPPUNIT_TEST(a_head_request_is_a_get_request);
    CPPUNIT_TEST(a_full_store_says_try_again);
    CPPUNIT_TEST(no_exception_comes_through);
    CPPUNIT_TEST_SUITE_END();

public:
    void P3_what_changes_something_must_come_from_our_own_pages() {
        Request request;
        request.host = "box.example:8443";
        CPPUNIT_ASSERT(!is_same_origin(request));
        for (const char* site : {"same-site", "cross-site", "none", ""}) {
            request.fetch_site = site;
            CPPUNIT_ASSERT(!is_same_origin(request));
        }
        request.fetch_site = "same-origin";
        CPPUNIT_ASSERT(is_same_origin(request));
        request.origin = "https://box.example:8443";
        CPPUNIT_ASSERT(is_same_origin(request));
        for (const char* origin : {"null", "http://box.example:8443", "https://box.example", "https://evil.example",
                                   "https://box.example:8443.evil.example", "https://"}) {
            request.origin = origin;
            CPPUNIT_ASSERT_MESSAGE(origin, !is_same_origin(request));
        }
        request.host.clear();
        CPPUNIT_ASSERT(!is_same_origin(request));
    }

    void P3_a_forged_request_changes_nothing() {
        ApiSchool box;
        const auto invite = box.school.invite(box.school.ann, box.school.guest_for({box.school.mia}));
        const Secret ann = box.session_of(box.school.ann);
        Request forged = ApiSchool::request(ann, "DELETE", box.path("/invites/", invite->id.value));
        forged.origin = "https://evil.example";
        const auto answer = box.send(forged);
        CPPUNIT_ASSERT_EQUAL(403, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"not_allowed"}, answer.error());
        forged.origin = "https://school.example:8443";
        CPPUNIT_ASSERT_EQUAL(204, box.send(forged).status);
        Request reading = ApiSchool::request(ann, "GET", "/session");
        reading.origin.clear();
        CPPUNIT_ASSERT_EQUAL(200, box.send(reading).status);
    }

    void a_body_must_be_json() {
        ApiSchool box;
        Request request = ApiSchool::request({}, "POST", "/sign-in-requests", R"({"email":"ann@families.example"})");
        for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"}) {
            request.content_type = type;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(type, 415, box.send(request).status);
        }
        for (const char* type : {"application/json", "Application/JSON ; charset=utf-8", "application/json;x=y"}) {
            request.content_type = type;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(type, 202, box.send(request).status);
        }
    }

    void fields_are_read_strictly_and_named() {
        JsonFields fields{std::string{
            R"({"a":1,"b":true,"c":1.0,"d":"x","e":[1,"2"],"f":"2026-11-23T18:00:00Z","g":[{}],"h":-3,"more":{}})"}};
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, fields.integer("a"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-3}, fields.integer("h"));
        CPPUNIT_ASSERT(fields.flag("b"));
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 0), fields.instant("f"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, fields.objects("g", 1).size());
        CPPUNIT_ASSERT_EQUAL(std::string{}, fields.text("missing", JsonFields::Need::optional));
        CPPUNIT_ASSERT(fields.good());
        fields.integer("c");
        fields.flag("d");
        fields.integers("e");
        fields.instant("d");
        fields.instant("a");
        fields.objects("g", 0);
        fields.page("d");
        fields.text("missing");
        std::string named;
        for (const auto& error : fields.errors()) named += error.field + ' ';
        CPPUNIT_ASSERT_EQUAL(std::string{"c d e d a g d missing "}, named);
    }

    void unreadable_bodies_are_refused_everywhere() {
        ApiSchool box;
        for (const char* body : {"{", "[]", "null", "\"x\"", "{\"token\":\"\xff\"}", "{} {}"}) {
            const auto answer = box.ask({}, "POST", "/session", body);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(body, 422, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"}, answer.error());
        }
        CPPUNIT_ASSERT_EQUAL(422, box.ask({}, "POST", "/session").status);
        CPPUNIT_ASSERT_EQUAL(422, box.ask({}, "POST", "/session", std::string(100'000, '[')).status);
    }

    void an_unknown_path_or_method_is_told() {
        ApiSchool box;
        const Secret ann = box.session_of(box.school.ann);
        for (const char* path : {"/nothing", "/evenings/1", "/session/", "//session", "/evenings/x/bookings",
                                 "/evenings/-1/bookings", "/evenings/01/bookings", "/evenings//bookings", "/invites/0",
                                 "/evenings/99999999999999999999/bookings"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, 404, box.ask(ann, "GET", path).status);
        }
        const auto refused = box.ask(ann, "PATCH", "/session");
        CPPUNIT_ASSERT_EQUAL(405, refused.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"POST, GET, DELETE"}, refused.header("Allow"));
        Request elsewhere = ApiSchool::request(ann, "GET", "/session");
        elsewhere.path = "/api/v2/session";
        CPPUNIT_ASSERT_EQUAL(404, box.send(elsewhere).status);
    }

    void a_head_request_is_a_get_request() {
        ApiSchool box;
        CPPUNIT_ASSERT_EQUAL(200, box.ask({}, "HEAD", "/health").status);
        const Secret ann = box.session_of(box.school.ann);
        const auto events = box.ask(ann, "HEAD", "/events?page=00112233445566778899aabbccddeeff");
        CPPUNIT_ASSERT_EQUAL(200, events.status);
        CPPUNIT_ASSERT(!events.stream);
    }

    void a_full_store_says_try_again() {
        ApiSchool box{{.queue = 1, .group = 1}};
        const Secret ann = box.session_of(box.school.ann);
        fill_the_queue(box);
        const auto answer = box.ask(ann, "DELETE", "/session");
        CPPUNIT_ASSERT_EQUAL(503, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"unavailable"}, answer.error());
        CPPUNIT_ASSERT_EQUAL(std::string{"5"}, answer.header("Retry-After"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, box.log.lines.size());
        CPPUNIT_ASSERT(has(box.log.lines[0].text, "DELETE /api/v*/session: "));
        gate_.open();
    }

    void no_exception_comes_through() {
        ApiSchool box;
        const auto booked = box.school.book(box.school.ann, box.school.mia, box.school.maths, SmallSchool::at(18, 0));
        const Secret ann = box.session_of(box.school.ann);
        box.clock.at = SmallSchool::at(17, 56);
        box.desk.on_claim = [](const SeatClaim&) -> Outcome<ClaimAnswer> { throw std::runtime_error{"broken"}; };
        const auto answer = box.ask(ann, "POST", box.path("/calls/", booked->id.value, "/seat"),
                                    R"({"page":"00112233445566778899aabbccddeeff"})");
        CPPUNIT_ASSERT_EQUAL(500, answer.status);
        CPPUNIT_ASSERT(!has(answer.response.body, "broken"));
        CPPUNIT_ASSERT(has(box.log.lines.at(0).text, "POST /api/v*/calls/*/seat: broken"));
    }

private:
    /// Holds the writer inside a job, with another one waiting behind it.
    struct Gate {
        void open() {
            const std::lock_guard lock{mutex};
            opened = true;
            changed.notify_all();
        }
        void enter() {
            std::unique_lock lock{mutex};
            entered = true;
            changed.notify_all();
            changed.wait(lock, [this] { return opened; });
        }
        void wait_until_entered() {
            std::unique_lock lock{mutex};
            changed.wait(lock, [this] { return entered; });
        }
        std::mutex mutex;
        std::condition_variable changed;
        bool entered{false};
        bool opened{false};
    };

    void fill_the_queue(ApiSchool& box) {
        const auto ignore = [](const Result<Done>&) {};
        box.school.store.write(
            [this](Transaction&) {
                gate_.enter();
                return Done{};
            },
            ignore);
        gate_.wait_until_entered();
        box.school.store.write([](Transaction&) { return Done{}; }, ignore);
    }

    Gate gate_;
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiRequestsTest);
