#include "calls/child.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "media/protocol.h"
#include "support/temporary_folder.h"

extern "C" {
#include <sys/pidfd.h>
}

using namespace parley;

namespace {

constexpr int patience_ms = 60'000;

bool wait_readable(int fd) {
    pollfd waiting{fd, POLLIN, 0};
    return poll(&waiting, 1, patience_ms) == 1;
}

/// Everything up to the end of the line; what came so far if there is none in time.
std::string read_line(int fd) {
    std::string line;
    for (char c = 0; wait_readable(fd) && read(fd, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

void end(const Child& child) {
    kill_child(child);
    CPPUNIT_ASSERT(wait_readable(child.ended.get()));
    CPPUNIT_ASSERT(reap(child));
}

}  // namespace

/// What a call process is started with, and that it does not outlive us.
class ChildTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ChildTest);
    CPPUNIT_TEST(P4_it_gets_no_descriptor_but_its_line);
    CPPUNIT_TEST(P4_it_gets_an_environment_of_one_variable);
    CPPUNIT_TEST(the_real_one_says_that_it_is_ready);
    CPPUNIT_TEST(it_ends_when_its_line_is_closed);
    CPPUNIT_TEST(how_it_ended_is_told);
    CPPUNIT_TEST(it_ends_with_its_parent_even_if_it_hangs);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    std::string script(const std::string& lines) {
        const auto path = folder_.path() / "program";
        std::ofstream{path} << "#!/bin/sh\n" << lines << '\n';
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        return path.string();
    }

public:
    void P4_it_gets_no_descriptor_but_its_line() {
        // One that would be inherited if nobody took care.
        const FileDescriptor other{fcntl(STDERR_FILENO, F_DUPFD, 50)};
        CPPUNIT_ASSERT(other);
        // The shell keeps its script open as 10, and the folder as 4 while it looks.
        const auto started = start_child(script("echo /proc/$$/fd/* >&3; read line <&3"));
        const auto all = read_line(started.line.get());
        const auto own = "/proc/" + std::to_string(started.child.pid) + "/fd/";
        CPPUNIT_ASSERT_EQUAL(own + "0 " + own + "1 " + own + "10 " + own + "2 " + own + "3 " + own + "4", all);
        end(started.child);
    }

    void P4_it_gets_an_environment_of_one_variable() {
        const auto started = start_child(script("tr '\\0' ' ' </proc/$$/environ >&3; echo >&3; read line <&3"));
        CPPUNIT_ASSERT_EQUAL(std::string{"MALLOC_ARENA_MAX=2 "}, read_line(started.line.get()));
        end(started.child);
    }

    void the_real_one_says_that_it_is_ready() {
        const auto started = start_child(PARLEY_CALL);
        const auto said = media::decode_from_call(read_line(started.line.get()));
        CPPUNIT_ASSERT(said && std::get<media::Ready>(*said).pid == started.child.pid);
        end(started.child);
    }

    void it_ends_when_its_line_is_closed() {
        auto started = start_child(PARLEY_CALL);
        read_line(started.line.get());
        started.line = {};
        CPPUNIT_ASSERT(wait_readable(started.child.ended.get()));
        CPPUNIT_ASSERT(reap(started.child));
    }

    void how_it_ended_is_told() {
        const auto fate = [&](const std::string& lines) {
            const auto started = start_child(script(lines));
            CPPUNIT_ASSERT(wait_readable(started.child.ended.get()));
            return reap(started.child).value();
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"exit status 3"}, fate("exit 3"));
        CPPUNIT_ASSERT_EQUAL(std::string{"signal 11"}, fate("kill -SEGV $$"));
    }

    void it_ends_with_its_parent_even_if_it_hangs() {
        std::array<int, 2> ends{};
        CPPUNIT_ASSERT_EQUAL(0, pipe(ends.data()));
        const FileDescriptor ours{ends[0]};
        const FileDescriptor theirs{ends[1]};
        const auto parent = fork();
        if (parent == 0) {
            const auto started = start_child(PARLEY_CALL);
            read_line(started.line.get());
            kill(started.child.pid, SIGSTOP);
            const auto text = std::to_string(started.child.pid) + '\n';
            _exit(write(theirs.get(), text.data(), text.size()) > 0 && pause() != 0 ? 0 : 1);
        }
        const auto hanging = static_cast<pid_t>(std::stoi(read_line(ours.get())));
        const FileDescriptor ended{pidfd_open(hanging, 0)};
        CPPUNIT_ASSERT(ended);
        kill(parent, SIGKILL);
        CPPUNIT_ASSERT_EQUAL(parent, waitpid(parent, nullptr, 0));
        CPPUNIT_ASSERT(wait_readable(ended.get()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ChildTest);
