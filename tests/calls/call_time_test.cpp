#include <cppunit/extensions/HelperMacros.h>

#include "calls/call_house.h"

using namespace parley;

/// Countdown and end of a call (C2).
class CallTimeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CallTimeTest);
    CPPUNIT_TEST(C2_everybody_hears_the_time_at_the_start_and_a_minute_before_the_end);
    CPPUNIT_TEST(C2_a_booking_made_meanwhile_brings_the_end_forward);
    CPPUNIT_TEST(C2_the_end_comes_by_itself_and_leads_on);
    CPPUNIT_TEST(C2_a_call_that_is_over_cannot_be_claimed);
    CPPUNIT_TEST(C2_who_waits_is_told_the_end_too);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<CallHouse> house_;
    AppointmentId leos_;
    AppointmentId leos_next_;

    SeatOffer sit(Identity who, const std::string& page) {
        auto ticket = house_->school.read([&](Transaction& tx) { return may_join(tx, who, leos_, house_->clock.at); });
        CPPUNIT_ASSERT(ticket);
        const auto answer = house_->claim(*ticket, page);
        CPPUNIT_ASSERT(answer && answer->offer);
        return *answer->offer;
    }
    void turn_clock_to(int hour, int minute, int second = 0) {
        house_->turn_clock(SmallSchool::at(hour, minute) + seconds{second} - house_->clock.at);
    }
    std::string told(const std::string& to, const std::string& event, const std::string& key) {
        const auto* sent = house_->pages.find(to, event);
        CPPUNIT_ASSERT_MESSAGE(event + " to " + to, sent != nullptr);
        const auto data = sent->data();
        return boost::json::serialize(data.at(key));
    }
    [[nodiscard]] std::string watchers() const { return "call " + std::to_string(leos_.value); }

public:
    void setUp() override {
        house_ = std::make_unique<CallHouse>();
        leos_ = house_->book(house_->school.ann, house_->school.leo, house_->school.maths, SmallSchool::at(18, 30));
        leos_next_ =
            house_->book(house_->school.ann, house_->school.leo, house_->school.french, SmallSchool::at(19, 0));
    }
    void tearDown() override { house_.reset(); }

    void C2_everybody_hears_the_time_at_the_start_and_a_minute_before_the_end() {
        turn_clock_to(18, 29, 50);
        sit(house_->ann, "ann");
        CPPUNIT_ASSERT(house_->pages.find(watchers(), "clock") == nullptr);
        turn_clock_to(18, 30);
        CPPUNIT_ASSERT_EQUAL(std::string{"\"2026-11-23T18:30:00Z\""}, told(watchers(), "clock", "now"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"2026-11-23T18:40:00Z\""}, told(watchers(), "clock", "ends_at"));
        CPPUNIT_ASSERT_EQUAL(std::string{"\"2026-11-23T18:40:30Z\""}, told(watchers(), "clock", "closes_at"));
        turn_clock_to(18, 38, 40);
        sit(house_->ann, "ann");
        turn_clock_to(18, 39);
        CPPUNIT_ASSERT_EQUAL(std::string{"\"2026-11-23T18:39:00Z\""}, told(watchers(), "clock", "now"));
    }

    void C2_a_booking_made_meanwhile_brings_the_end_forward() {
        turn_clock_to(18, 38, 40);
        sit(house_->ann, "ann");
        house_->book(house_->school.ben, house_->school.kai, house_->school.maths, SmallSchool::at(18, 40));
        turn_clock_to(18, 39);
        CPPUNIT_ASSERT_EQUAL(std::string{"\"2026-11-23T18:40:00Z\""}, told(watchers(), "clock", "closes_at"));
        turn_clock_to(18, 39, 10);
        sit(house_->ann, "ann");
        turn_clock_to(18, 39, 59);
        CPPUNIT_ASSERT(house_->pages.find("ann", "ended") == nullptr);
        turn_clock_to(18, 40);
        CPPUNIT_ASSERT(house_->pages.find("ann", "ended") != nullptr);
    }

    void C2_the_end_comes_by_itself_and_leads_on() {
        turn_clock_to(18, 40, 20);
        sit(house_->ann, "ann");
        sit(house_->tess, "tess");
        turn_clock_to(18, 40, 30);
        CPPUNIT_ASSERT_EQUAL(std::to_string(leos_next_.value), told("ann", "ended", "next"));
        CPPUNIT_ASSERT_EQUAL(std::string{"null"}, told("tess", "ended", "next"));
        CPPUNIT_ASSERT(house_->calls->roster(leos_).people.empty());
        house_->until("the ports given back", [&] { return house_->calls->figures().free_slices == 2; });
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, house_->calls->figures().live);
    }

    void C2_a_call_that_is_over_cannot_be_claimed() {
        const auto ticket = house_->ticket(house_->ann);
        turn_clock_to(18, 20, 30);
        CPPUNIT_ASSERT(house_->claim(ticket, "ann").refusal() == Refusal::call_over);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, house_->calls->figures().live);
    }

    void C2_who_waits_is_told_the_end_too() {
        turn_clock_to(18, 20, 20);
        house_->fill();
        CPPUNIT_ASSERT(house_->claim(house_->ticket(house_->gus), "gus"));
        turn_clock_to(18, 20, 30);
        CPPUNIT_ASSERT(house_->pages.find("gus", "ended") != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::to_string(leos_.value), told("ann", "ended", "next"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CallTimeTest);
