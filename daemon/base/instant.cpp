#include "base/instant.h"

#include <date/date.h>

#include <sstream>

namespace parley {

namespace {

std::optional<Instant> parse_with(const char* format, std::string_view text) {
    std::istringstream in{std::string{text}};
    date::sys_time<milliseconds> result;
    in >> date::parse(format, result);
    if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
    return Instant{result.time_since_epoch()};
}

}  // namespace

std::string to_text(Instant instant) {
    const auto since_epoch = instant.time_since_epoch();
    if (since_epoch % seconds{1} == milliseconds{0}) {
        return date::format("%FT%TZ", date::sys_seconds{std::chrono::floor<seconds>(since_epoch)});
    }
    return date::format("%FT%TZ", date::sys_time<milliseconds>{since_epoch});
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() > 40) return std::nullopt;
    if (auto utc = parse_with("%FT%TZ", text)) return utc;
    return parse_with("%FT%T%Ez", text);
}

Instant SystemClock::now() const { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); }

}  // namespace parley
