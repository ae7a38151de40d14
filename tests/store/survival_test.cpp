#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <sstream>

#include "base/file_descriptor.h"
#include "support/small_school.h"

using namespace parley;

namespace {

/// A school in a process of its own, whose acknowledgements come through a pipe.
class BusySchool {
public:
    explicit BusySchool(std::vector<std::string> arguments) {
        std::array<int, 2> ends{};
        CPPUNIT_ASSERT(::pipe2(ends.data(), O_CLOEXEC) == 0);
        out_ = FileDescriptor{ends[0]};
        FileDescriptor in{ends[1]};
        std::vector<char*> argv;
        arguments.insert(arguments.begin(), PARLEY_BUSY_SCHOOL);
        for (auto& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        pid_ = ::fork();
        CPPUNIT_ASSERT(pid_ >= 0);
        if (pid_ > 0) return;
        ::dup2(in.get(), STDOUT_FILENO);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ~BusySchool() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    BusySchool(const BusySchool&) = delete;
    BusySchool& operator=(const BusySchool&) = delete;

    /// Kills it in the middle of whatever it does once it has acknowledged so much; answers every whole line it wrote.
    std::vector<std::string> kill_after(std::size_t lines) {
        std::string text;
        bool killed = false;
        std::array<char, 4096> piece{};
        for (ssize_t got = 0; (got = ::read(out_.get(), piece.data(), piece.size())) > 0;) {
            text.append(piece.data(), static_cast<std::size_t>(got));
            if (killed || static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) < lines) continue;
            CPPUNIT_ASSERT(::kill(pid_, SIGKILL) == 0);
            killed = true;
        }
        CPPUNIT_ASSERT_MESSAGE("the school ended by itself", killed);
        ::waitpid(std::exchange(pid_, 0), nullptr, 0);
        return whole_lines(text);
    }

    int wait_for_end() {
        int status = 0;
        ::waitpid(std::exchange(pid_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    static std::vector<std::string> whole_lines(const std::string& text) {
        std::vector<std::string> lines;
        std::istringstream in{text.substr(0, text.rfind('\n') + 1)};
        for (std::string line; std::getline(in, line);) lines.push_back(line);
        return lines;
    }

    FileDescriptor out_;
    pid_t pid_{-1};
};

/// What the file says, past all code of ours.
std::int64_t number(const std::filesystem::path& dir, const std::string& sql) {
    sqlite3* raw = nullptr;
    sqlite3_stmt* statement = nullptr;
    sqlite3_open((dir / "parley.db").c_str(), &raw);
    sqlite3_prepare_v2(raw, sql.c_str(), -1, &statement, nullptr);
    const std::int64_t result = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return result;
}

}  // namespace

/// Crash and full disk: everything acknowledged is there, and nothing is half-done.
class SurvivalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SurvivalTest);
    CPPUNIT_TEST(N1_everything_acknowledged_survives_kill_9);
    CPPUNIT_TEST(a_full_disk_loses_nothing_and_says_so);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    /// One acknowledged line, held against the file. The sets of the file's states are those that a later, not yet
    /// acknowledged write may have left.
    void check(const std::filesystem::path& dir, const std::string& what, const std::string& id) {
        static const std::map<std::string, std::vector<std::string>> proofs{
            {"booked",
             {"SELECT count(*) = 1 FROM appointment WHERE id = ",
              "SELECT count(*) = 1 FROM mail WHERE kind = 'booking_confirmation' AND appointment = ",
              "SELECT count(*) = 1 FROM audit WHERE action = 'appointment.booked' AND object = 'appointment:' || "}},
            {"cancelled",
             {"SELECT state = 'cancelled' FROM appointment WHERE id = ",
              "SELECT count(*) = 1 FROM mail WHERE kind = 'booking_cancelled' AND appointment = ",
              "SELECT count(*) = 0 FROM occupancy WHERE appointment = "}},
            {"invited",
             {"SELECT count(*) = 1 FROM invite WHERE id = ", "SELECT count(*) = 1 FROM mail WHERE invite = ",
              "SELECT count(*) = 1 FROM link WHERE invite = "}},
            {"removed",
             {"SELECT live = 0 FROM invite WHERE id = ",
              "SELECT count(*) = 0 FROM link WHERE revoked_at IS NULL AND invite = "}},
            {"sent", {"SELECT state = 'sent' FROM mail WHERE id = "}},
        };
        for (const auto& proof : proofs.at(what)) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(what + ": " + proof + id, std::int64_t{1}, number(dir, proof + id));
        }
    }

    void check_whole(const std::filesystem::path& dir) {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-1}, number(dir, "PRAGMA foreign_key_check"));
        // Every cause has its mail, acknowledged or not: they are written together.
        CPPUNIT_ASSERT_EQUAL(number(dir,
                                    "SELECT count(*) FROM audit WHERE action IN ('appointment.booked', "
                                    "'appointment.cancelled', 'invite.sent')"),
                             number(dir, "SELECT count(*) - 7 FROM mail"));
        CPPUNIT_ASSERT_EQUAL(number(dir,
                                    "SELECT sum((ends_at - starts_at) / 60000 + gap_minutes) FROM appointment a "
                                    "JOIN appointment_teacher t ON t.appointment = a.id WHERE a.state = 'booked'"),
                             number(dir,
                                    "SELECT count(*) FROM occupancy o JOIN person p ON p.id = o.person "
                                    "WHERE p.role = 'teacher'"));
    }

    /// After the restart every mail still goes out: none is stuck between the states.
    static void check_mail_goes_out(const std::filesystem::path& dir) {
        Store store{dir, [](auto job) { job(); }};
        const Instant later = SmallSchool::at(23, 0) + std::chrono::days{1};
        store.write_and_wait([&](Transaction& tx) { return recover_interrupted_mail(tx, later); });
        while (true) {
            const auto taken = store.write_and_wait([&](Transaction& tx) { return take_due_mail(tx, later, 100); });
            if (taken.empty()) break;
            store.write_and_wait([&](Transaction& tx) {
                for (const auto& mail : taken) mail_sent(tx, mail.id, later);
                return Done{};
            });
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0},
                             number(dir, "SELECT count(*) FROM mail WHERE state IN ('queued', 'sending')"));
    }

public:
    void N1_everything_acknowledged_survives_kill_9() {
        std::mt19937 random{20261123};
        std::map<std::string, int> seen;
        for (int round = 0; round < 20; ++round) {
            const auto dir = folder_.path() / std::to_string(round);
            const auto lines = BusySchool{{"keep", dir.string()}}.kill_after(random() % 400 + 1);
            for (const auto& line : lines) {
                const auto space = line.find(' ');
                ++seen[line.substr(0, space)];
                check(dir, line.substr(0, space), line.substr(space + 1));
            }
            check_mail_goes_out(dir);
            check_whole(dir);
        }
        for (const char* what : {"booked", "cancelled", "invited", "removed", "sent"}) {
            CPPUNIT_ASSERT_MESSAGE(what, seen[what] > 0);
        }
    }

    void a_full_disk_loses_nothing_and_says_so() {
        const int status = BusySchool{{"fill", folder_.path().string(), "8"}}.wait_for_end();
        // 77: no mount is allowed here, as for an ordinary user.
        if (status != 77) CPPUNIT_ASSERT_EQUAL(0, status);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SurvivalTest);
