#include "lists/csv_file.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <new>

#include "lists/list_error.h"

namespace parley {

namespace {

/// Of the first record; a comma where nothing separates anything.
char delimiter_of(std::string_view text) {
    constexpr std::array candidates{',', ';', '\t'};
    std::array<std::size_t, candidates.size()> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        for (std::size_t i = 0; i < candidates.size(); ++i) counts[i] += c == candidates[i] ? 1 : 0;
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return candidates[static_cast<std::size_t>(most - counts.begin())];
}

/// libcsv with its callbacks; it never sees more than one line at a time, so that a record's line is known.
class Reader {
public:
    Reader(CsvFile& file, const CsvLimits& limits) : file_{file}, limits_{limits} {
        if (csv_init(&parser_, 0) != 0) throw std::bad_alloc{};
        csv_set_delim(&parser_, static_cast<unsigned char>(file.delimiter));
    }
    ~Reader() { csv_free(&parser_); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    void read(std::string_view text) {
        while (!text.empty()) {
            ++line_;
            const auto line = text.substr(0, end_of_line(text));
            text.remove_prefix(line.size());
            begin_record(line);
            if (csv_parse(&parser_, line.data(), line.size(), &on_field, &on_record, this) != line.size()) refuse();
            check_limits();
        }
        // Strict only now: a lone quotation mark within a field ("5\" ruler") is what people write.
        csv_set_opts(&parser_, CSV_STRICT | CSV_STRICT_FINI);
        if (csv_fini(&parser_, &on_field, &on_record, this) != 0) refuse();
        check_limits();
    }

private:
    static std::size_t end_of_line(std::string_view text) {
        const auto end = text.find_first_of("\r\n");
        if (end == std::string_view::npos) return text.size();
        return text.substr(end, 2) == "\r\n" ? end + 2 : end + 1;
    }

    /// libcsv passes over blank lines without a word; within quotes one belongs to the record that has begun.
    void begin_record(std::string_view line) {
        if (row_.line == 0 && line.find_first_not_of(" \t\r\n") != std::string_view::npos) row_.line = line_;
    }

    [[noreturn]] void refuse() {
        if (csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc{};
        throw ListError{ListFault::quote_open, file_.name, row_.line};
    }

    void check_limits() const {
        if (!fits_) throw ListError{ListFault::too_big, file_.name, row_.line};
    }

    // libcsv is C: nothing may be thrown through it, so a limit is noted and told after the line.
    static void on_field(void* bytes, std::size_t count, void* self) noexcept {
        static_cast<Reader*>(self)->take_field({static_cast<const char*>(bytes), count});
    }
    static void on_record(int, void* self) noexcept { static_cast<Reader*>(self)->take_record(); }

    void take_field(std::string_view field) {
        if (!fits_) return;
        fits_ = field.size() <= limits_.field_bytes && row_.fields.size() < limits_.columns;
        if (fits_) row_.fields.emplace_back(field);
    }

    void take_record() {
        if (!fits_) return;
        const bool blank = std::all_of(row_.fields.begin(), row_.fields.end(), [](const auto& f) { return f.empty(); });
        if (!blank && file_.header.fields.empty())
            file_.header = row_;
        else if (!blank)
            file_.rows.push_back(row_);
        fits_ = file_.rows.size() <= limits_.rows;
        if (fits_) row_ = {};
    }

    CsvFile& file_;
    const CsvLimits& limits_;
    csv_parser parser_{};
    CsvRow row_;
    std::size_t line_{};
    bool fits_{true};
};

}  // namespace

CsvFile read_csv(std::string_view utf8, const std::string& name, const CsvLimits& limits) {
    CsvFile file{name, delimiter_of(utf8), {}, {}};
    Reader{file, limits}.read(utf8);
    if (file.rows.empty()) throw ListError{ListFault::empty, name};
    return file;
}

}  // namespace parley
