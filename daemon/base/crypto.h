#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace parley {

using Hash256 = std::array<std::uint8_t, 32>;

/// 256 random bits from the kernel, as 43 characters of base64url (P1).
Secret random_token();

/// 128 random bits as 32 hex digits: for identifiers that are not secrets.
std::string random_name();

/// SHA-256: what the database keeps of a token (P1).
Hash256 hash_token(std::string_view token);

/// A 256-bit key that links are derived from, so that a mail can be rendered again with the same link after a crash
/// while the database holds nothing but hashes. `key` is the box's link key, `name` the link's own unique name.
Secret derive_token(std::span<const std::uint8_t, 32> key, std::string_view name);

std::string to_hex(std::span<const std::uint8_t>);
std::optional<std::vector<std::uint8_t>> from_hex(std::string_view);
std::string to_base64url(std::span<const std::uint8_t>);

}  // namespace parley
