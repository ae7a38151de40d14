#pragma once
#include <span>
#include <string_view>
#include <utility>

namespace parley {

/// What every answer of the box carries: only its own code runs in its pages, nobody frames them, no address of them
/// leaves in a Referer, and camera and microphone are theirs alone (P4).
std::span<const std::pair<const char*, const char*>> security_headers();

}  // namespace parley
