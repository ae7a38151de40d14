#pragma once
#include <optional>

#include "base/instant.h"

namespace parley {

/// `earliest` becomes the earlier of both; nothing is later than everything.
inline void keep_earlier(std::optional<Instant>& earliest, const std::optional<Instant>& other) {
    if (other && (!earliest || *other < *earliest)) earliest = other;
}

}  // namespace parley
