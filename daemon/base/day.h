#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

using Day = std::chrono::year_month_day;

/// ISO 8601's full date, "2026-11-23"; nothing for what is no day. Pure.
std::optional<Day> parse_day(std::string_view);
std::string to_text(Day);

}  // namespace parley
