#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Takes a fuzzer's bytes apart; zeros and empty spans once they are used up.
class ByteSource {
public:
    ByteSource(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

    [[nodiscard]] bool empty() const { return rest_.empty(); }
    std::uint8_t byte() { return rest_.empty() ? std::uint8_t{} : bytes(1)[0]; }
    std::uint16_t word() { return static_cast<std::uint16_t>(byte() << 8 | byte()); }
    std::span<const std::uint8_t> bytes(std::size_t count) {
        const auto taken = rest_.first(std::min(count, rest_.size()));
        rest_ = rest_.subspan(taken.size());
        return taken;
    }
    /// A copy of its own, so that the sanitizer sees every step over its end.
    std::vector<std::uint8_t> chunk(std::size_t count) {
        const auto taken = bytes(count);
        return {taken.begin(), taken.end()};
    }

private:
    std::span<const std::uint8_t> rest_;
};
