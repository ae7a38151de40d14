#pragma once
#include <cstdint>
#include <deque>
#include <memory>

namespace parley {

/// The ports of one call, UDP and TCP, both ends included.
struct PortSlice {
    std::uint16_t first{};
    std::uint16_t last{};
};
/// A slice in use; it is given back when the last holder is gone. May outlive the PortSlices.
using PortLease = std::shared_ptr<const PortSlice>;

/// The configured port range in slices of equal size, one for each live call. Loop thread only.
class PortSlices {
public:
    /// Throws std::invalid_argument with a sentence when the range is none or too small for one slice.
    PortSlices(std::uint16_t first, std::uint16_t last, int ports_per_call);

    /// The slice that has been free for longest; nothing when all are in use.
    PortLease take();
    [[nodiscard]] std::size_t free() const { return free_->size(); }

private:
    std::shared_ptr<std::deque<PortSlice>> free_;
};

}  // namespace parley
