// Links become sessions, sessions end, and nobody learns who is known to the school (P1, M10).
#include <cppunit/extensions/HelperMacros.h>

#include "http/api_school.h"

using namespace parley;

namespace {

std::string token_body(const Secret& token) {
    return R"({"token":")" + std::string{token.reveal()} + R"("})";
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

const std::string page = "00112233445566778899aabbccddeeff";

}  // namespace

class ApiSessionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiSessionTest);
    CPPUNIT_TEST(M10_a_parents_link_opens_their_own_session);
    CPPUNIT_TEST(M6_a_guests_link_opens_the_visit);
    CPPUNIT_TEST(P1_the_cookie_is_out_of_reach_and_dies_with_the_session);
    CPPUNIT_TEST(a_link_that_is_unknown_expired_or_removed_says_so);
    CPPUNIT_TEST(signing_out_ends_the_session_and_its_pages);
    CPPUNIT_TEST(P1_asking_for_a_link_says_nothing_about_who_is_known);
    CPPUNIT_TEST(an_address_that_is_none_is_told);
    CPPUNIT_TEST(an_expired_session_is_nobody);
    CPPUNIT_TEST(P3_no_secret_gets_into_the_log_or_an_answer);
    CPPUNIT_TEST_SUITE_END();

public:
    void M10_a_parents_link_opens_their_own_session() {
        ApiSchool box;
        const auto opened = box.ask({}, "POST", "/session", token_body(box.link_of(box.school.ann)));
        CPPUNIT_ASSERT_EQUAL(201, opened.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"parent"}, opened.text("/role"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann Abel"}, opened.text("/name"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Autumn"}, opened.text("/evening/title"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Test School"}, opened.text("/school/name"));
        CPPUNIT_ASSERT_EQUAL(std::string{"no-store"}, opened.header("Cache-Control"));
    }

    void M6_a_guests_link_opens_the_visit() {
        ApiSchool box;
        box.school.book(box.school.ann, box.school.mia, box.school.maths, SmallSchool::at(18, 0));
        box.school.invite(box.school.ann, box.school.guest_for({box.school.mia}));
        const Secret guest = box.open(box.school.newest_link());
        CPPUNIT_ASSERT_EQUAL(std::string{"guest"}, box.ask(guest, "GET", "/session").text("/role"));
        const auto visit = box.ask(guest, "GET", "/visit");
        CPPUNIT_ASSERT_EQUAL(std::string{"Gus Guest"}, visit.text("/guest_name"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann Abel"}, visit.text("/invited_by"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Mia"}, visit.text("/appointments/0/student/first_name"));
        CPPUNIT_ASSERT(!has(visit.response.body, "last_name") && !has(visit.response.body, "Maths"));
    }

    void P1_the_cookie_is_out_of_reach_and_dies_with_the_session() {
        ApiSchool box;
        const auto opened = box.ask({}, "POST", "/session", token_body(box.link_of(box.school.ann)));
        const std::string cookie = opened.header("Set-Cookie");
        CPPUNIT_ASSERT(cookie.starts_with("__Host-parley="));
        for (const char* flag : {"; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/;"})
            CPPUNIT_ASSERT(has(cookie, flag));
        CPPUNIT_ASSERT(!has(cookie, "Domain"));
        // The evening ends at 21:00, and sessions outlive it by 12 hours; it is 17:00.
        CPPUNIT_ASSERT(has(cookie, "; Max-Age=57600;"));
    }

    void a_link_that_is_unknown_expired_or_removed_says_so() {
        ApiSchool box;
        const auto unknown = box.ask({}, "POST", "/session", R"({"token":"nonsense"})");
        CPPUNIT_ASSERT_EQUAL(404, unknown.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"link_unknown"}, unknown.error());
        CPPUNIT_ASSERT_EQUAL(std::string{}, unknown.header("Set-Cookie"));
        const auto invite = box.school.invite(box.school.ann, box.school.guest_for({box.school.mia}));
        const Secret guest_link = box.school.newest_link();
        box.school.remove(box.school.ann, invite->id);
        const auto removed = box.ask({}, "POST", "/session", token_body(guest_link));
        CPPUNIT_ASSERT_EQUAL(410, removed.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"link_removed"}, removed.error());
        const Secret link = box.link_of(box.school.ann);
        box.clock.at += std::chrono::hours{24};
        const auto expired = box.ask({}, "POST", "/session", token_body(link));
        CPPUNIT_ASSERT_EQUAL(410, expired.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"link_expired"}, expired.error());
    }

    void signing_out_ends_the_session_and_its_pages() {
        ApiSchool box;
        const Secret link = box.link_of(box.school.ann);
        const Secret phone = box.open(link);
        const Secret laptop = box.open(link);
        const auto stream = box.ask(phone, "GET", "/events?page=" + page).stream;
        const auto other = box.ask(laptop, "GET", "/events?page=ffffffffffffffffffffffffffffffff").stream;
        const auto out = box.ask(phone, "DELETE", "/session");
        CPPUNIT_ASSERT_EQUAL(204, out.status);
        CPPUNIT_ASSERT(has(out.header("Set-Cookie"), "__Host-parley=; Path=/; Max-Age=0;"));
        CPPUNIT_ASSERT(has(ApiSchool::drain(*stream), "event: signed_out"));
        CPPUNIT_ASSERT(stream->ended() && !other->ended());
        CPPUNIT_ASSERT_EQUAL(401, box.ask(phone, "GET", "/session").status);
        CPPUNIT_ASSERT_EQUAL(200, box.ask(laptop, "GET", "/session").status);
    }

    void P1_asking_for_a_link_says_nothing_about_who_is_known() {
        ApiSchool box;
        const auto known = box.ask({}, "POST", "/sign-in-requests", R"({"email":" ANN@families.example "})");
        const auto unknown = box.ask({}, "POST", "/sign-in-requests", R"({"email":"nobody@families.example"})");
        CPPUNIT_ASSERT_EQUAL(202, known.status);
        CPPUNIT_ASSERT_EQUAL(known.status, unknown.status);
        CPPUNIT_ASSERT(known.response.headers == unknown.response.headers);
        CPPUNIT_ASSERT_EQUAL(known.response.body, unknown.response.body);
        box.settle();
        CPPUNIT_ASSERT_EQUAL(2, box.mails_queued);
        const auto mails = box.school.take_mail();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mails.size());
        CPPUNIT_ASSERT_EQUAL(
            201,
            box.ask({}, "POST", "/session", token_body(link_token(box.school.key, mails[0].mail_link->name))).status);
    }

    void an_address_that_is_none_is_told() {
        ApiSchool box;
        CPPUNIT_ASSERT_EQUAL(std::string{"email_missing"},
                             box.ask({}, "POST", "/sign-in-requests", R"({"email":" "})").field_error("email"));
        const auto invalid = box.ask({}, "POST", "/sign-in-requests", R"({"email":"ann"})");
        CPPUNIT_ASSERT_EQUAL(422, invalid.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"email_invalid"}, invalid.field_error("email"));
        CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"},
                             box.ask({}, "POST", "/sign-in-requests", "{}").field_error("email"));
    }

    void an_expired_session_is_nobody() {
        ApiSchool box;
        const Secret ann = box.session_of(box.school.ann);
        box.clock.at = SmallSchool::at(21, 0) + std::chrono::hours{12} - seconds{1};
        CPPUNIT_ASSERT_EQUAL(200, box.ask(ann, "GET", "/session").status);
        box.clock.at += seconds{1};
        CPPUNIT_ASSERT_EQUAL(std::string{"not_signed_in"}, box.ask(ann, "GET", "/session").error());
    }

    void P3_no_secret_gets_into_the_log_or_an_answer() {
        ApiSchool box;
        const Secret link = box.link_of(box.school.ann);
        const Secret ann = box.open(link);
        const auto answer = box.ask(ann, "GET", "/session");
        CPPUNIT_ASSERT(!has(answer.response.body, std::string{ann.reveal()}));
        box.ask({}, "POST", "/session", R"({"token":"some-secret-token-that-is-wrong"})");
        box.ask(ann, "GET", "/calls/" + std::string{link.reveal()});
        for (const auto& line : box.log.lines) {
            CPPUNIT_ASSERT(!has(line.text, "secret") && !has(line.text, std::string{link.reveal()}));
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiSessionTest);
