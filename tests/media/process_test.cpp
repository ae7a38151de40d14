#include <cppunit/extensions/HelperMacros.h>

#include <glib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "call/port_probe.h"
#include "call/port_slice.h"
#include "call/reaper.h"
#include "call/self_check.h"
#include "peer/addresses.h"

using namespace parley;

class PortSliceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PortSliceTest);
    CPPUNIT_TEST(ports_are_handed_out_once_and_then_no_more);
    CPPUNIT_TEST(the_port_that_was_free_for_longest_comes_next);
    CPPUNIT_TEST(a_slice_that_is_none_is_empty);
    CPPUNIT_TEST(the_last_port_of_all_is_no_endless_slice);
    CPPUNIT_TEST(a_port_that_does_not_fit_stays_where_it_is);
    CPPUNIT_TEST(a_port_that_somebody_has_cannot_be_bound);
    CPPUNIT_TEST_SUITE_END();

    static bool any(std::uint16_t) { return true; }

    void a_port_that_does_not_fit_stays_where_it_is() {
        call::PortSlice slice{40000, 40002};
        CPPUNIT_ASSERT(slice.take([](std::uint16_t port) { return port == 40001; }) == 40001);
        CPPUNIT_ASSERT(!slice.take([](std::uint16_t) { return false; }));
        CPPUNIT_ASSERT(slice.take(any) == 40000);
    }

    void a_port_that_somebody_has_cannot_be_bound() {
        const int taken = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        CPPUNIT_ASSERT_EQUAL(0, bind(taken, reinterpret_cast<sockaddr*>(&address), size));
        CPPUNIT_ASSERT_EQUAL(0, listen(taken, 1));
        CPPUNIT_ASSERT_EQUAL(0, getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size));
        CPPUNIT_ASSERT(!call::can_bind_tcp(ntohs(address.sin_port)));
        CPPUNIT_ASSERT(call::can_bind_udp(ntohs(address.sin_port)));
        close(taken);
    }

    void ports_are_handed_out_once_and_then_no_more() {
        call::PortSlice slice{40000, 40001};
        CPPUNIT_ASSERT(slice.take(any) == 40000);
        CPPUNIT_ASSERT(slice.take(any) == 40001);
        CPPUNIT_ASSERT(!slice.take(any));
    }

    void the_port_that_was_free_for_longest_comes_next() {
        call::PortSlice slice{40000, 40002};
        slice.give_back(*slice.take(any));
        CPPUNIT_ASSERT(slice.take(any) == 40001);
        CPPUNIT_ASSERT(slice.take(any) == 40002);
        CPPUNIT_ASSERT(slice.take(any) == 40000);
    }

    void a_slice_that_is_none_is_empty() {
        CPPUNIT_ASSERT(!(call::PortSlice{40001, 40000}.take(any)));
        CPPUNIT_ASSERT(!(call::PortSlice{0, 0}.take(any)));
        CPPUNIT_ASSERT(!call::PortSlice{}.take(any));
    }

    void the_last_port_of_all_is_no_endless_slice() {
        call::PortSlice slice{65535, 65535};
        CPPUNIT_ASSERT(slice.take(any) == 65535);
        CPPUNIT_ASSERT(!slice.take(any));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PortSliceTest);

class ReaperTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReaperTest);
    CPPUNIT_TEST(farewells_are_done_elsewhere_one_after_the_other);
    CPPUNIT_TEST(one_that_hangs_does_not_hold_up_the_owner);
    CPPUNIT_TEST_SUITE_END();

    void farewells_are_done_elsewhere_one_after_the_other() {
        call::Reaper reaper;
        std::vector<int> order;
        std::thread::id where;
        for (int i = 0; i < 3; ++i) {
            reaper.bury([&, i] {
                order.push_back(i);
                where = std::this_thread::get_id();
            });
        }
        CPPUNIT_ASSERT(reaper.wait_idle(std::chrono::seconds{10}));
        CPPUNIT_ASSERT((order == std::vector{0, 1, 2}));
        CPPUNIT_ASSERT(where != std::this_thread::get_id());
    }

    void one_that_hangs_does_not_hold_up_the_owner() {
        std::promise<void> release;
        call::Reaper reaper;
        reaper.bury([future = release.get_future().share()] { future.wait(); });
        CPPUNIT_ASSERT(!reaper.wait_idle(std::chrono::milliseconds{1}));
        release.set_value();
        CPPUNIT_ASSERT(reaper.wait_idle(std::chrono::seconds{10}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReaperTest);

/// The real GStreamer of this machine.
class SelfCheckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SelfCheckTest);
    CPPUNIT_TEST(the_gstreamer_of_this_machine_is_as_relied_upon);
    CPPUNIT_TEST(no_loopback_or_link_local_address_is_offered);
    CPPUNIT_TEST_SUITE_END();

    void the_gstreamer_of_this_machine_is_as_relied_upon() {
        CPPUNIT_ASSERT_EQUAL(std::string{}, call::load_plugins().value_or(""));
        CPPUNIT_ASSERT_EQUAL(std::string{}, call::self_check().value_or(""));
        auto* loop = g_main_context_new();
        CPPUNIT_ASSERT_EQUAL(std::string{}, call::warm_up(loop).value_or(""));
        g_main_context_unref(loop);
    }

    void no_loopback_or_link_local_address_is_offered() {
        for (const auto& address : peer::addresses_of_this_machine()) {
            CPPUNIT_ASSERT_MESSAGE(address, !address.starts_with("127.") && address != "::1" &&
                                                !address.starts_with("fe80") && !address.starts_with("169.254."));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SelfCheckTest);
