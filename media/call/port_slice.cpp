#include "call/port_slice.h"

namespace parley::call {

PortSlice::PortSlice(std::uint16_t first, std::uint16_t last) {
    for (unsigned port = first; port != 0 && port <= last; ++port) free_.push_back(static_cast<std::uint16_t>(port));
}

std::optional<std::uint16_t> PortSlice::take() {
    if (free_.empty()) return std::nullopt;
    const auto port = free_.front();
    free_.pop_front();
    return port;
}

}  // namespace parley::call
