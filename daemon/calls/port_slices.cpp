#include "calls/port_slices.h"

#include <fmt/format.h>

#include <stdexcept>

namespace parley {

PortSlices::PortSlices(std::uint16_t first, std::uint16_t last, int ports_per_call)
    : free_{std::make_shared<std::deque<PortSlice>>()} {
    const int all = int{last} - int{first} + 1;
    if (first == 0 || ports_per_call < 1 || all < ports_per_call) {
        throw std::invalid_argument{
            fmt::format("the ports {} to {} do not hold one call: {} are needed", first, last, ports_per_call)};
    }
    for (int start = first; start + ports_per_call - 1 <= last; start += ports_per_call) {
        free_->push_back({static_cast<std::uint16_t>(start), static_cast<std::uint16_t>(start + ports_per_call - 1)});
    }
}

PortLease PortSlices::take() {
    if (free_->empty()) return nullptr;
    const auto slice = free_->front();
    free_->pop_front();
    return {new PortSlice{slice}, [free = free_](const PortSlice* used) {
                free->push_back(*used);
                delete used;  // NOLINT(cppcoreguidelines-owning-memory): the deleter
            }};
}

}  // namespace parley
