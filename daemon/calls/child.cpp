#include "calls/child.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

// glibc 2.36 forgot to say so itself.
extern "C" {
#include <sys/pidfd.h>
}

namespace parley {
namespace {

constexpr int line_in_child = 3;

[[noreturn]] void fail(int error, const std::string& what) {
    throw std::system_error{error, std::generic_category(), what};
}

std::pair<FileDescriptor, FileDescriptor> socket_pair() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail(errno, "socketpair");
    std::pair pair{FileDescriptor{ends[0]}, FileDescriptor{ends[1]}};
    // Only ours: the child reads as it likes.
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) fail(errno, "fcntl");
    return pair;
}

class SpawnActions {
public:
    explicit SpawnActions(int line) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, line, line_in_child);
        posix_spawn_file_actions_addclosefrom_np(&actions_, line_in_child + 1);
    }
    ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

/// Signals as a fresh program expects them, and a process group of its own: Ctrl-C is for the daemon, which ends its
/// calls in order.
class SpawnAttributes {
public:
    SpawnAttributes() {
        posix_spawnattr_init(&attributes_);
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes_, &signals);
        sigfillset(&signals);
        posix_spawnattr_setsigdefault(&attributes_, &signals);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;
    [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

pid_t spawn(const std::string& program, int line) {
    const SpawnActions actions{line};
    const SpawnAttributes attributes;
    std::string name = program;
    std::string arenas = "MALLOC_ARENA_MAX=2";
    const std::array<char*, 2> arguments{name.data(), nullptr};
    const std::array<char*, 2> environment{arenas.data(), nullptr};
    pid_t pid = 0;
    const int error =
        posix_spawn(&pid, program.c_str(), actions.get(), attributes.get(), arguments.data(), environment.data());
    if (error != 0) fail(error, "the call program " + program + " cannot be started");
    return pid;
}

}  // namespace

StartedChild start_child(const std::string& program) {
    auto [ours, theirs] = socket_pair();
    Child child;
    child.pid = spawn(program, theirs.get());
    child.ended = FileDescriptor{pidfd_open(child.pid, 0)};
    if (!child.ended) {
        const int error = errno;
        kill(child.pid, SIGKILL);
        waitpid(child.pid, nullptr, 0);
        fail(error, "pidfd_open");
    }
    return {std::move(child), std::move(ours)};
}

std::optional<std::string> reap(const Child& child) {
    int status = 0;
    const auto reaped = waitpid(child.pid, &status, WNOHANG);
    if (reaped == 0) return std::nullopt;
    if (reaped < 0) return "nobody knows how";
    return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                               : "exit status " + std::to_string(WEXITSTATUS(status));
}

void kill_child(const Child& child) {
    kill(child.pid, SIGKILL);
}

}  // namespace parley
