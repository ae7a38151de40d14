#include "calls/port_slices.h"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>
#include <set>
#include <stdexcept>

using namespace parley;

class PortSlicesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PortSlicesTest);
    CPPUNIT_TEST(the_range_is_cut_into_slices_that_do_not_meet);
    CPPUNIT_TEST(a_slice_is_free_again_when_nobody_holds_it);
    CPPUNIT_TEST(the_slice_that_was_free_for_longest_comes_next);
    CPPUNIT_TEST(a_lease_may_outlive_the_slices);
    CPPUNIT_TEST(the_highest_ports_can_be_used);
    CPPUNIT_TEST(a_range_without_a_whole_slice_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void the_range_is_cut_into_slices_that_do_not_meet() {
        PortSlices slices{40000, 40639, 16};
        CPPUNIT_ASSERT_EQUAL(std::size_t{40}, slices.free());
        std::set<int> ports;
        std::set<PortLease> leases;
        while (const auto lease = slices.take()) {
            leases.insert(lease);
            for (int port = lease->first; port <= lease->last; ++port) CPPUNIT_ASSERT(ports.insert(port).second);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{640}, ports.size());
        CPPUNIT_ASSERT(*ports.begin() == 40000 && *ports.rbegin() == 40639);
    }

    void a_slice_is_free_again_when_nobody_holds_it() {
        PortSlices slices{40000, 40020, 16};
        auto lease = slices.take();
        auto second = lease;
        CPPUNIT_ASSERT(lease && !slices.take());
        lease.reset();
        CPPUNIT_ASSERT(!slices.take());
        second.reset();
        CPPUNIT_ASSERT(slices.take());
    }

    void the_slice_that_was_free_for_longest_comes_next() {
        PortSlices slices{40000, 40031, 16};
        slices.take();
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{40016}, slices.take()->first);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{40000}, slices.take()->first);
    }

    void a_lease_may_outlive_the_slices() {
        std::optional<PortSlices> slices{std::in_place, 40000, 40015, 16};
        auto lease = slices->take();
        slices.reset();
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{40015}, lease->last);
        lease.reset();
    }

    void the_highest_ports_can_be_used() {
        PortSlices slices{65520, 65535, 16};
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{65535}, slices.take()->last);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, slices.free());
    }

    void a_range_without_a_whole_slice_is_refused() {
        CPPUNIT_ASSERT_THROW((PortSlices{40000, 40014, 16}), std::invalid_argument);
        CPPUNIT_ASSERT_THROW((PortSlices{40015, 40000, 16}), std::invalid_argument);
        CPPUNIT_ASSERT_THROW((PortSlices{0, 100, 16}), std::invalid_argument);
        CPPUNIT_ASSERT_THROW((PortSlices{40000, 40639, 0}), std::invalid_argument);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PortSlicesTest);
