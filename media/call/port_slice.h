#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

namespace parley::call {

/// The ports of this call. A connection holds one number, for UDP and TCP alike, until its sockets are closed. The one
/// that has been free for longest is handed out next, so that late packets for a gone connection find nobody.
class PortSlice {
public:
    PortSlice() = default;
    PortSlice(std::uint16_t first, std::uint16_t last);

    /// The first that `fits`; nothing when there is none.
    std::optional<std::uint16_t> take(const std::function<bool(std::uint16_t)>& fits);
    void give_back(std::uint16_t port) { free_.push_back(port); }

private:
    std::deque<std::uint16_t> free_;
};

}  // namespace parley::call
