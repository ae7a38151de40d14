// M1 to M8 through the API, on a real store.
#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "http/api_school.h"

using namespace parley;

namespace {

const std::string page = "00112233445566778899aabbccddeeff";
const std::string other_page = "ffeeddccbbaa99887766554433221100";

std::string invitation(std::initializer_list<StudentId> students, const std::string& name = "Gus",
                       const std::string& email = "gus@guests.example", bool consent = true) {
    std::string list;
    for (const auto id : students) list += (list.empty() ? "" : ",") + std::to_string(id.value);
    return R"({"name":")" + name + R"(","email":")" + email + R"(","students":[)" + list + R"(],"consent":)" +
           (consent ? "true" : "false") + "}";
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct Family : ApiSchool {
    Family() : ann{session_of(school.ann)} {}
    TestAnswer invite(std::initializer_list<StudentId> students) {
        return ask(ann, "POST", evening_path("/invites"), invitation(students));
    }
    TestAnswer managed() { return ask(ann, "GET", evening_path("/invites")); }
    bool was_asked(const std::string& what) { return std::count(desk.asked.begin(), desk.asked.end(), what) > 0; }
    Secret ann;
};

}  // namespace

class ApiInvitesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiInvitesTest);
    CPPUNIT_TEST(M1_one_live_invite_a_student);
    CPPUNIT_TEST(M3_bookings_say_whether_an_invite_was_sent);
    CPPUNIT_TEST(M9_bookings_say_that_an_invite_wants_a_look);
    CPPUNIT_TEST(M4_each_field_has_its_own_error);
    CPPUNIT_TEST(M4_the_consent_has_its_sentence_and_its_time);
    CPPUNIT_TEST(M5_only_own_students_without_an_invite_can_be_chosen);
    CPPUNIT_TEST(M6_the_mail_is_queued_and_its_link_opens_the_visit);
    CPPUNIT_TEST(M7_managing_shows_the_mails_state);
    CPPUNIT_TEST(M7_resend_makes_a_new_link_and_ends_the_old_one);
    CPPUNIT_TEST(M7_with_no_student_left_nobody_can_be_invited);
    CPPUNIT_TEST(M8_remove_ends_link_session_stream_and_call_at_once);
    CPPUNIT_TEST(M8_a_removed_invite_is_gone_and_the_student_free_again);
    CPPUNIT_TEST(other_pages_hear_of_an_invite);
    CPPUNIT_TEST_SUITE_END();

