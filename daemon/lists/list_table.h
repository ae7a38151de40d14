#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/school_lists.h"
#include "lists/csv_file.h"

namespace parley {

/// One line of a list with its fields by column. Valid as long as its table.
class ListLine {
public:
    ListLine(const CsvFile& file, const std::map<std::string, std::size_t, std::less<>>& columns, const CsvRow& row,
             std::vector<LineProblem>& problems)
        : file_{file}, columns_{columns}, row_{row}, problems_{problems} {}

    /// Empty when the column is not there.
    [[nodiscard]] std::string_view get(std::string_view column) const;
    [[nodiscard]] ListPlace place(std::string_view column = {}) const;
    /// Notes that the line cannot be used, once for each field.
    void refuse(std::string_view column, LineFault) const;

    // Each notes what is wrong and answers nothing then.
    /// At least one character that can be seen; at most 100.
    [[nodiscard]] std::optional<std::string> name(std::string_view column) const;
    /// As `name`, of parts with a space between; one of them may be empty.
    [[nodiscard]] std::optional<std::string> full_name(std::string_view first, std::string_view last) const;
    [[nodiscard]] std::optional<std::string> id(std::string_view column) const;
    [[nodiscard]] std::optional<std::string> email(std::string_view column) const;
    /// One of `words`, by its position; exactly as it is written there.
    [[nodiscard]] std::optional<std::size_t> word(std::string_view column, const std::vector<std::string>& words) const;

private:
    const CsvFile& file_;
    const std::map<std::string, std::size_t, std::less<>>& columns_;
    const CsvRow& row_;
    std::vector<LineProblem>& problems_;
};

/// A CSV file whose columns are known by name.
class ListTable {
public:
    ListTable(CsvFile file, std::vector<LineProblem>& problems);

    /// False, with a problem noted for each, when one is missing.
    bool require(const std::vector<std::string>& columns);
    template <class Take>
    void each(Take take) const {
        for (const auto& row : file_.rows) take(ListLine{file_, columns_, row, problems_});
    }

private:
    CsvFile file_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::vector<LineProblem>& problems_;
};

}  // namespace parley
