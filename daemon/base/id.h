#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace parley {

/// A row's key that cannot be mistaken for another table's.
template <class Tag>
struct Id {
    std::int64_t value{};
    friend auto operator<=>(const Id&, const Id&) = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees a 0
};

}  // namespace parley

template <class Tag>
struct std::hash<parley::Id<Tag>> {
    std::size_t operator()(const parley::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
