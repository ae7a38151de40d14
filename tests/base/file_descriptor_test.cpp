#include "base/file_descriptor.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>

#include <utility>

using namespace parley;

class FileDescriptorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileDescriptorTest);
    CPPUNIT_TEST(closes_what_it_owns);
    CPPUNIT_TEST(moves);
    CPPUNIT_TEST(releases);
    CPPUNIT_TEST_SUITE_END();

    static FileDescriptor open_null() { return FileDescriptor{::open("/dev/null", O_RDONLY | O_CLOEXEC)}; }
    static bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }

public:
    void closes_what_it_owns() {
        int number = -1;
        {
            const auto fd = open_null();
            number = fd.get();
            CPPUNIT_ASSERT(fd && is_open(number));
        }
        CPPUNIT_ASSERT(!is_open(number));
    }

    void moves() {
        auto first = open_null();
        auto second = open_null();
        const int kept = first.get();
        const int closed = second.get();
        second = std::move(first);
        CPPUNIT_ASSERT(second.get() == kept && is_open(kept) && !is_open(closed));
    }

    void releases() {
        auto fd = open_null();
        const FileDescriptor owner{fd.release()};
        CPPUNIT_ASSERT(!fd && is_open(owner.get()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FileDescriptorTest);
