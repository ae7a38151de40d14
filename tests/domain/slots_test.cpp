#include "domain/slots.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace parley;

class SlotsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SlotsTest);
    CPPUNIT_TEST(slots_follow_each_other_with_their_gaps);
    CPPUNIT_TEST(the_last_slot_ends_with_the_evening);
    CPPUNIT_TEST(slots_before_the_evening_are_left_out);
    CPPUNIT_TEST(a_nonsensical_offer_has_no_slots);
    CPPUNIT_TEST(the_number_of_slots_is_bounded);
    CPPUNIT_TEST_SUITE_END();

    Evening evening_{{}, "", Instant{minutes{600}}, Instant{minutes{660}}, minutes{10}, minutes{0}, {}, {}};

    static ClassOffer offer(int first, int slot, int gap) {
        ClassOffer offer;
        offer.first_slot_at = Instant{minutes{first}};
        offer.slot_minutes = minutes{slot};
        offer.gap_minutes = minutes{gap};
        return offer;
    }

public:
    void slots_follow_each_other_with_their_gaps() {
        const auto starts = slot_starts(evening_, offer(600, 7, 3));
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, starts.size());
        CPPUNIT_ASSERT(starts.at(1) == Instant{minutes{610}});
        CPPUNIT_ASSERT(is_slot_start(evening_, offer(600, 7, 3), Instant{minutes{650}}));
        CPPUNIT_ASSERT(!is_slot_start(evening_, offer(600, 7, 3), Instant{minutes{607}}));
    }

    void the_last_slot_ends_with_the_evening() {
        CPPUNIT_ASSERT(slot_starts(evening_, offer(600, 60, 30)).size() == 1);
        CPPUNIT_ASSERT(slot_starts(evening_, offer(601, 60, 0)).empty());
    }

    void slots_before_the_evening_are_left_out() {
        const auto starts = slot_starts(evening_, offer(595, 10, 0));
        CPPUNIT_ASSERT(starts.front() == Instant{minutes{605}});
    }

    void a_nonsensical_offer_has_no_slots() {
        CPPUNIT_ASSERT(slot_starts(evening_, offer(600, 0, 0)).empty());
        CPPUNIT_ASSERT(slot_starts(evening_, offer(600, 10, -10)).empty());
    }

    void the_number_of_slots_is_bounded() {
        evening_.ends_at += std::chrono::days{30};
        CPPUNIT_ASSERT_EQUAL(std::size_t{1440}, slot_starts(evening_, offer(600, 1, 0)).size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SlotsTest);
