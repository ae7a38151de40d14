#include <cppunit/extensions/HelperMacros.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>

#include "store/database.h"
#include "store/migrations.h"
#include "support/small_school.h"

using namespace parley;

/// What stands in the way of opening a database, and the sentence that says so.
class OpeningTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OpeningTest);
    CPPUNIT_TEST(makes_the_folder_and_a_private_file);
    CPPUNIT_TEST(opens_again_what_it_made);
    CPPUNIT_TEST(refuses_a_second_daemon);
    CPPUNIT_TEST(refuses_a_newer_database);
    CPPUNIT_TEST(refuses_another_programs_database);
    CPPUNIT_TEST(refuses_what_is_no_database);
    CPPUNIT_TEST(refuses_a_damaged_database);
    CPPUNIT_TEST(refuses_a_folder_that_cannot_be_made);
    CPPUNIT_TEST(a_migration_that_fails_changes_nothing);
    CPPUNIT_TEST(migrations_are_done_once_and_in_order);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;
    std::filesystem::path dir_{folder_.path() / "state"};

    std::unique_ptr<Store> open() const {  // NOLINT(modernize-use-nodiscard)
        return std::make_unique<Store>(dir_, [](auto job) { job(); });
    }
    /// The sentence that opening ends with; empty when it works.
    [[nodiscard]] std::string complaint() const {
        try {
            open();
            return "";
        } catch (const StoreError& e) {
            return e.what();
        }
    }
    void run_sql(const std::string& sql) const {
        sqlite3* raw = nullptr;
        sqlite3_open((dir_ / "parley.db").c_str(), &raw);
        const int code = sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr);
        sqlite3_close(raw);
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK, code);
    }
    static bool says(const std::string& sentence, const char* words) {
        return sentence.find(words) != std::string::npos;
    }

public:
    void makes_the_folder_and_a_private_file() {
        const auto store = open();
        for (const char* name : {"parley.db", "parley.db-wal", "parley.lock"}) {
            struct stat status {};
            CPPUNIT_ASSERT(::stat((dir_ / name).c_str(), &status) == 0);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 0600U, status.st_mode & 0777U);
        }
    }

    void opens_again_what_it_made() {
        open()->write_and_wait([](Transaction& tx) {
            tx.enrolment.set_school({"Again", "Europe/London", "en-GB", ""});
            return Done{};
        });
        CPPUNIT_ASSERT_EQUAL(std::string{"Again"},
                             open()->read([](Transaction& tx) { return tx.directory.school().name; }));
    }

    void refuses_a_second_daemon() {
        const auto first = open();
        CPPUNIT_ASSERT(says(complaint(), "in use by another Parley"));
    }

    void refuses_a_newer_database() {
        open();
        run_sql("PRAGMA user_version = 999");
        CPPUNIT_ASSERT(says(complaint(), "made by a newer Parley (version 999"));
    }

    void refuses_another_programs_database() {
        std::filesystem::create_directories(dir_);
        run_sql("CREATE TABLE recipes (name TEXT)");
        CPPUNIT_ASSERT(says(complaint(), "some other program's database"));
    }

    void refuses_what_is_no_database() {
        std::filesystem::create_directories(dir_);
        std::ofstream{dir_ / "parley.db"} << std::string(4096, 'x');
        CPPUNIT_ASSERT(says(complaint(), "is not a database"));
    }

    void refuses_a_damaged_database() {
        open();
        std::fstream file{dir_ / "parley.db", std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(8192);
        file << std::string(8192, '\xFF');
        file.close();
        CPPUNIT_ASSERT(says(complaint(), "damaged"));
    }

    void refuses_a_folder_that_cannot_be_made() {
        std::ofstream{dir_} << "a file where the folder should be";
        CPPUNIT_ASSERT(says(complaint(), "cannot be made"));
    }

    void a_migration_that_fails_changes_nothing() {
        open();
        const Migration broken[] = {{newest(), "before", ""},
                                    {newest() + 1, "broken", "CREATE TABLE half (x); SELECT nonsense;"}};
        Database database{dir_ / "parley.db", Database::Access::write};
        CPPUNIT_ASSERT_THROW(migrate(database, broken), StoreError);
        CPPUNIT_ASSERT(database.number("PRAGMA user_version") == newest());
        CPPUNIT_ASSERT(database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0);
        CPPUNIT_ASSERT(!database.in_transaction());
    }

    void migrations_are_done_once_and_in_order() {
        open();
        const Migration steps[] = {{newest(), "before", "never run again"},
                                   {newest() + 1, "first", "CREATE TABLE first (x)"},
                                   {newest() + 2, "second", "INSERT INTO first VALUES (1)"}};
        Database database{dir_ / "parley.db", Database::Access::write};
        migrate(database, steps);
        migrate(database, steps);
        CPPUNIT_ASSERT(database.number("SELECT count(*) FROM first") == 1);
        CPPUNIT_ASSERT(migrations().front().version == 1);
    }

private:
    static int newest() { return static_cast<int>(migrations().back().version); }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OpeningTest);
