#include "lists/list_table.h"

#include <algorithm>

#include "domain/text_rules.h"

namespace parley {

namespace {

constexpr std::size_t max_id_bytes = 255;
constexpr std::size_t max_shown_bytes = 60;

/// Cut between characters.
std::string shortened(std::string_view text) {
    if (text.size() <= max_shown_bytes) return std::string{text};
    auto end = max_shown_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string{text.substr(0, end)} + "…";
}

}  // namespace

std::string_view ListLine::get(std::string_view column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= row_.fields.size()) return {};
    return row_.fields[found->second];
}

ListPlace ListLine::place(std::string_view column) const {
    return {file_.name, row_.line, std::string{column}};
}

void ListLine::refuse(std::string_view column, LineFault fault) const {
    problems_.push_back({place(column), fault, shortened(get(column))});
}

std::optional<std::string> ListLine::name(std::string_view column) const {
    const auto text = trimmed(get(column));
    const auto refusal = check_name(text);
    if (!refusal) return text;
    refuse(column, *refusal == Refusal::name_missing ? LineFault::missing : LineFault::not_a_name);
    return std::nullopt;
}

std::optional<std::string> ListLine::full_name(std::string_view first, std::string_view last) const {
    const auto text = trimmed(trimmed(get(first)) + ' ' + trimmed(get(last)));
    const auto refusal = check_name(text);
    if (!refusal) return text;
    refuse(last, *refusal == Refusal::name_missing ? LineFault::missing : LineFault::not_a_name);
    return std::nullopt;
}

std::optional<std::string> ListLine::id(std::string_view column) const {
    const auto text = trimmed(get(column));
    if (!text.empty() && text.size() <= max_id_bytes && !has_forbidden_characters(text)) return text;
    refuse(column, text.empty() ? LineFault::missing : LineFault::not_a_value);
    return std::nullopt;
}

std::optional<std::string> ListLine::email(std::string_view column) const {
    const auto text = trimmed(get(column));
    const auto refusal = check_email(text);
    if (!refusal) return text;
    refuse(column, *refusal == Refusal::email_missing ? LineFault::missing : LineFault::not_an_email);
    return std::nullopt;
}

std::optional<std::size_t> ListLine::word(std::string_view column, const std::vector<std::string>& words) const {
    const auto found = std::find(words.begin(), words.end(), get(column));
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    refuse(column, get(column).empty() ? LineFault::missing : LineFault::not_a_value);
    return std::nullopt;
}

ListTable::ListTable(CsvFile file, std::vector<LineProblem>& problems) : file_{std::move(file)}, problems_{problems} {
    for (std::size_t i = 0; i < file_.header.fields.size(); ++i) columns_.emplace(file_.header.fields[i], i);
}

bool ListTable::require(const std::vector<std::string>& columns) {
    bool all = true;
    for (const auto& column : columns) {
        if (columns_.contains(column)) continue;
        problems_.push_back({{file_.name, file_.header.line, column}, LineFault::missing, {}});
        all = false;
    }
    return all;
}

}  // namespace parley