public:
    void M1_one_live_invite_a_student() {
        Family box;
        CPPUNIT_ASSERT_EQUAL(201, box.invite({box.school.mia}).status);
        const auto second = box.invite({box.school.mia, box.school.leo});
        CPPUNIT_ASSERT_EQUAL(409, second.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"already_invited"}, second.error());
        CPPUNIT_ASSERT_EQUAL(std::string{"already_invited"}, second.field_error("students"));
        CPPUNIT_ASSERT_EQUAL(1, box.mails_queued);
    }

    void M3_bookings_say_whether_an_invite_was_sent() {
        Family box;
        const std::string bookings = box.evening_path("/bookings");
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, box.ask(box.ann, "GET", bookings).number("/invites_sent"));
        box.invite({box.school.mia});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, box.ask(box.ann, "GET", bookings).number("/invites_sent"));
    }

    void M9_bookings_say_that_an_invite_wants_a_look() {
        Family box;
        const auto trouble = [&]() -> boost::json::value {
            const auto answer = box.ask(box.ann, "GET", box.evening_path("/bookings"));
            return answer.at("/invite_trouble");
        };
        const InviteId id{box.invite({box.school.mia}).number("/id")};
        CPPUNIT_ASSERT(trouble().is_null());
        box.school.write([&](Transaction& tx) {
            note_guest_knocked_out(tx, id, box.school.now);
            return Done{};
        });
        CPPUNIT_ASSERT(trouble() == "knocked_out");
        for (const auto& mail : box.school.take_mail())
            box.school.write([&](Transaction& tx) {
                mail_refused(tx, mail.id, "no mailbox", box.school.now);
                return Done{};
            });
        CPPUNIT_ASSERT(trouble() == "mail_failed");
    }

    void M4_each_field_has_its_own_error() {
        Family box;
        const std::string path = box.evening_path("/invites");
        const auto empty = box.ask(box.ann, "POST", path, "{}");
        CPPUNIT_ASSERT_EQUAL(422, empty.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"name_missing"}, empty.field_error("name"));
        CPPUNIT_ASSERT_EQUAL(std::string{"email_missing"}, empty.field_error("email"));
        CPPUNIT_ASSERT_EQUAL(std::string{"student_missing"}, empty.field_error("students"));
        CPPUNIT_ASSERT_EQUAL(std::string{"consent_missing"}, empty.field_error("consent"));
        const auto wrong = box.ask(box.ann, "POST", path, invitation({box.school.mia}, "\\u0007", "gus", false));
        CPPUNIT_ASSERT_EQUAL(std::string{"name_invalid"}, wrong.field_error("name"));
        CPPUNIT_ASSERT_EQUAL(std::string{"email_invalid"}, wrong.field_error("email"));
        const auto own = box.ask(box.ann, "POST", path, invitation({box.school.mia}, "Ann", "Ann@families.example"));
        CPPUNIT_ASSERT_EQUAL(std::string{"guest_is_yourself"}, own.field_error("email"));
        const auto types = box.ask(box.ann, "POST", path, R"({"name":1,"email":[],"students":"all","consent":"yes"})");
        for (const char* field : {"name", "email", "students", "consent"}) {
            CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"}, types.field_error(field));
        }
        CPPUNIT_ASSERT_EQUAL(0, box.mails_queued);
    }

    void M4_the_consent_has_its_sentence_and_its_time() {
        Family box;
        const auto invited = box.invite({box.school.mia});
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T17:00:00Z"}, invited.text("/created_at"));
        const auto school = box.ask({}, "GET", "/school");
        CPPUNIT_ASSERT_EQUAL(ApiSettings{}.consent_wording, school.text("/consent_wording"));
    }

    void M5_only_own_students_without_an_invite_can_be_chosen() {
        Family box;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, box.managed().at("/available_students").as_array().size());
        const auto foreign = box.invite({box.school.kai});
        CPPUNIT_ASSERT_EQUAL(std::string{"student_not_yours"}, foreign.field_error("students"));
        box.invite({box.school.mia});
        const auto managed = box.managed();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, managed.at("/available_students").as_array().size());
        CPPUNIT_ASSERT_EQUAL(std::string{"Leo"}, managed.text("/available_students/0/first_name"));
    }

    void M6_the_mail_is_queued_and_its_link_opens_the_visit() {
        Family box;
        CPPUNIT_ASSERT_EQUAL(std::string{"queued"}, box.invite({box.school.mia}).text("/mail/state"));
        CPPUNIT_ASSERT_EQUAL(1, box.mails_queued);
        const Secret guest = box.open(box.school.newest_link());
        CPPUNIT_ASSERT_EQUAL(std::string{"Gus"}, box.ask(guest, "GET", "/visit").text("/guest_name"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T17:00:00Z"}, box.managed().text("/invites/0/last_opened_at"));
    }

    void M7_managing_shows_the_mails_state() {
        Family box;
        box.invite({box.school.mia});
        const auto mails = box.school.take_mail();
        CPPUNIT_ASSERT_EQUAL(std::string{"queued"}, box.managed().text("/invites/0/mail/state"));
        box.school.write([&](Transaction& tx) {
            mail_refused(tx, mails.at(0).id, "550 no such mailbox", box.clock.at);
            return Done{};
        });
        const auto managed = box.managed();
        CPPUNIT_ASSERT_EQUAL(std::string{"failed"}, managed.text("/invites/0/mail/state"));
        CPPUNIT_ASSERT_EQUAL(std::string{"550 no such mailbox"}, managed.text("/invites/0/mail/reason"));
    }

    void M7_resend_makes_a_new_link_and_ends_the_old_one() {
        Family box;
        const std::int64_t id = box.invite({box.school.mia}).number("/id");
        const Secret old_link = box.school.newest_link();
        const Secret guest = box.open(old_link);
        const auto stream = box.ask(guest, "GET", "/events?page=" + page).stream;
        const auto resent = box.ask(box.ann, "POST", box.path("/invites/", id, "/resend"));
        CPPUNIT_ASSERT_EQUAL(200, resent.status);
        CPPUNIT_ASSERT_EQUAL(2, box.mails_queued);
        CPPUNIT_ASSERT(box.was_asked("put_out guest " + std::to_string(id)));
        CPPUNIT_ASSERT(has(ApiSchool::drain(*stream), "event: signed_out") && stream->ended());
        CPPUNIT_ASSERT_EQUAL(401, box.ask(guest, "GET", "/visit").status);
        const std::string old_body = R"({"token":")" + std::string{old_link.reveal()} + R"("})";
        CPPUNIT_ASSERT_EQUAL(std::string{"link_removed"}, box.ask({}, "POST", "/session", old_body).error());
        CPPUNIT_ASSERT_EQUAL(200, box.ask(box.open(box.school.newest_link()), "GET", "/visit").status);
    }

    void M7_with_no_student_left_nobody_can_be_invited() {
        Family box;
        CPPUNIT_ASSERT(box.managed().at("/can_invite").as_bool());
        box.invite({box.school.mia, box.school.leo});
        CPPUNIT_ASSERT(!box.managed().at("/can_invite").as_bool());
        Family later;
        later.clock.at = SmallSchool::at(21, 0);
        CPPUNIT_ASSERT(!later.managed().at("/can_invite").as_bool());
        CPPUNIT_ASSERT_EQUAL(std::string{"evening_over"}, later.invite({later.school.mia}).error());
    }

    void M8_remove_ends_link_session_stream_and_call_at_once() {
        Family box;
        const std::int64_t id = box.invite({box.school.mia}).number("/id");
        const Secret link = box.school.newest_link();
        const Secret guest = box.open(link);
        const auto stream = box.ask(guest, "GET", "/events?page=" + page).stream;
        CPPUNIT_ASSERT_EQUAL(204, box.ask(box.ann, "DELETE", box.path("/invites/", id)).status);
        CPPUNIT_ASSERT(box.was_asked("put_out guest " + std::to_string(id)));
        CPPUNIT_ASSERT(has(ApiSchool::drain(*stream), "event: signed_out") && stream->ended());
        for (const char* path : {"/visit", "/session", "/events?page=ffeeddccbbaa99887766554433221100"}) {
            CPPUNIT_ASSERT_EQUAL(401, box.ask(guest, "GET", path).status);
        }
        const auto again = box.ask({}, "POST", "/session", R"({"token":")" + std::string{link.reveal()} + R"("})");
        CPPUNIT_ASSERT_EQUAL(std::string{"link_removed"}, again.error());
    }

    void M8_a_removed_invite_is_gone_and_the_student_free_again() {
        Family box;
        const std::int64_t id = box.invite({box.school.mia}).number("/id");
        const std::string path = box.path("/invites/", id);
        box.ask(box.ann, "DELETE", path);
        CPPUNIT_ASSERT_EQUAL(404, box.ask(box.ann, "DELETE", path).status);
        CPPUNIT_ASSERT_EQUAL(404, box.ask(box.ann, "POST", path + "/resend").status);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, box.managed().at("/invites").as_array().size());
        CPPUNIT_ASSERT_EQUAL(201, box.invite({box.school.mia}).status);
    }

    void other_pages_hear_of_an_invite() {
        Family box;
        box.school.book(box.school.ann, box.school.mia, box.school.maths, SmallSchool::at(18, 0));
        const auto parent = box.ask(box.ann, "GET", "/events?page=" + page).stream;
        const Secret tess = box.session_of(box.school.maths_teacher);
        const auto teacher = box.ask(tess, "GET", "/events?page=" + other_page).stream;
        const std::int64_t id = box.invite({box.school.mia}).number("/id");
        CPPUNIT_ASSERT(has(ApiSchool::drain(*parent), R"({"what":"invites"})"));
        CPPUNIT_ASSERT(has(ApiSchool::drain(*teacher), R"({"what":"schedule"})"));
        const auto schedule = box.ask(tess, "GET", box.evening_path("/schedule"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Gus"}, schedule.text("/appointments/0/guests/0"));
        box.ask(box.ann, "DELETE", box.path("/invites/", id));
        CPPUNIT_ASSERT(has(ApiSchool::drain(*parent), R"({"what":"invites"})"));
        CPPUNIT_ASSERT(has(ApiSchool::drain(*teacher), R"({"what":"schedule"})"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiInvitesTest);
