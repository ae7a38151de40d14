#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "support/temporary_folder.h"

namespace parley {

/// What a parleyd that has ended left behind.
struct Ending {
    int status{};      ///< its exit status; -1 when a signal ended it
    std::string said;  ///< on standard output and standard error
};

/// A real parleyd in a folder of its own, on the loopback interface, with a service manager's socket to notify (the
/// test's own). It is a child of the test, killed by its id when it still runs at the end.
class Parleyd {
public:
    using Environment = std::map<std::string, std::string>;

    /// Writes the configuration and the pages.
    Parleyd();
    ~Parleyd();
    Parleyd(const Parleyd&) = delete;
    Parleyd& operator=(const Parleyd&) = delete;

    /// Sets a value, as it stands in TOML: set("http", "port", "8443").
    void set(const std::string& section, const std::string& key, const std::string& value);
    [[nodiscard]] std::string path(const std::string& name) const { return folder_.path() / name; }
    void write(const std::string& name, const std::string& text) const;

    /// Runs it to its end.
    Ending run(const std::vector<std::string>& options = {});
    /// Starts it and waits until it says READY=1. `prepare` runs in the child, before the program. Throws with what it
    /// said when it ends instead.
    void start(const Environment& = {}, const std::function<void()>& prepare = {});
    void send(int signal) const;
    /// The next message for the service manager that has this line.
    void wait_for_notice(const std::string& line);
    /// Waits for its end.
    Ending wait();

    /// Where it serves, by its own word.
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string said() const;
    [[nodiscard]] pid_t pid() const { return pid_; }

private:
    void write_config() const;
    void launch(const std::vector<std::string>& options, const Environment&, const std::function<void()>& prepare);
    std::string next_notice();

    TemporaryFolder folder_;
    std::map<std::string, std::map<std::string, std::string>> settings_;
    FileDescriptor notices_;
    FileDescriptor ended_;
    pid_t pid_{-1};
};

}  // namespace parley
