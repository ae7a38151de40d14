#include "app/parleyd.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace parley {

namespace {

constexpr int patience_ms = 60'000;

std::string quoted(const std::string& text) {
    return '"' + text + '"';
}

FileDescriptor listen_for_notices(const std::string& name) {
    FileDescriptor socket{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error{"no socket for notices"};
    return socket;
}

bool has_line(const std::string& text, const std::string& line) {
    std::istringstream lines{text};
    for (std::string each; std::getline(lines, each);)
        if (each == line) return true;
    return false;
}

}  // namespace

Parleyd::Parleyd() {
    std::filesystem::create_directory(path("pages"));
    write("pages/index.html", "<!doctype html><title>Parley</title>");
    notices_ = listen_for_notices(path("notify"));
    set("state", "directory", quoted(path("state")));
    set("http", "address", quoted("127.0.0.1"));
    set("http", "port", "0");
    set("http", "web_root", quoted(path("pages")));
    set("http", "public_url", quoted("https://127.0.0.1"));
    set("mail", "host", quoted("127.0.0.1"));
    set("mail", "port", "9");  // nobody is there
    set("mail", "locales", quoted(PARLEY_SOURCE_DIR "/web-ui/locales"));
    set("calls", "program", quoted(PARLEY_CALL));
    set("calls", "spares", "0");
}

Parleyd::~Parleyd() {
    if (pid_ <= 0) return;
    send(SIGKILL);
    wait();
}

void Parleyd::set(const std::string& section, const std::string& key, const std::string& value) {
    settings_[section][key] = value;
}

void Parleyd::write(const std::string& name, const std::string& text) const {
    std::ofstream{path(name)} << text;
}

void Parleyd::write_config() const {
    std::ostringstream file;
    for (const auto& [section, keys] : settings_) {
        file << '[' << section << "]\n";
        for (const auto& [key, value] : keys) file << key << " = " << value << '\n';
    }
    write("parley.toml", file.str());
}

void Parleyd::launch(const std::vector<std::string>& options, const Environment& environment,
                     const std::function<void()>& prepare) {
    write_config();
    const std::string config = path("parley.toml");
    std::vector<const char*> arguments{PARLEYD, "--config", config.c_str()};
    for (const auto& option : options) arguments.push_back(option.c_str());
    arguments.push_back(nullptr);
    const std::string output = path("output");
    pid_ = ::fork();
    if (pid_ == 0) {
        const int said = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(said, STDOUT_FILENO);
        ::dup2(said, STDERR_FILENO);
        for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
        if (prepare) prepare();
        ::execv(PARLEYD, const_cast<char* const*>(arguments.data()));
        ::_exit(127);
    }
    ended_ = FileDescriptor{static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0))};
}

Ending Parleyd::run(const std::vector<std::string>& options) {
    launch(options, {}, {});
    return wait();
}

void Parleyd::start(const Environment& environment, const std::function<void()>& prepare) {
    auto whole = environment;
    whole["NOTIFY_SOCKET"] = path("notify");
    launch({}, whole, prepare);
    wait_for_notice("READY=1");
}

void Parleyd::send(int signal) const {
    ::kill(pid_, signal);
}

std::string Parleyd::next_notice() {
    std::array<pollfd, 2> waiting{{{notices_.get(), POLLIN, 0}, {ended_.get(), POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), patience_ms) <= 0) throw std::runtime_error{"parleyd says nothing"};
    if (waiting[0].revents == 0) throw std::runtime_error{"parleyd has ended: " + wait().said};
    std::array<char, 4096> message{};
    const auto size = ::recv(notices_.get(), message.data(), message.size(), 0);
    return {message.data(), static_cast<std::size_t>(size < 0 ? 0 : size)};
}

void Parleyd::wait_for_notice(const std::string& line) {
    while (!has_line(next_notice(), line)) continue;
}

Ending Parleyd::wait() {
    pollfd waiting{ended_.get(), POLLIN, 0};
    if (::poll(&waiting, 1, patience_ms) != 1) throw std::runtime_error{"parleyd does not end: " + said()};
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, said()};
}

std::uint16_t Parleyd::port() const {
    std::smatch found;
    const auto text = said();
    if (!std::regex_search(text, found, std::regex{R"(\(port (\d+)\))"})) throw std::runtime_error{"no port: " + text};
    return static_cast<std::uint16_t>(std::stoi(found[1]));
}

std::string Parleyd::said() const {
    std::ifstream file{path("output")};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace parley
