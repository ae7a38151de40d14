#pragma once
#include <string>
#include <vector>

namespace parley::peer {

/// Every IPv4 and IPv6 address of this machine that a browser elsewhere could reach: of interfaces that are up, without
/// loopback and link-local ones, at most 16.
std::vector<std::string> addresses_of_this_machine();

}  // namespace parley::peer
