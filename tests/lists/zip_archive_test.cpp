#include "lists/zip_archive.h"

#include <zip.h>

#include "lists/lists_support.h"

using namespace parley;

namespace {

/// Made by the library itself, so that every archive here is a real one.
std::vector<char> zipped(const std::vector<std::pair<std::string, std::string>>& files,
                         const char* password = nullptr) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : files) {
        zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
        const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (password != nullptr)
            zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
    }
    CPPUNIT_ASSERT_EQUAL(0, zip_close(archive));
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::vector<char> bytes(static_cast<std::size_t>(zip_source_tell(target)));
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

std::string names(const std::vector<char>& bytes, const ZipLimits& limits = {}) {
    std::string all;
    for (const auto& [name, content] : read_zip(bytes, "school.zip", {"users.csv", "orgs.csv"}, limits))
        all += name + '=' + content + ' ';
    return all;
}

std::string fault(const std::vector<char>& bytes, const ZipLimits& limits = {}) {
    return fault_of([&] { names(bytes, limits); });
}

}  // namespace

/// Archives as they are handed in, good and bad (A2).
class ZipArchiveTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ZipArchiveTest);
    CPPUNIT_TEST(A2_wanted_files_are_unpacked);
    CPPUNIT_TEST(A2_files_in_one_folder_are_found);
    CPPUNIT_TEST(A2_paths_that_lead_out_are_refused);
    CPPUNIT_TEST(A2_bombs_are_refused_before_they_grow);
    CPPUNIT_TEST(A2_archive_that_lies_about_a_size_is_refused);
    CPPUNIT_TEST(A2_password_is_named);
    CPPUNIT_TEST(A2_junk_is_no_archive);
    CPPUNIT_TEST_SUITE_END();

public:
    void A2_wanted_files_are_unpacked() {
        CPPUNIT_ASSERT_EQUAL(std::string{"orgs.csv=2 users.csv=1 "},
                             names(zipped({{"users.csv", "1"}, {"orgs.csv", "2"}, {"photo.jpg", "3"}})));
    }

    void A2_files_in_one_folder_are_found() {
        CPPUNIT_ASSERT_EQUAL(std::string{"orgs.csv=2 users.csv=1 "},
                             names(zipped({{"export/", ""}, {"export/users.csv", "1"}, {"export/orgs.csv", "2"}})));
        CPPUNIT_ASSERT_EQUAL(std::string{"orgs.csv=2 "}, names(zipped({{"old/users.csv", "1"}, {"orgs.csv", "2"}})));
    }

    void A2_paths_that_lead_out_are_refused() {
        for (const char* path : {"../users.csv", "a/../../users.csv", "/users.csv", "C:\\users.csv", "a\\users.csv"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, std::string{"zip_path in school.zip"}, fault(zipped({{path, "1"}})));
    }

    void A2_bombs_are_refused_before_they_grow() {
        const auto bomb = zipped({{"users.csv", std::string(40UL * 1024 * 1024, 'a')}});
        CPPUNIT_ASSERT(bomb.size() < 100'000);
        CPPUNIT_ASSERT_EQUAL(std::string{"zip_bomb in school.zip"}, fault(bomb));
        CPPUNIT_ASSERT_EQUAL(std::string{"zip_bomb in school.zip"},
                             fault(zipped({{"users.csv", "123456"}, {"orgs.csv", "123456"}}), {10, 10, 200}));
        CPPUNIT_ASSERT_EQUAL(std::string{"too_big in school.zip"},
                             fault(zipped({{"a", "1"}, {"b", "2"}, {"c", "3"}}), {2, 1000, 200}));
    }

    void A2_archive_that_lies_about_a_size_is_refused() {
        auto bytes = zipped({{"users.csv", std::string(5000, 'a')}});
        // The size in the central directory (APPNOTE 4.3.12), which is what an archive is believed.
        const std::string mark{"PK\x01\x02"};
        const auto entry = std::search(bytes.begin(), bytes.end(), mark.begin(), mark.end());
        CPPUNIT_ASSERT(entry != bytes.end());
        entry[24] = 10;
        entry[25] = 0;
        CPPUNIT_ASSERT(fault(bytes) == "zip_bomb in school.zip" || fault(bytes) == "not_zip in school.zip");
    }

    void A2_password_is_named() {
        CPPUNIT_ASSERT_EQUAL(std::string{"zip_encrypted in school.zip"}, fault(zipped({{"users.csv", "1"}}, "secret")));
    }

    void A2_junk_is_no_archive() {
        const std::string text{"first,last\nMia,Abel\n"};
        CPPUNIT_ASSERT_EQUAL(std::string{"not_zip in school.zip"}, fault({text.begin(), text.end()}));
        CPPUNIT_ASSERT_EQUAL(std::string{"not_zip in school.zip"}, fault({}));
        auto broken = zipped({{"users.csv", std::string(5000, 'a') + "b"}});
        broken[45] ^= 0x55;
        CPPUNIT_ASSERT_EQUAL(std::string{"not_zip in school.zip"}, fault(broken));
        broken.resize(broken.size() / 2);
        CPPUNIT_ASSERT_EQUAL(std::string{"not_zip in school.zip"}, fault(broken));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ZipArchiveTest);
