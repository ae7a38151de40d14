// The call's routes: the lobby, claims, seats, and the event stream that watches a call (M9 to M13).
#include <cppunit/extensions/HelperMacros.h>

#include "http/api_school.h"

using namespace parley;

namespace {

const std::string page = "00112233445566778899aabbccddeeff";
const std::string claim = R"({"page":")" + page + R"("})";

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Mia's maths at 18:00 (video), her sports at 18:10 (in person) and her French at 18:20; it is 17:56.
struct CallNight : ApiSchool {
    CallNight() : ann{session_of(school.ann)}, tess{session_of(school.maths_teacher)} {
        maths = school.book(school.ann, school.mia, school.maths, SmallSchool::at(18, 0))->id.value;
        sports = school.book(school.ann, school.mia, school.sports, SmallSchool::at(18, 10))->id.value;
        french = school.book(school.ann, school.mia, school.french, SmallSchool::at(18, 20))->id.value;
        clock.at = SmallSchool::at(17, 56);
    }
    TestAnswer lobby(const Secret& who, std::int64_t id) { return ask(who, "GET", path("/calls/", id)); }
    TestAnswer sit(const Secret& who, std::int64_t id, const std::string& body = claim) {
        return ask(who, "POST", path("/calls/", id, "/seat"), body);
    }
    Secret ann, tess;
    std::int64_t maths{}, sports{}, french{};
};

std::string told(const TestAnswer& answer) {
    return std::to_string(answer.status) + ' ' + answer.error();
}

}  // namespace

class ApiCallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiCallsTest);
    CPPUNIT_TEST(the_lobby_knows_times_people_and_what_comes_next);
    CPPUNIT_TEST(M13_a_guests_lobby_shows_only_their_own);
    CPPUNIT_TEST(a_call_that_cannot_be_entered_says_why);
    CPPUNIT_TEST(M11_a_claim_carries_who_where_and_which_page);
    CPPUNIT_TEST(M12_a_full_call_answers_with_a_place_in_the_queue);
    CPPUNIT_TEST(M9_what_the_calls_refuse_is_told);
    CPPUNIT_TEST(a_claim_needs_a_page_of_its_own);
    CPPUNIT_TEST(a_seats_requests_are_passed_on);
    CPPUNIT_TEST(what_a_browser_sends_for_a_seat_is_bounded);
    CPPUNIT_TEST(a_stream_that_watches_a_call_begins_with_its_state);
    CPPUNIT_TEST(a_stream_needs_a_name_and_a_call_of_ones_own);
    CPPUNIT_TEST(C4_a_stream_resumes_over_the_api);
    CPPUNIT_TEST_SUITE_END();

