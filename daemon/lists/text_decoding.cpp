#include "lists/text_decoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <memory>

#include "domain/utf8.h"
#include "lists/list_error.h"

namespace parley {

namespace {

constexpr std::string_view utf8_mark{"\xEF\xBB\xBF"};
constexpr std::string_view utf16_little_mark{"\xFF\xFE"};
constexpr std::string_view utf16_big_mark{"\xFE\xFF"};

struct CloseConverter {
    using pointer = iconv_t;
    void operator()(iconv_t converter) const { ::iconv_close(converter); }
};

/// What iconv cannot convert makes it no text.
std::string converted(const char* from, std::string_view bytes, const std::string& file) {
    const std::unique_ptr<iconv_t, CloseConverter> converter{::iconv_open("UTF-8", from)};
    if (converter.get() == reinterpret_cast<iconv_t>(-1))
        throw std::runtime_error{"this system's iconv lacks a charset"};
    std::string text;
    std::array<char, 16 * 1024> piece{};
    auto* in = const_cast<char*>(bytes.data());  // iconv's signature; it writes nothing there
    std::size_t left = bytes.size();
    while (left > 0) {
        char* out = piece.data();
        std::size_t room = piece.size();
        const auto result = ::iconv(converter.get(), &in, &left, &out, &room);
        text.append(piece.data(), piece.size() - room);
        if (result == static_cast<std::size_t>(-1) && errno != E2BIG) throw ListError{ListFault::not_text, file};
    }
    return text;
}

/// Tabs and line ends are all that a list has of them.
bool is_plain(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
    });
}

DecodedText decoded(std::string_view bytes, const std::string& file) {
    if (bytes.starts_with(utf16_little_mark))
        return {converted("UTF-16LE", bytes.substr(2), file), TextEncoding::utf16};
    if (bytes.starts_with(utf16_big_mark)) return {converted("UTF-16BE", bytes.substr(2), file), TextEncoding::utf16};
    if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
    if (is_utf8(bytes)) return {std::string{bytes}, TextEncoding::utf8};
    return {converted("WINDOWS-1252", bytes, file), TextEncoding::windows_1252};
}

}  // namespace

DecodedText decode_text(std::string_view bytes, const std::string& file) {
    auto result = decoded(bytes, file);
    if (!is_plain(result.text)) throw ListError{ListFault::not_text, file};
    return result;
}

}  // namespace parley
