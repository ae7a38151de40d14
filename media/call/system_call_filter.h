#pragma once

namespace parley::call {

/// From now on no thread of this process can open a file, start a program or process, look into another process or send
/// it a signal, reach a socket that is not an internet one, or change what it is allowed to do (seccomp, P4): these
/// calls fail with EPERM.
/// Threads and sockets that exist already go on. Throws std::system_error when the kernel refuses.
void filter_system_calls();

}  // namespace parley::call
