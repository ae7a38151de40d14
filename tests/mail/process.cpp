#include "mail/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace parley {

namespace {

struct Pipe {
    FileDescriptor read;
    FileDescriptor write;
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    return {FileDescriptor{ends[0]}, FileDescriptor{ends[1]}};
}

}  // namespace

Process::Process(const std::vector<std::string>& command) {
    Pipe in = make_pipe();
    Pipe out = make_pipe();
    std::vector<char*> arguments;
    for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.read.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
    const int failed = ::posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error{"cannot start " + command[0]};
    in_ = std::move(in.write);
    out_ = std::move(out.read);
}

Process::~Process() {
    kill();
}

void Process::write_line(const std::string& line) {
    const std::string whole = line + '\n';
    if (::write(in_.get(), whole.data(), whole.size()) != std::ssize(whole)) throw std::runtime_error{"nobody reads"};
}

std::string Process::read_line() {
    constexpr int patience_ms = 30'000;
    auto end = buffer_.find('\n');
    while (end == std::string::npos) {
        pollfd waiting{out_.get(), POLLIN, 0};
        if (::poll(&waiting, 1, patience_ms) != 1) throw std::runtime_error{"the program says nothing"};
        std::array<char, 4096> piece{};
        const auto count = ::read(out_.get(), piece.data(), piece.size());
        if (count <= 0) throw std::runtime_error{"the program has ended"};
        buffer_.append(piece.data(), static_cast<std::size_t>(count));
        end = buffer_.find('\n');
    }
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    return line;
}

void Process::kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    wait();
}

int Process::finish() {
    in_ = FileDescriptor{};
    return wait();
}

int Process::wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string output_of(const std::vector<std::string>& command) {
    Process process{command};
    std::string output;
    try {
        while (true) output += process.read_line() + '\n';
    } catch (const std::runtime_error&) {
        if (process.finish() != 0) throw std::runtime_error{command[0] + " failed"};
    }
    return output;
}

}  // namespace parley
