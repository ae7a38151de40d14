#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// One record (RFC 4180), and the line of the file in which it begins, counted from 1.
struct CsvRow {
    std::size_t line{};
    std::vector<std::string> fields;
};

struct CsvFile {
    std::string name;
    char delimiter{};
    CsvRow header;
    std::vector<CsvRow> rows;  ///< as many fields as each has; not always the header's
};

struct CsvLimits {
    std::size_t rows{200'000};
    std::size_t columns{100};
    std::size_t field_bytes{4'000};
};

/// Reads comma, semicolon or tab separated values: the one of them that the header has most of, outside of quotation
/// marks. Line ends of any kind, also within quotes; empty lines are passed over, white space around fields is dropped.
/// Throws ListError: empty, too_big (with the line), quote_open (with the line of the record). Pure.
CsvFile read_csv(std::string_view utf8, const std::string& name, const CsvLimits& = {});

}  // namespace parley
