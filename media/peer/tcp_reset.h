#pragma once
#include <cstdint>

namespace parley::peer {

/// TCP connections that we close would keep their port for a minute (TIME-WAIT): every TCP socket of this process on
/// this port will be reset instead when it is closed. Port 0: none.
void reset_when_closed(std::uint16_t port);

}  // namespace parley::peer
