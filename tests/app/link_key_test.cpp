#include <cppunit/extensions/HelperMacros.h>
#include <sys/stat.h>

#include <fstream>

#include "app/link_key.h"
#include "support/temporary_folder.h"

using namespace parley;

class LinkKeyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LinkKeyTest);
    CPPUNIT_TEST(P1_is_made_once_and_stays);
    CPPUNIT_TEST(P1_differs_from_box_to_box);
    CPPUNIT_TEST(P1_is_for_the_owner_alone);
    CPPUNIT_TEST(one_that_others_may_read_is_refused);
    CPPUNIT_TEST(one_of_another_size_is_refused);
    CPPUNIT_TEST(a_link_to_elsewhere_is_refused);
    CPPUNIT_TEST(a_folder_that_is_not_there_is_named);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "link.key"; }

    [[nodiscard]] std::string refusal() const {
        try {
            load_link_key(folder_.path());
        } catch (const StartError& error) {
            return error.what();
        }
        return "";
    }

    void P1_is_made_once_and_stays() {
        const auto first = load_link_key(folder_.path());
        CPPUNIT_ASSERT(first.bytes == load_link_key(folder_.path()).bytes);
        CPPUNIT_ASSERT(first.bytes != LinkKey{}.bytes);
    }

    void P1_differs_from_box_to_box() {
        const TemporaryFolder other;
        CPPUNIT_ASSERT(load_link_key(folder_.path()).bytes != load_link_key(other.path()).bytes);
    }

    void P1_is_for_the_owner_alone() {
        load_link_key(folder_.path());
        struct stat facts {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(file().c_str(), &facts));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, mode_t{facts.st_mode & 0777U});
        CPPUNIT_ASSERT_EQUAL(off_t{32}, facts.st_size);
    }

    void one_that_others_may_read_is_refused() {
        load_link_key(folder_.path());
        ::chmod(file().c_str(), 0640);
        CPPUNIT_ASSERT(refusal().find("may be read by others") != std::string::npos);
    }

    void one_of_another_size_is_refused() {
        load_link_key(folder_.path());
        std::filesystem::resize_file(file(), 31);
        CPPUNIT_ASSERT(refusal().find("is damaged") != std::string::npos);
        std::filesystem::resize_file(file(), 0);
        CPPUNIT_ASSERT(refusal().find("is damaged") != std::string::npos);
    }

    void a_link_to_elsewhere_is_refused() {
        const TemporaryFolder other;
        load_link_key(other.path());
        std::filesystem::create_symlink(other.path() / "link.key", file());
        CPPUNIT_ASSERT(refusal().find("cannot be read") != std::string::npos);
    }

    void a_folder_that_is_not_there_is_named() {
        try {
            load_link_key(folder_.path() / "nowhere");
            CPPUNIT_FAIL("a key without a folder");
        } catch (const StartError& error) {
            CPPUNIT_ASSERT(std::string{error.what()}.find("nowhere/link.key") != std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LinkKeyTest);
