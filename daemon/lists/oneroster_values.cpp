#include "lists/oneroster_values.h"

#include <algorithm>
#include <array>

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

std::optional<Day> oneroster_date(std::string_view text) {
    constexpr std::size_t date_characters = 10;
    if (text.size() > date_characters && text[date_characters] != 'T') return std::nullopt;
    return parse_day(text.substr(0, date_characters));
}

}  // namespace parley
