// Booking and cancelling through the API (B1, B3, B4, B6, B7, B9), and who hears of it.
#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "http/api_school.h"

using namespace parley;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct Family : ApiSchool {
    Family() : ann{session_of(school.ann)}, ben{session_of(school.ben)} {}
    TestAnswer book(const Secret& who, StudentId student, ClassId id, const std::string& starts_at,
                    const std::string& note = "") {
        return ask(who, "POST", evening_path("/appointments"),
                   R"({"student":)" + std::to_string(student.value) + R"(,"class":)" + std::to_string(id.value) +
                       R"(,"starts_at":")" + starts_at + R"(","note":")" + note + R"("})");
    }
    TestAnswer bookings() { return ask(ann, "GET", evening_path("/bookings")); }
    Secret ann, ben;
};

const std::string six = "2026-11-23T18:00:00Z";

}  // namespace

class ApiBookingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiBookingsTest);
    CPPUNIT_TEST(B7_a_booking_is_made_shown_and_mailed);
    CPPUNIT_TEST(B4_what_cannot_be_booked_says_why);
    CPPUNIT_TEST(B6_a_note_reaches_the_teacher_and_is_bounded);
    CPPUNIT_TEST(B1_choices_offer_free_slots_only);
    CPPUNIT_TEST(B3_a_cancelled_appointment_ends_its_call_and_tells_everybody);
    CPPUNIT_TEST(B9_the_join_button_lights_up_and_goes_out);
    CPPUNIT_TEST(T1_a_teacher_sees_the_evening);
    CPPUNIT_TEST_SUITE_END();

