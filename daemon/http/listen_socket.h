#pragma once
#include <cstdint>
#include <string>

#include "base/file_descriptor.h"

namespace parley {

/// A listening TCP socket, non-blocking and closed on exec. `address` is numeric; "::" takes IPv4 as well.
/// Throws ServerError with a sentence that says what to do.
FileDescriptor listen_on(const std::string& address, std::uint16_t port);

/// The port a bound socket has; throws ServerError when it is no listening TCP socket.
std::uint16_t port_of(int listening_socket);

}  // namespace parley
