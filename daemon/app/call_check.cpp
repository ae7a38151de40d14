#include "app/call_check.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>
#include <system_error>

#include "app/link_key.h"
#include "base/file_descriptor.h"

namespace parley {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds patience{30};
constexpr std::size_t most_words = 4096;

/// The program while it checks itself. Killed when it has not ended by the end of this.
class SelfCheck {
public:
    explicit SelfCheck(const std::string& program) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw StartError("no pipe can be made: " + error_text(errno));
        words_ = FileDescriptor{ends[0]};
        const FileDescriptor write_end{ends[1]};
        start(program, write_end.get());
    }
    ~SelfCheck() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        end();
    }
    SelfCheck(const SelfCheck&) = delete;
    SelfCheck& operator=(const SelfCheck&) = delete;

    /// What it says until it closes its output. False when that takes too long.
    bool listen(std::string& words) {
        const auto until = steady_clock::now() + patience;
        std::array<char, 512> piece{};
        while (true) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - steady_clock::now());
            pollfd waiting{words_.get(), POLLIN, 0};
            if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) == 0) return false;
            const auto size = ::read(words_.get(), piece.data(), piece.size());
            if (size < 0 && errno == EINTR) continue;
            if (size <= 0) return true;
            if (words.size() < most_words) words.append(piece.data(), static_cast<std::size_t>(size));
        }
    }

    /// Its exit status, as wait(2) has it.
    int end() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
        pid_ = -1;
        return status;
    }

private:
    static std::string error_text(int error) { return std::generic_category().message(error); }

    void start(const std::string& program, int words) {
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, words, STDERR_FILENO);
        std::string name = program;
        std::string order = "--self-check";
        const std::array<char*, 3> arguments{name.data(), order.data(), nullptr};
        const std::array<char*, 1> environment{nullptr};
        const int error = ::posix_spawn(&pid_, name.c_str(), &actions, nullptr, arguments.data(), environment.data());
        posix_spawn_file_actions_destroy(&actions);
        if (error == 0) return;
        pid_ = -1;
        throw StartError(
            fmt::format("the call program {} cannot be started: {} ([calls] program)", program, error_text(error)));
    }

    pid_t pid_{-1};
    FileDescriptor words_;
};

std::string last_line(std::string words) {
    while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.pop_back();
    return words.substr(words.rfind('\n') + 1);
}

}  // namespace

void check_call_program(const std::string& program) {
    SelfCheck check{program};
    std::string words;
    if (!check.listen(words))
        throw StartError(fmt::format("the call program {} does not finish its self-check", program));
    const int status = check.end();
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS) return;
    const auto complaint = last_line(words);
    throw StartError(fmt::format("the call program {} does not fit this machine: {}", program,
                                 complaint.empty() ? "it fails without a word" : complaint));
}

}  // namespace parley
