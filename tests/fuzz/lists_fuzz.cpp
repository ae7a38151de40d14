// What an office hands in, as an archive and as a single file: whatever it holds, it is read within its bounds, or
// refused with a reason; and what is read again from what was read is the same.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "check.h"
#include "domain/text_rules.h"
#include "lists/csv_file.h"
#include "lists/list_error.h"
#include "lists/oneroster.h"
#include "lists/text_decoding.h"
#include "lists/zip_archive.h"

using namespace parley;

namespace {

void check_lists(const std::map<std::string, std::string>& files) {
    const auto lists = read_oneroster(files);
    for (const auto& one : lists.students.records)
        check(!one.source_id.empty() && !check_name(one.first_name) && !check_name(one.last_name));
    for (const auto& one : lists.contacts.records) check(!check_name(one.name) && !check_email(one.email));
    for (const auto& one : lists.staff.records) check(!check_name(one.name) && !check_email(one.email));
    for (const auto& problem : lists.problems) check(problem.value.size() < 100);
}

void check_csv(std::string_view bytes) {
    const CsvLimits limits{1000, 20, 500};
    const auto file = read_csv(decode_text(bytes, "list.csv").text, "list.csv", limits);
    check(!file.rows.empty() && file.rows.size() <= limits.rows);
    std::size_t line = file.header.line;
    for (const auto& row : file.rows) {
        check(row.line > line && !row.fields.empty() && row.fields.size() <= limits.columns);
        line = row.line;
        for (const auto& field : row.fields) check(field.size() <= limits.field_bytes);
    }
}

template <class Read>
void refused_or(Read read) {
    try {
        read();
    } catch (const ListError& e) {
        check(std::string_view{to_text(e.fault())} != "" && !e.file().empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    refused_or([&] { check_csv(bytes); });
    refused_or([&] { check_lists({{"users.csv", std::string{bytes}}, {"classes.csv", std::string{bytes}}}); });
    refused_or([&] {
        check_lists(read_zip({bytes.begin(), bytes.end()}, "school.zip", oneroster_files(), {20, 1 << 20, 200}));
    });
    return 0;
}
