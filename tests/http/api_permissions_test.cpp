// P2: the whole route table against everybody: nobody, every role, and the right role with somebody else's object.
// What each row should allow stands here once more, written by hand: a row that changes has to be changed twice.
#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

#include "http/api_school.h"
#include "http/route_table.h"

using namespace parley;

namespace {

const std::string page = "0123456789abcdef0123456789abcdef";

struct Who {
    Role role;
    Secret session;
    std::string seat;
};

/// Ann's and Ben's families meet their teachers at 18:00, each with a guest. It is 17:56.
struct TwoFamilies : ApiSchool {
    TwoFamilies() {
        ours = school.book(school.ann, school.mia, school.maths, SmallSchool::at(18, 0))->id;
        theirs = school.book(school.ben, school.kai, school.french, SmallSchool::at(18, 0))->id;
        our_invite = school.invite(school.ann, school.guest_for({school.mia}))->id;
        const Secret our_link = school.newest_link();
        their_invite = school.invite(school.ben, school.guest_for({school.kai}))->id;
        const Secret their_link = school.newest_link();
        guest = {Role::guest, open(our_link), RecordingDesk::seat_of({Role::guest, our_invite.value})};
        parent = person(Role::parent, school.ann);
        teacher = person(Role::teacher, school.maths_teacher);
        admin = person(Role::admin, school.admin);
        stranger_seat = RecordingDesk::seat_of({Role::parent, school.ben.value});
        clock.at = SmallSchool::at(17, 56);
        desk.asked.clear();
    }
    Who person(Role role, PersonId id) { return {role, session_of(id), RecordingDesk::seat_of({role, id.value})}; }
    [[nodiscard]] const Who& by(Role role) const {
        switch (role) {
            case Role::guest: return guest;
            case Role::parent: return parent;
            case Role::teacher: return teacher;
            case Role::admin: return admin;
        }
        throw std::logic_error{"no such role"};
    }

    AppointmentId ours, theirs;
    InviteId our_invite, their_invite;
    Who guest, parent, teacher, admin;
    std::string stranger_seat;
};

struct Expected {
    const char* method;
    const char* pattern;
    const char* who;      ///< letters of the roles: (g)uest, (p)arent, (t)eacher, (a)dmin; "*" for everybody
    int status;           ///< of the right one
    const char* body;     ///< "" for none
    const char* foreign;  ///< how the error is called when the object is somebody else's; "" where nothing is named
};

constexpr const char* sdp = R"({"sdp":"v=0"})";
constexpr const char* candidates = R"({"candidates":[{"mline":0,"candidate":""}]})";
constexpr const char* status = R"({"muted":true,"camera_off":false})";
constexpr const char* claim = R"({"page":"0123456789abcdef0123456789abcdef"})";

const std::vector<Expected>& expectations() {
    static const std::vector<Expected> all{
        {"GET", "/health", "*", 200, "", ""},
        {"GET", "/school", "*", 200, "", ""},
        {"POST", "/session", "*", 404, R"({"token":"nonsense"})", ""},
        {"GET", "/session", "gpta", 200, "", ""},
        {"DELETE", "/session", "gpta", 204, "", ""},
        {"POST", "/sign-in-requests", "*", 202, R"({"email":"nobody@families.example"})", ""},
        {"GET", "/evenings/{evening}/bookings", "p", 200, "", "not_found"},
        {"GET", "/evenings/{evening}/choices", "p", 200, "", "not_found"},
        {"POST", "/evenings/{evening}/appointments", "p", 201, "BOOK", "not_found"},
        {"DELETE", "/appointments/{appointment}", "p", 204, "", "not_found"},
        {"GET", "/evenings/{evening}/invites", "p", 200, "", "not_found"},
        {"POST", "/evenings/{evening}/invites", "p", 201, "INVITE", "not_found"},
        {"POST", "/invites/{invite}/resend", "p", 200, "", "not_found"},
        {"DELETE", "/invites/{invite}", "p", 204, "", "not_found"},
        {"GET", "/evenings/{evening}/schedule", "t", 200, "", "not_found"},
        {"GET", "/visit", "g", 200, "", ""},
        {"GET", "/calls/{appointment}", "gpt", 200, "", "not_found"},
        {"POST", "/calls/{appointment}/seat", "gpt", 201, claim, "not_found"},
        {"DELETE", "/calls/{appointment}/queue", "gpt", 204, "", "not_found"},
        {"PUT", "/seats/{seat}/answer", "gpt", 204, sdp, "seat_gone"},
        {"POST", "/seats/{seat}/candidates", "gpt", 204, candidates, "seat_gone"},
        {"PUT", "/seats/{seat}/status", "gpt", 204, status, "seat_gone"},
        {"DELETE", "/seats/{seat}", "gpt", 204, "", "seat_gone"},
        {"GET", "/events", "gpta", 200, "", ""},
    };
    return all;
}

std::string label(const Expected& row, const char* who) {
    return std::string{row.method} + ' ' + row.pattern + " by " + who;
}

bool may(const Expected& row, Role role) {
    const std::string who = row.who;
    return who == "*" || who.find(to_text(role)[0]) != std::string::npos;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
    return text;
}

std::string path_of(const TwoFamilies& box, const Expected& row, const std::string& seat, bool foreign) {
    std::string path = row.pattern;
    path = replaced(path, "{evening}", std::to_string(box.school.evening.value + (foreign ? 1000 : 0)));
    path = replaced(path, "{appointment}", std::to_string((foreign ? box.theirs : box.ours).value));
    path = replaced(path, "{invite}", std::to_string((foreign ? box.their_invite : box.our_invite).value));
    path = replaced(path, "{seat}", foreign ? box.stranger_seat : seat);
    return path == "/events" ? path + "?page=" + page : path;
}

/// Leo has no invite yet, and the maths teacher is free at 18:10.
std::string body_of(const TwoFamilies& box, const Expected& row) {
    const std::string body = row.body;
    const std::string leo = std::to_string(box.school.leo.value);
    if (body == "BOOK") {
        return R"({"student":)" + leo + R"(,"class":)" + std::to_string(box.school.maths.value) +
               R"(,"starts_at":"2026-11-23T18:10:00Z"})";
    }
    if (body == "INVITE") {
        return R"({"name":"Gil","email":"gil@guests.example","consent":true,"students":[)" + leo + "]}";
    }
    return body;
}

}  // namespace

class ApiPermissionsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiPermissionsTest);
    CPPUNIT_TEST(P2_every_row_of_the_table_is_expected_here);
    CPPUNIT_TEST(P2_nobody_gets_past_a_row_that_asks_for_a_session);
    CPPUNIT_TEST(P2_every_other_role_is_refused);
    CPPUNIT_TEST(P2_what_is_somebody_elses_is_not_there);
    CPPUNIT_TEST(P2_the_right_role_gets_in);
    CPPUNIT_TEST(M13_a_guest_joins_no_other_call_of_the_family);
    CPPUNIT_TEST_SUITE_END();

public:
    void P2_every_row_of_the_table_is_expected_here() {
        for (const auto& route : route_table()) {
            const auto same = [&](const Expected& row) {
                return route.method == row.method && route.pattern == row.pattern;
            };
            const auto count = std::count_if(expectations().begin(), expectations().end(), same);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string{route.pattern}, std::ptrdiff_t{1}, count);
        }
        CPPUNIT_ASSERT_EQUAL(route_table().size(), expectations().size());
    }

    void P2_nobody_gets_past_a_row_that_asks_for_a_session() {
        TwoFamilies box;
        const auto audit = box.school.audit();
        for (const auto& row : expectations()) {
            if (std::string{row.who} == "*") continue;
            for (const auto& session : {Secret{}, Secret{"invented"}}) {
                const auto answer = box.ask(session, row.method, path_of(box, row, page, false), body_of(box, row));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(label(row, "nobody"), 401, answer.status);
                CPPUNIT_ASSERT_EQUAL(std::string{"not_signed_in"}, answer.error());
            }
        }
        assert_untouched(box, audit);
    }

    void P2_every_other_role_is_refused() {
        TwoFamilies box;
        const auto audit = box.school.audit();
        for (const auto& row : expectations()) {
            for (const Role role : {Role::guest, Role::parent, Role::teacher, Role::admin}) {
                if (may(row, role)) continue;
                const Who& who = box.by(role);
                const auto answer =
                    box.ask(who.session, row.method, path_of(box, row, who.seat, false), body_of(box, row));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(label(row, to_text(role)), 403, answer.status);
                CPPUNIT_ASSERT_EQUAL(std::string{"not_allowed"}, answer.error());
            }
        }
        assert_untouched(box, audit);
    }

    void P2_what_is_somebody_elses_is_not_there() {
        TwoFamilies box;
        const auto audit = box.school.audit();
        for (const auto& row : expectations()) {
            if (std::string{row.foreign}.empty()) continue;
            for (const Role role : {Role::guest, Role::parent, Role::teacher}) {
                if (!may(row, role)) continue;
                const Who& who = box.by(role);
                const auto answer =
                    box.ask(who.session, row.method, path_of(box, row, who.seat, true), body_of(box, row));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(label(row, to_text(role)), std::string{row.foreign}, answer.error());
            }
        }
        std::erase_if(box.desk.asked, [](const auto& line) { return line.find("claim") == std::string::npos; });
        assert_untouched(box, audit);
    }

    void P2_the_right_role_gets_in() {
        for (const auto& row : expectations()) {
            for (const Role role : {Role::guest, Role::parent, Role::teacher, Role::admin}) {
                if (!may(row, role)) continue;
                TwoFamilies box;
                const Who& who = box.by(role);
                const auto answer =
                    box.ask(who.session, row.method, path_of(box, row, who.seat, false), body_of(box, row));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(label(row, to_text(role)) + ": " + answer.response.body, row.status,
                                             answer.status);
            }
        }
    }

    void M13_a_guest_joins_no_other_call_of_the_family() {
        TwoFamilies box;
        box.clock.at = SmallSchool::at(17, 0);
        const auto leos = box.school.book(box.school.ann, box.school.leo, box.school.french, SmallSchool::at(18, 20));
        box.clock.at = SmallSchool::at(18, 16);
        for (const char* rest : {"", "/seat"}) {
            const auto answer = box.ask(box.guest.session, *rest == '\0' ? "GET" : "POST",
                                        box.path("/calls/", leos->id.value, rest), *rest == '\0' ? "" : claim);
            CPPUNIT_ASSERT_EQUAL(404, answer.status);
        }
        CPPUNIT_ASSERT(box.desk.claims.empty());
    }

private:
    static void assert_untouched(TwoFamilies& box, const std::vector<std::string>& audit) {
        CPPUNIT_ASSERT(audit == box.school.audit());
        CPPUNIT_ASSERT(box.desk.asked.empty());
        CPPUNIT_ASSERT_EQUAL(0, box.mails_queued);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiPermissionsTest);