public:
    void the_lobby_knows_times_people_and_what_comes_next() {
        CallNight box;
        const auto lobby = box.lobby(box.ann, box.maths);
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann Abel"}, lobby.text("/own_name"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T17:55:00Z"}, lobby.text("/opens_at"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T18:10:00Z"}, lobby.text("/ends_at"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T18:10:30Z"}, lobby.text("/closes_at"));
        CPPUNIT_ASSERT_EQUAL(box.sports, lobby.number("/next/id"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Tess Times"}, lobby.text("/roster/people/0/name"));
        CPPUNIT_ASSERT(lobby.at("/roster/people/0/muted").as_bool());
        CPPUNIT_ASSERT(box.lobby(box.tess, box.maths).at("/next").is_null());
    }

    void M13_a_guests_lobby_shows_only_their_own() {
        CallNight box;
        box.school.invite(box.school.ann, box.school.guest_for({box.school.mia}));
        const Secret guest = box.open(box.school.newest_link());
        const auto lobby = box.lobby(guest, box.maths);
        CPPUNIT_ASSERT_EQUAL(box.french, lobby.number("/next/id"));
        for (const char* hidden : {"last_name", "Maths", "note", "room", "parent_name"}) {
            CPPUNIT_ASSERT_MESSAGE(hidden, !has(lobby.response.body, hidden));
        }
    }

    void a_call_that_cannot_be_entered_says_why() {
        CallNight box;
        for (const bool sitting : {false, true}) {
            const auto enter = [&](std::int64_t id) { return sitting ? box.sit(box.ann, id) : box.lobby(box.ann, id); };
            box.clock.at = SmallSchool::at(17, 56);
            const auto early = enter(box.french);
            CPPUNIT_ASSERT_EQUAL(std::string{"409 call_not_open"}, told(early));
            CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T18:15:00Z"}, early.text("/opens_at"));
            CPPUNIT_ASSERT_EQUAL(std::string{"409 not_a_video_appointment"}, told(enter(box.sports)));
            CPPUNIT_ASSERT_EQUAL(std::string{"404 not_found"}, told(enter(999)));
            box.clock.at = SmallSchool::at(18, 10) + seconds{30};
            CPPUNIT_ASSERT_EQUAL(std::string{"410 call_over"}, told(enter(box.maths)));
        }
        CPPUNIT_ASSERT(box.desk.claims.empty());
    }

    void M11_a_claim_carries_who_where_and_which_page() {
        CallNight box;
        const auto seat = box.sit(box.ann, box.maths, R"({"page":")" + page + R"(","resume":true})");
        CPPUNIT_ASSERT_EQUAL(201, seat.status);
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, seat.text("/seat").size());
        CPPUNIT_ASSERT_EQUAL(std::string{"v=0\r\n"}, seat.text("/sdp"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T18:10:30Z"}, seat.text("/closes_at"));
        const SeatClaim& claimed = box.desk.claims.at(0);
        CPPUNIT_ASSERT(claimed.ticket.identity == (Identity{Role::parent, box.school.ann.value}));
        CPPUNIT_ASSERT_EQUAL(box.maths, claimed.ticket.appointment.id.value);
        CPPUNIT_ASSERT_EQUAL(page, claimed.page);
        CPPUNIT_ASSERT(claimed.resume);
        box.sit(box.ann, box.maths);
        CPPUNIT_ASSERT(!box.desk.claims.at(1).resume);
    }

    void M12_a_full_call_answers_with_a_place_in_the_queue() {
        CallNight box;
        box.desk.on_claim = [](const SeatClaim&) { return ClaimAnswer{std::nullopt, {1}}; };
        const auto queued = box.sit(box.ann, box.maths);
        CPPUNIT_ASSERT_EQUAL(202, queued.status);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, queued.number("/place"));
        CPPUNIT_ASSERT_EQUAL(204, box.ask(box.ann, "DELETE", box.path("/calls/", box.maths, "/queue")).status);
        box.clock.at = SmallSchool::at(18, 30);
        CPPUNIT_ASSERT_EQUAL(204, box.ask(box.ann, "DELETE", box.path("/calls/", box.maths, "/queue")).status);
    }

    void M9_what_the_calls_refuse_is_told() {
        CallNight box;
        const std::vector<std::pair<Refusal, std::string>> refusals{
            {Refusal::taken_over, "409 taken_over"},
            {Refusal::queue_full, "409 queue_full"},
            {Refusal::box_full, "503 box_full"},
            {Refusal::media_unavailable, "503 media_unavailable"}};
        for (const auto& [refusal, expected] : refusals) {
            box.desk.on_claim = [refusal = refusal](const SeatClaim&) { return refusal; };
            CPPUNIT_ASSERT_EQUAL(expected, told(box.sit(box.ann, box.maths)));
        }
    }

    void a_claim_needs_a_page_of_its_own() {
        CallNight box;
        for (const char* body :
             {"{}", R"({"page":1})", R"({"page":"short"})", R"({"page":"x0112233445566778899aabbccddeeff"})"}) {
            CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"}, box.sit(box.ann, box.maths, body).field_error("page"));
        }
        const auto stream = box.ask(box.tess, "GET", "/events?page=" + page).stream;
        CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"}, box.sit(box.ann, box.maths).field_error("page"));
        CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"}, box.ask(box.ann, "GET", "/events?page=" + page).error());
        CPPUNIT_ASSERT(box.desk.claims.empty() && !stream->ended());
    }

    void a_seats_requests_are_passed_on() {
        CallNight box;
        const std::string seat = "/seats/" + box.sit(box.ann, box.maths).text("/seat");
        CPPUNIT_ASSERT_EQUAL(204, box.ask(box.ann, "PUT", seat + "/answer", R"({"sdp":"v=0"})").status);
        CPPUNIT_ASSERT_EQUAL(204, box.ask(box.ann, "POST", seat + "/candidates",
                                          R"({"candidates":[{"mline":3,"candidate":"candidate:1 1 UDP"}]})")
                                      .status);
        CPPUNIT_ASSERT_EQUAL(3U, box.desk.candidates.at(0).mline);
        CPPUNIT_ASSERT_EQUAL(204,
                             box.ask(box.ann, "PUT", seat + "/status", R"({"muted":true,"camera_off":false})").status);
        CPPUNIT_ASSERT_EQUAL(204, box.ask(box.ann, "DELETE", seat).status);
        CPPUNIT_ASSERT_EQUAL(std::string{"410 seat_gone"}, told(box.ask(box.tess, "DELETE", seat)));
    }

    void what_a_browser_sends_for_a_seat_is_bounded() {
        CallNight box;
        const std::string seat = "/seats/" + box.sit(box.ann, box.maths).text("/seat");
        box.desk.asked.clear();
        const std::string long_sdp = R"({"sdp":")" + std::string(65 * 1024, 'x') + R"("})";
        CPPUNIT_ASSERT_EQUAL(std::string{"422 sdp_invalid"}, told(box.ask(box.ann, "PUT", seat + "/answer", long_sdp)));
        std::string many = R"({"mline":0,"candidate":""})";
        for (int i = 0; i < 40; ++i) many += R"(,{"mline":0,"candidate":""})";
        for (const std::string& list :
             {many, std::string{R"({"mline":-1,"candidate":""})"}, std::string{R"({"mline":99,"candidate":""})"},
              std::string{R"({"candidate":""})"}, R"({"mline":0,"candidate":")" + std::string(2000, 'x') + R"("})"}) {
            const auto refused = box.ask(box.ann, "POST", seat + "/candidates", R"({"candidates":[)" + list + "]}");
            CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"}, refused.field_error("candidates"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"},
                             box.ask(box.ann, "PUT", seat + "/status", R"({"muted":true})").field_error("camera_off"));
        CPPUNIT_ASSERT(box.desk.asked.empty());
    }

    void a_stream_that_watches_a_call_begins_with_its_state() {
        CallNight box;
        const auto stream =
            box.ask(box.ann, "GET", "/events?page=" + page + "&call=" + std::to_string(box.maths)).stream;
        const std::string sent = ApiSchool::drain(*stream);
        const auto roster = sent.find("event: roster"), clock = sent.find("event: clock");
        CPPUNIT_ASSERT(sent.find("event: hello") < roster && roster < clock && clock != std::string::npos);
        CPPUNIT_ASSERT(has(sent, R"("closes_at":"2026-11-23T18:10:30Z")"));
        box.events.to_call({box.maths}, {"queue", "{}"});
        CPPUNIT_ASSERT(has(ApiSchool::drain(*stream), "event: queue"));
        const auto early =
            box.ask(box.ann, "GET", "/events?page=" + std::string(32, 'e') + "&call=" + std::to_string(box.french))
                .stream;
        CPPUNIT_ASSERT(has(ApiSchool::drain(*early), R"("ends_at":"2026-11-23T18:35:00Z")"));
    }

    void a_stream_needs_a_name_and_a_call_of_ones_own() {
        CallNight box;
        CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"}, box.ask(box.ann, "GET", "/events").field_error("page"));
        const std::string own = "/events?page=" + page;
        CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"},
                             box.ask(box.ann, "GET", own + "&call=x").field_error("call"));
        CPPUNIT_ASSERT_EQUAL(std::string{"404 not_found"}, told(box.ask(box.ann, "GET", own + "&call=999")));
        const Secret ben = box.session_of(box.school.ben);
        CPPUNIT_ASSERT_EQUAL(std::string{"404 not_found"},
                             told(box.ask(ben, "GET", own + "&call=" + std::to_string(box.maths))));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, box.events.page_count());
    }

    void C4_a_stream_resumes_over_the_api() {
        CallNight box;
        const auto stream = box.ask(box.ann, "GET", "/events?page=" + page).stream;
        const std::string hello = ApiSchool::drain(*stream);
        stream->closed();
        box.events.to_page(page, {"let_in", "{}"});
        Request again = ApiSchool::request(box.ann, "GET", "/events?page=" + page);
        const auto id = hello.find("id: ") + 4;
        again.last_event_id = hello.substr(id, hello.find('\n', id) - id);
        CPPUNIT_ASSERT(has(ApiSchool::drain(*box.send(again).stream), "event: let_in"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiCallsTest);
