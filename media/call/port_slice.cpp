#include "call/port_slice.h"

#include <algorithm>

namespace parley::call {

PortSlice::PortSlice(std::uint16_t first, std::uint16_t last) {
    for (unsigned port = first; port != 0 && port <= last; ++port) free_.push_back(static_cast<std::uint16_t>(port));
}

std::optional<std::uint16_t> PortSlice::take(const std::function<bool(std::uint16_t)>& fits) {
    const auto found = std::find_if(free_.begin(), free_.end(), fits);
    if (found == free_.end()) return std::nullopt;
    const auto port = *found;
    free_.erase(found);
    return port;
}

}  // namespace parley::call
