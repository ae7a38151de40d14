#include "lists/oneroster_values.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace parley {

namespace {

constexpr std::array student_roles{"student"};
constexpr std::array contact_roles{"parent", "guardian", "relative"};
constexpr std::array staff_roles{"teacher",
                                 "administrator",
                                 "aide",
                                 "proctor",
                                 "counselor",
                                 "principal",
                                 "siteAdministrator",
                                 "districtAdministrator",
                                 "systemAdministrator"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<const char*, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

OneRosterRole oneroster_role(std::string_view word) {
    if (is_one_of(word, student_roles)) return OneRosterRole::student;
    if (is_one_of(word, contact_roles)) return OneRosterRole::contact;
    if (is_one_of(word, staff_roles)) return OneRosterRole::staff;
    return OneRosterRole::other;
}

std::vector<std::string> oneroster_ids(std::string_view field) {
    std::vector<std::string> ids;
    while (!field.empty()) {
        const auto end = std::min(field.find(','), field.size());
        auto id = field.substr(0, end);
        field.remove_prefix(std::min(end + 1, field.size()));
        while (id.starts_with(' ')) id.remove_prefix(1);
        while (id.ends_with(' ')) id.remove_suffix(1);
        if (!id.empty()) ids.emplace_back(id);
    }
    return ids;
}

std::optional<std::chrono::year_month_day> oneroster_date(std::string_view text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    const auto number = [&](std::size_t from, std::size_t length, auto& into) {
        const auto* begin = text.data() + from;
        const auto [end, error] = std::from_chars(begin, begin + length, into);
        return error == std::errc{} && end == begin + length;
    };
    if (text.size() < 10 || text[4] != '-' || text[7] != '-' || (text.size() > 10 && text[10] != 'T'))
        return std::nullopt;
    if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

}  // namespace parley