public:
    void B7_a_booking_is_made_shown_and_mailed() {
        Family box;
        const auto booked = box.book(box.ann, box.school.mia, box.school.maths, six);
        CPPUNIT_ASSERT_EQUAL(201, booked.status);
        CPPUNIT_ASSERT_EQUAL(six, booked.text("/starts_at"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Tess Times"}, booked.text("/teachers/0/name"));
        CPPUNIT_ASSERT_EQUAL(1, box.mails_queued);
        CPPUNIT_ASSERT_EQUAL(booked.number("/id"), box.bookings().number("/appointments/0/id"));
    }

    void B4_what_cannot_be_booked_says_why() {
        Family box;
        box.book(box.ann, box.school.mia, box.school.maths, six);
        const auto error = [&](const TestAnswer& answer) {
            return std::to_string(answer.status) + ' ' + answer.error();
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"409 slot_taken"},
                             error(box.book(box.ben, box.school.kai, box.school.maths, six)));
        CPPUNIT_ASSERT_EQUAL(std::string{"409 already_booked"},
                             error(box.book(box.ann, box.school.mia, box.school.maths, "2026-11-23T18:10:00Z")));
        CPPUNIT_ASSERT_EQUAL(std::string{"409 you_are_busy"},
                             error(box.book(box.ann, box.school.leo, box.school.french, six)));
        CPPUNIT_ASSERT_EQUAL(std::string{"422 slot_unknown"},
                             error(box.book(box.ann, box.school.leo, box.school.maths, "2026-11-23T18:05:00Z")));
        CPPUNIT_ASSERT_EQUAL(std::string{"422 student_not_yours"},
                             error(box.book(box.ann, box.school.kai, box.school.maths, six)));
        CPPUNIT_ASSERT_EQUAL(std::string{"404 not_found"},
                             error(box.book(box.ann, box.school.leo, box.school.sports, six)));
        const auto invalid = box.book(box.ann, box.school.leo, box.school.maths, "tonight");
        CPPUNIT_ASSERT_EQUAL(std::string{"request_invalid"}, invalid.field_error("starts_at"));
        box.clock.at = SmallSchool::at(21, 0);
        CPPUNIT_ASSERT_EQUAL(std::string{"409 booking_closed"},
                             error(box.book(box.ann, box.school.leo, box.school.maths, six)));
    }

    void B6_a_note_reaches_the_teacher_and_is_bounded() {
        Family box;
        const auto long_note = box.book(box.ann, box.school.mia, box.school.maths, six, std::string(501, 'x'));
        CPPUNIT_ASSERT_EQUAL(422, long_note.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"note_too_long"}, long_note.field_error("note"));
        box.book(box.ann, box.school.mia, box.school.maths, six, "She likes \\u2211");
        const Secret tess = box.session_of(box.school.maths_teacher);
        CPPUNIT_ASSERT_EQUAL(std::string{"She likes ∑"},
                             box.ask(tess, "GET", box.evening_path("/schedule")).text("/appointments/0/note"));
    }

    void B1_choices_offer_free_slots_only() {
        Family box;
        box.book(box.ben, box.school.kai, box.school.maths, six);
        box.book(box.ann, box.school.mia, box.school.french, "2026-11-23T18:20:00Z");
        const auto choices = box.ask(box.ann, "GET", box.evening_path("/choices"));
        CPPUNIT_ASSERT_EQUAL(200, choices.status);
        for (const auto& row : choices.at("/students").as_array()) {
            for (const auto& one : row.at("classes").as_array()) check_class(one);
        }
    }

    void B3_a_cancelled_appointment_ends_its_call_and_tells_everybody() {
        Family box;
        const auto id = box.book(box.ann, box.school.mia, box.school.maths, six).number("/id");
        box.school.invite(box.school.ann, box.school.guest_for({box.school.mia}));
        const Secret guest = box.open(box.school.newest_link());
        const Secret tess = box.session_of(box.school.maths_teacher);
        const auto stream = [&](const Secret& who, char digit) {
            auto opened = box.ask(who, "GET", "/events?page=" + std::string(32, digit)).stream;
            ApiSchool::drain(*opened);
            return opened;
        };
        const auto parents = stream(box.ann, 'a');
        const auto teachers = stream(tess, 'b');
        const auto guests = stream(guest, 'c');
        const auto strangers = stream(box.ben, 'd');
        const std::string path = box.path("/appointments/", id);
        CPPUNIT_ASSERT_EQUAL(404, box.ask(box.ben, "DELETE", path).status);
        CPPUNIT_ASSERT_EQUAL(204, box.ask(box.ann, "DELETE", path).status);
        CPPUNIT_ASSERT_EQUAL(std::string{"close_call " + std::to_string(id)}, box.desk.asked.back());
        CPPUNIT_ASSERT_EQUAL(2, box.mails_queued);
        CPPUNIT_ASSERT(has(ApiSchool::drain(*parents), R"({"what":"bookings"})"));
        CPPUNIT_ASSERT(has(ApiSchool::drain(*teachers), R"({"what":"schedule"})"));
        CPPUNIT_ASSERT(has(ApiSchool::drain(*guests), R"({"what":"bookings"})"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, ApiSchool::drain(*strangers));
        CPPUNIT_ASSERT_EQUAL(404, box.ask(box.ann, "DELETE", path).status);
    }

    void B9_the_join_button_lights_up_and_goes_out() {
        Family box;
        box.book(box.ann, box.school.mia, box.school.maths, six);
        box.book(box.ann, box.school.mia, box.school.sports, "2026-11-23T18:10:00Z");
        const auto early = box.bookings();
        CPPUNIT_ASSERT_EQUAL(std::string{"early"}, early.text("/appointments/0/join/state"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T17:55:00Z"}, early.text("/appointments/0/join/opens_at"));
        CPPUNIT_ASSERT_EQUAL(std::string{"none"}, early.text("/appointments/1/join/state"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Room 7"}, early.text("/appointments/1/room"));
        box.clock.at = SmallSchool::at(17, 55);
        const auto open = box.bookings();
        CPPUNIT_ASSERT_EQUAL(std::string{"open"}, open.text("/appointments/0/join/state"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-23T18:10:30Z"}, open.text("/appointments/0/join/closes_at"));
        box.clock.at = SmallSchool::at(18, 10) + seconds{30};
        CPPUNIT_ASSERT_EQUAL(std::string{"over"}, box.bookings().text("/appointments/0/join/state"));
    }

    void T1_a_teacher_sees_the_evening() {
        Family box;
        box.book(box.ann, box.school.mia, box.school.maths, six);
        const Secret tess = box.session_of(box.school.maths_teacher);
        const auto schedule = box.ask(tess, "GET", box.evening_path("/schedule"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann Abel"}, schedule.text("/appointments/0/parent_name"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, schedule.number("/appointments/0/in_call"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, schedule.number("/appointments/0/waiting"));
        const Secret fred = box.session_of(box.school.french_teacher);
        const auto empty = box.ask(fred, "GET", box.evening_path("/schedule"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, empty.at("/appointments").as_array().size());
    }

private:
    static void check_class(const boost::json::value& one) {
        const auto& slots = one.at("slots").as_array();
        const bool has_six =
            std::any_of(slots.begin(), slots.end(), [](const auto& at) { return at.as_string() == six.c_str(); });
        if (one.at("name").as_string() == "Maths") CPPUNIT_ASSERT(!has_six && !slots.empty());
        if (one.at("booked").is_string()) CPPUNIT_ASSERT(slots.empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiBookingsTest);
