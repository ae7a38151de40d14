#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace parley {

/// The code points of a UTF-8 text; nothing when it is not UTF-8 (overlong forms, surrogates, beyond U+10FFFF: RFC
/// 3629).
std::optional<std::u32string> decode_utf8(std::string_view);

/// Whether there are any: the same without building them.
bool is_utf8(std::string_view);

/// The reverse. Every code point must be one that `decode_utf8` can answer.
std::string encode_utf8(std::u32string_view);

}  // namespace parley
