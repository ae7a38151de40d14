#pragma once
#include <cstdint>

namespace parley::call {

/// Whether a socket could have this port on every address of the machine right now, without SO_REUSEADDR as libnice
/// does it. A port in TIME_WAIT (RFC 9293, 3.6.1) cannot be had for TCP.
bool can_bind_udp(std::uint16_t port);
bool can_bind_tcp(std::uint16_t port);

}  // namespace parley::call
