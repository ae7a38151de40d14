#include "domain/text_rules.h"

#include <algorithm>
#include <array>

#include "domain/utf8.h"

namespace parley {

namespace {

constexpr std::size_t max_name_characters = 100;
constexpr std::size_t max_email_bytes = 254;
constexpr std::size_t max_local_bytes = 64;
constexpr std::size_t max_label_bytes = 63;
constexpr std::size_t max_note_characters = 500;

struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t N>
bool in_any(char32_t c, const std::array<Range, N>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

bool is_white(char32_t c) {
    static constexpr std::array<Range, 9> ranges{{{0x09, 0x0D},
                                                  {0x20, 0x20},
                                                  {0x85, 0x85},
                                                  {0xA0, 0xA0},
                                                  {0x1680, 0x1680},
                                                  {0x2000, 0x200B},
                                                  {0x2028, 0x202F},
                                                  {0x205F, 0x205F},
                                                  {0x3000, 0x3000}}};
    return in_any(c, ranges);
}

/// What leaves no ink by itself: a name of nothing else would be an empty line in a roster.
bool is_invisible(char32_t c) {
    static constexpr std::array<Range, 12> ranges{{{0xAD, 0xAD},
                                                   {0x034F, 0x034F},
                                                   {0x061C, 0x061C},
                                                   {0x115F, 0x1160},
                                                   {0x17B4, 0x17B5},
                                                   {0x180B, 0x180F},
                                                   {0x200C, 0x200F},
                                                   {0x2060, 0x206F},
                                                   {0x2800, 0x2800},
                                                   {0x3164, 0x3164},
                                                   {0xFE00, 0xFE0F},
                                                   {0xE0000, 0xE0FFF}}};
    return is_white(c) || c == 0xFEFF || c == 0xFFA0 || in_any(c, ranges);
}

bool is_atom(char c) {
    const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

/// Calls `accept` with every piece between dots; false when one is not accepted.
template <class Accept>
bool every_piece(std::string_view text, Accept accept) {
    while (true) {
        const auto dot = text.find('.');
        if (!accept(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_local_part(std::string_view text) {
    return text.size() <= max_local_bytes && every_piece(text, [](std::string_view atom) {
               return !atom.empty() && std::all_of(atom.begin(), atom.end(), is_atom);
           });
}

bool is_label(std::string_view label) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    return !label.empty() && label.size() <= max_label_bytes && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), fits);
}

bool is_domain(std::string_view text) {
    const auto code_points = decode_utf8(text);
    if (!code_points || text.find('.') == std::string_view::npos) return false;
    if (std::any_of(code_points->begin(), code_points->end(),
                    [](char32_t c) { return is_forbidden(c) || is_invisible(c); })) {
        return false;
    }
    const std::string_view top = text.substr(text.rfind('.') + 1);
    const bool address = std::all_of(top.begin(), top.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !address && every_piece(text, is_label);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

// "gnp.exe" tricks, forged lines in mails.
bool is_forbidden(char32_t c) {
    static constexpr std::array<Range, 7> ranges{{{0x00, 0x1F},
                                                  {0x7F, 0x9F},
                                                  {0x2028, 0x202E},
                                                  {0x2066, 0x2069},
                                                  {0xFDD0, 0xFDEF},
                                                  {0xFFF9, 0xFFFB},
                                                  {0xFFFE, 0xFFFF}}};
    return in_any(c, ranges);
}

std::string trimmed(std::string_view text) {
    auto code_points = decode_utf8(text);
    if (!code_points) return std::string{text};
    const auto inked = [](char32_t c) { return !is_white(c); };
    const auto first = std::find_if(code_points->begin(), code_points->end(), inked);
    const auto last = std::find_if(code_points->rbegin(), code_points->rend(), inked).base();
    return first < last ? encode_utf8({first, last}) : std::string{};
}

std::optional<std::size_t> character_count(std::string_view text) {
    const auto code_points = decode_utf8(text);
    if (!code_points) return std::nullopt;
    return code_points->size();
}

std::optional<Refusal> check_name(std::string_view text) {
    const auto code_points = decode_utf8(text);
    if (!code_points) return Refusal::name_invalid;
    if (std::all_of(code_points->begin(), code_points->end(), is_white)) return Refusal::name_missing;
    if (std::all_of(code_points->begin(), code_points->end(), is_invisible)) return Refusal::name_missing;
    if (code_points->size() > max_name_characters) return Refusal::name_invalid;
    if (std::any_of(code_points->begin(), code_points->end(), is_forbidden)) return Refusal::name_invalid;
    return std::nullopt;
}

std::optional<Refusal> check_email(std::string_view text) {
    if (trimmed(text).empty()) return Refusal::email_missing;
    const auto at = text.find('@');
    if (text.size() > max_email_bytes || at == std::string_view::npos) return Refusal::email_invalid;
    if (!is_local_part(text.substr(0, at)) || !is_domain(text.substr(at + 1))) return Refusal::email_invalid;
    return std::nullopt;
}

std::optional<Refusal> check_note(std::string_view text) {
    const auto code_points = decode_utf8(text);
    if (!code_points) return Refusal::request_invalid;
    if (code_points->size() > max_note_characters) return Refusal::note_too_long;
    const auto harmful = [](char32_t c) { return c != '\n' && c != '\r' && c != '\t' && is_forbidden(c); };
    if (std::any_of(code_points->begin(), code_points->end(), harmful)) return Refusal::request_invalid;
    return std::nullopt;
}

bool has_forbidden_characters(std::string_view text) {
    const auto code_points = decode_utf8(text);
    return !code_points || std::any_of(code_points->begin(), code_points->end(), is_forbidden);
}

bool has_invisible_characters(std::string_view text) {
    const auto code_points = decode_utf8(text);
    return !code_points || std::any_of(code_points->begin(), code_points->end(), is_invisible);
}

std::string lower_case(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool same_email(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace parley
