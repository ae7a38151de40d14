#include "domain/utf8.h"

#include <cstdint>

namespace parley {

namespace {

/// How a lead byte starts a character: its length, its payload, and the least code point that may be written so.
struct Lead {
    std::size_t length;
    char32_t payload;
    char32_t least;
};

std::optional<Lead> read_lead(std::uint8_t byte) {
    if (byte < 0x80) return Lead{1, byte, 0};
    if (byte >= 0xC2 && byte <= 0xDF) return Lead{2, byte & 0x1FU, 0x80};
    if (byte >= 0xE0 && byte <= 0xEF) return Lead{3, byte & 0x0FU, 0x800};
    if (byte >= 0xF0 && byte <= 0xF4) return Lead{4, byte & 0x07U, 0x10000};
    return std::nullopt;
}

/// Takes one character off the front.
std::optional<char32_t> take(std::string_view& text) {
    const auto lead = read_lead(static_cast<std::uint8_t>(text.front()));
    if (!lead || text.size() < lead->length) return std::nullopt;
    char32_t c = lead->payload;
    for (std::size_t i = 1; i < lead->length; ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        if ((byte & 0xC0U) != 0x80U) return std::nullopt;
        c = c << 6U | (byte & 0x3FU);
    }
    if (c < lead->least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
    text.remove_prefix(lead->length);
    return c;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        if (!take(text)) return false;
    }
    return true;
}

std::optional<std::u32string> decode_utf8(std::string_view text) {
    std::u32string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto c = take(text);
        if (!c) return std::nullopt;
        result += *c;
    }
    return result;
}

std::string encode_utf8(std::u32string_view text) {
    std::string result;
    const auto tail = [&](char32_t bits) { result += static_cast<char>(0x80U | (bits & 0x3FU)); };
    for (const char32_t c : text) {
        if (c < 0x80) {
            result += static_cast<char>(c);
        } else if (c < 0x800) {
            result += static_cast<char>(0xC0U | c >> 6U);
            tail(c);
        } else if (c < 0x10000) {
            result += static_cast<char>(0xE0U | c >> 12U);
            tail(c >> 6U);
            tail(c);
        } else {
            result += static_cast<char>(0xF0U | c >> 18U);
            tail(c >> 12U);
            tail(c >> 6U);
            tail(c);
        }
    }
    return result;
}

}  // namespace parley
