#pragma once
#include <string>
#include <string_view>

namespace parley {

enum class TextEncoding { utf8, utf16, windows_1252 };

struct DecodedText {
    std::string text;  ///< UTF-8, without a byte order mark
    TextEncoding encoding{};
};

/// What a school's program wrote: UTF-8 with or without a byte order mark, UTF-16 with one (what Excel calls Unicode
/// text), else Windows-1252. Throws ListError not_text for what holds control characters in any of them. Pure.
DecodedText decode_text(std::string_view bytes, const std::string& file);

}  // namespace parley
