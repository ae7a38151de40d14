#include "http/static_files.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <fstream>

#include "http/server.h"
#include "support/temporary_folder.h"

using namespace parley;

class StaticFilesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StaticFilesTest);
    CPPUNIT_TEST(the_best_form_that_the_browser_takes);
    CPPUNIT_TEST(hashed_files_are_kept_for_ever_and_pages_are_asked_for_again);
    CPPUNIT_TEST(what_the_browser_has_is_not_sent_again);
    CPPUNIT_TEST(every_page_of_the_application_is_index_html);
    CPPUNIT_TEST(nothing_outside_the_folder);
    CPPUNIT_TEST(pages_can_only_be_read);
    CPPUNIT_TEST(a_folder_without_pages_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        std::filesystem::create_directories(folder_.path() / "assets");
        write("index.html", "plain");
        write("index.html.br", "brotli");
        write("index.html.gz", "gzip");
        write("assets/page-1a2b.js", "script");
        write("orphan.js.br", "no plain form");
    }

    void the_best_form_that_the_browser_takes() {
        const StaticFiles files{folder_.path()};
        const auto body = [&](const char* accepted) { return *files.answer({"GET", "/", accepted, ""}).body; };
        CPPUNIT_ASSERT_EQUAL(std::string{"brotli"}, body("gzip, deflate, br"));
        CPPUNIT_ASSERT_EQUAL(std::string{"gzip"}, body("gzip;q=0.5"));
        CPPUNIT_ASSERT_EQUAL(std::string{"gzip"}, body("br;q=0, gzip"));
        CPPUNIT_ASSERT_EQUAL(std::string{"plain"}, body(""));
        CPPUNIT_ASSERT_EQUAL(std::string{"plain"}, body("brr, xgzip,,"));
        CPPUNIT_ASSERT_EQUAL(std::string{"br"}, header(files.answer({"GET", "/", "br", ""}), "Content-Encoding"));
        CPPUNIT_ASSERT_EQUAL(404, files.answer({"GET", "/orphan.js", "br", ""}).status);
    }

    void hashed_files_are_kept_for_ever_and_pages_are_asked_for_again() {
        const StaticFiles files{folder_.path()};
        const auto script = files.answer({"GET", "/assets/page-1a2b.js", "", ""});
        CPPUNIT_ASSERT(header(script, "Cache-Control").find("immutable") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string{"text/javascript; charset=utf-8"}, header(script, "Content-Type"));
        CPPUNIT_ASSERT_EQUAL(std::string{"no-cache"}, header(files.answer({"GET", "/", "", ""}), "Cache-Control"));
    }

    void what_the_browser_has_is_not_sent_again() {
        const StaticFiles files{folder_.path()};
        const auto plain = header(files.answer({"GET", "/", "", ""}), "ETag");
        const auto brotli = header(files.answer({"GET", "/", "br", ""}), "ETag");
        CPPUNIT_ASSERT(plain != brotli);
        const auto again = files.answer({"GET", "/", "", "\"other\", W/" + plain});
        CPPUNIT_ASSERT_EQUAL(304, again.status);
        CPPUNIT_ASSERT(again.body->empty());
        CPPUNIT_ASSERT_EQUAL(plain, header(again, "ETag"));
        CPPUNIT_ASSERT_EQUAL(200, files.answer({"GET", "/", "", brotli}).status);
    }

    void every_page_of_the_application_is_index_html() {
        const StaticFiles files{folder_.path()};
        for (const char* path : {"/", "/bookings", "/invites/new", "/call/12", "/anything"}) {
            CPPUNIT_ASSERT_EQUAL(std::string{"plain"}, *files.answer({"GET", path, "", ""}).body);
        }
    }

    void nothing_outside_the_folder() {
        const StaticFiles files{folder_.path()};
        std::ofstream{folder_.path().string() + ".secret"} << "secret";
        for (const char* path : {"/../etc/passwd.txt", "/assets/../../x.key", "//etc/passwd.d", "/assets/", "/assets",
                                 "/index.html.br", "/.env", "/favicon.ico", "", "x.js"}) {
            const auto answer = files.answer({"GET", path, "", ""});
            CPPUNIT_ASSERT_MESSAGE(path, answer.status == 404 || *answer.body == "plain");
        }
        std::filesystem::remove(folder_.path().string() + ".secret");
    }

    void pages_can_only_be_read() {
        const StaticFiles files{folder_.path()};
        for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "BREW"}) {
            const auto answer = files.answer({method, "/", "", ""});
            CPPUNIT_ASSERT_EQUAL(405, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string{"GET, HEAD"}, header(answer, "Allow"));
        }
    }

    void a_folder_without_pages_is_refused() {
        CPPUNIT_ASSERT_THROW(StaticFiles{folder_.path() / "assets"}, ServerError);
        CPPUNIT_ASSERT_THROW(StaticFiles{folder_.path() / "nowhere"}, ServerError);
    }

private:
    void write(const char* name, const char* text) const { std::ofstream{folder_.path() / name} << text; }
    static std::string header(const FileAnswer& answer, const std::string& name) {
        for (const auto& [key, value] : answer.headers)
            if (key == name) return value;
        return {};
    }

    TemporaryFolder folder_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(StaticFilesTest);
