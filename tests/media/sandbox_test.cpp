#include "call/sandbox.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <thread>

#include "support/temporary_folder.h"

using namespace parley;

/// Each attempt is made in a child process that has locked itself down.
class SandboxTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SandboxTest);
    CPPUNIT_TEST(P4_no_file_can_be_opened);
    CPPUNIT_TEST(P4_no_program_and_no_process_can_be_started);
    CPPUNIT_TEST(P4_no_other_process_can_be_looked_into);
    CPPUNIT_TEST(P4_no_other_process_can_be_sent_a_signal);
    CPPUNIT_TEST(it_can_still_abort);
    CPPUNIT_TEST(P4_only_internet_sockets_can_be_made);
    CPPUNIT_TEST(P4_a_thread_that_was_there_before_is_bound_too);
    CPPUNIT_TEST(threads_and_internet_sockets_still_work);
    CPPUNIT_TEST(limits_are_set);
    CPPUNIT_TEST(a_log_that_cannot_grow_is_not_its_end);
    CPPUNIT_TEST(inherited_descriptors_are_closed);
    CPPUNIT_TEST_SUITE_END();

    static bool in_sandbox(const std::function<bool()>& attempt) {
        const pid_t child = fork();
        if (child == 0) {
            call::lock_down_process();
            _exit(attempt() ? 0 : 1);
        }
        int status = 0;
        CPPUNIT_ASSERT_EQUAL(child, waitpid(child, &status, 0));
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    static bool refused(long result) { return result < 0 && errno == EPERM; }

    void P4_no_file_can_be_opened() {
        CPPUNIT_ASSERT(in_sandbox([] { return refused(open("/etc/hostname", O_RDONLY)); }));
        CPPUNIT_ASSERT(in_sandbox([] { return refused(open("/tmp", O_TMPFILE | O_RDWR, 0600)); }));
        CPPUNIT_ASSERT(in_sandbox([] { return refused(mkdir("/tmp/parley-sandbox", 0700)); }));
        CPPUNIT_ASSERT(in_sandbox([] { return refused(unlink("/tmp/parley-sandbox")); }));
    }

    void P4_no_program_and_no_process_can_be_started() {
        CPPUNIT_ASSERT(in_sandbox([] {
            char name[] = "/bin/true";
            char* arguments[] = {name, nullptr};
            return refused(execv(name, arguments));
        }));
        CPPUNIT_ASSERT(in_sandbox([] { return refused(fork()); }));
    }

    void P4_no_other_process_can_be_looked_into() {
        CPPUNIT_ASSERT(in_sandbox([] { return refused(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }));
    }

    void P4_no_other_process_can_be_sent_a_signal() {
        CPPUNIT_ASSERT(in_sandbox([] { return refused(kill(getppid(), 0)); }));
        CPPUNIT_ASSERT(in_sandbox([] { return refused(syscall(SYS_tgkill, getppid(), getppid(), 0)); }));
        CPPUNIT_ASSERT(in_sandbox([] { return refused(syscall(SYS_tkill, getppid(), 0)); }));
        CPPUNIT_ASSERT(in_sandbox([] { return refused(sigqueue(getppid(), 0, {})); }));
        CPPUNIT_ASSERT(in_sandbox([] {
            rlimit limits{};
            return refused(prlimit(getppid(), RLIMIT_CPU, nullptr, &limits));
        }));
    }

    void it_can_still_abort() {
        const pid_t child = fork();
        if (child == 0) {
            call::lock_down_process();
            std::abort();
        }
        int status = 0;
        CPPUNIT_ASSERT_EQUAL(child, waitpid(child, &status, 0));
        CPPUNIT_ASSERT(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    }

    void P4_only_internet_sockets_can_be_made() {
        CPPUNIT_ASSERT(in_sandbox([] { return refused(socket(AF_UNIX, SOCK_STREAM, 0)); }));
        CPPUNIT_ASSERT(in_sandbox([] { return refused(socket(AF_PACKET, SOCK_RAW, 0)); }));
    }

    void P4_a_thread_that_was_there_before_is_bound_too() {
        const pid_t child = fork();
        if (child == 0) {
            std::atomic<bool> locked{false};
            bool bound = false;
            std::thread early{[&] {
                locked.wait(false);
                bound = refused(open("/etc/hostname", O_RDONLY));
            }};
            call::lock_down_process();
            locked = true;
            locked.notify_all();
            early.join();
            _exit(bound ? 0 : 1);
        }
        int status = 0;
        CPPUNIT_ASSERT_EQUAL(child, waitpid(child, &status, 0));
        CPPUNIT_ASSERT_EQUAL(0, status);
    }

    void threads_and_internet_sockets_still_work() {
        CPPUNIT_ASSERT(in_sandbox([] {
            bool made = false;
            std::thread{[&] {
                made = socket(AF_INET, SOCK_DGRAM, 0) >= 0 && socket(AF_INET, SOCK_STREAM, 0) >= 0;
            }}.join();
            return made;
        }));
    }

    void limits_are_set() {
        CPPUNIT_ASSERT(in_sandbox([] {
            rlimit core{};
            rlimit size{};
            rlimit files{};
            getrlimit(RLIMIT_CORE, &core);
            getrlimit(RLIMIT_FSIZE, &size);
            getrlimit(RLIMIT_NOFILE, &files);
            return core.rlim_max == 0 && size.rlim_max == 0 && files.rlim_max == 1024;
        }));
    }

    void a_log_that_cannot_grow_is_not_its_end() {
        const TemporaryFolder folder;
        const auto log = (folder.path() / "log").string();
        const pid_t child = fork();
        if (child == 0) {
            dup2(open(log.c_str(), O_CREAT | O_WRONLY, 0600), STDERR_FILENO);
            call::tidy_up_process();
            call::lock_down_process();
            _exit(write(STDERR_FILENO, "word", 4) < 0 && errno == EFBIG ? 0 : 1);
        }
        int status = 0;
        CPPUNIT_ASSERT_EQUAL(child, waitpid(child, &status, 0));
        CPPUNIT_ASSERT_EQUAL(0, status);
    }

    void inherited_descriptors_are_closed() {
        const pid_t child = fork();
        if (child == 0) {
            const int extra = fcntl(0, F_DUPFD, 20);
            call::tidy_up_process();
            const bool closed = extra >= 20 && fcntl(extra, F_GETFD) < 0 && fcntl(2, F_GETFD) >= 0;
            _exit(closed ? 0 : 1);
        }
        int status = 0;
        CPPUNIT_ASSERT_EQUAL(child, waitpid(child, &status, 0));
        CPPUNIT_ASSERT_EQUAL(0, status);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SandboxTest);
