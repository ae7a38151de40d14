#pragma once
#include <sys/types.h>

#include <optional>
#include <string>

#include "base/file_descriptor.h"

namespace parley {

/// A child process: its number, and a descriptor that becomes readable when it has ended (pidfd_open(2)).
struct Child {
    pid_t pid{};
    FileDescriptor ended;
};

/// Starts `program` with one end of a socket pair as descriptor 3, /dev/null as standard input, this process's standard
/// output and error, no other descriptor, no signal blocked, and an environment of nothing but MALLOC_ARENA_MAX=2.
/// Throws std::system_error that names the program when it cannot be started.
struct StartedChild {
    Child child;
    FileDescriptor line;  ///< our end of the socket pair, non-blocking
};
StartedChild start_child(const std::string& program);

/// Frees the process table's entry of a child that has ended, and says how: "exit status 3", "signal 11". Nothing when
/// it has not ended.
std::optional<std::string> reap(const Child&);
void kill_child(const Child&);

}  // namespace parley
