#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"

namespace parley {

/// What a role of the standard means here: 1.1 has one in users.csv, 1.2 more of them in roles.csv.
enum class OneRosterRole { student, contact, staff, other };
OneRosterRole oneroster_role(std::string_view word);

/// "a, b,c" within one field.
std::vector<std::string> oneroster_ids(std::string_view field);

/// ISO 8601's full date; a time behind it is tolerated.
std::optional<Day> oneroster_date(std::string_view);

}  // namespace parley
