#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

#include "base/file_descriptor.h"

namespace parley {

/// A program that a test talks with over stdin and stdout, line by line. Killed by its id when it still runs at the
/// end.
class Process {
public:
    explicit Process(const std::vector<std::string>& command);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void write_line(const std::string&);
    /// The next line; throws when the program ends or says nothing for 30 s.
    std::string read_line();
    /// SIGKILL, and waits for its end.
    void kill();
    /// Closes its stdin and waits for its end; its exit status.
    int finish();
    [[nodiscard]] pid_t pid() const { return pid_; }

private:
    int wait();

    pid_t pid_{-1};
    FileDescriptor in_;
    FileDescriptor out_;
    std::string buffer_;
};

/// Runs to its end; what it said on stdout. Throws unless it ended with 0.
std::string output_of(const std::vector<std::string>& command);

}  // namespace parley
