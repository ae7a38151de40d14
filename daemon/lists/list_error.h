#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace parley {

/// Why a whole file cannot be read; each has its sentence in the catalogues (`list.<name>`).
enum class ListFault {
    too_big,        ///< more bytes, rows or columns than a school has
    not_text,       ///< a picture, a spreadsheet, a program: no encoding makes text of it
    empty,          ///< nothing in it, or a header alone
    quote_open,     ///< a quotation mark that is never closed
    not_zip,        ///< no archive, or a damaged one
    zip_encrypted,  ///< with a password
    zip_bomb,       ///< it would grow beyond all reason
    zip_path,       ///< names that lead out of the archive, or the same name twice
    file_missing    ///< a file that the format demands is not in the archive
};

constexpr const char* to_text(ListFault fault) {
    switch (fault) {
        case ListFault::too_big: return "too_big";
        case ListFault::not_text: return "not_text";
        case ListFault::empty: return "empty";
        case ListFault::quote_open: return "quote_open";
        case ListFault::not_zip: return "not_zip";
        case ListFault::zip_encrypted: return "zip_encrypted";
        case ListFault::zip_bomb: return "zip_bomb";
        case ListFault::zip_path: return "zip_path";
        case ListFault::file_missing: return "file_missing";
    }
    return "";
}

/// `file` is the one it is about, `line` where it begins (0: the file as a whole).
class ListError : public std::runtime_error {
public:
    ListError(ListFault fault, std::string file, std::size_t line = 0)
        : std::runtime_error{to_text(fault)}, fault_{fault}, file_{std::move(file)}, line_{line} {}
    [[nodiscard]] ListFault fault() const { return fault_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] std::size_t line() const { return line_; }

private:
    ListFault fault_;
    std::string file_;
    std::size_t line_;
};

}  // namespace parley
