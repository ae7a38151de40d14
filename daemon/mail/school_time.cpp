#include "mail/school_time.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>

namespace parley {

namespace {

using LocalTime = std::chrono::duration<std::int64_t, std::milli>;

bool known(const std::string& zone) {
    try {
        return date::locate_zone(zone) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

date::local_time<LocalTime> local(const std::string& zone, Instant instant) {
    return date::locate_zone(zone)->to_local(date::sys_time<LocalTime>{instant.time_since_epoch()});
}

}  // namespace

SchoolTime::SchoolTime(const Catalogue& catalogue, const std::string& zone)
    : catalogue_{catalogue}, zone_{known(zone) ? zone : "UTC"} {}

Phrase SchoolTime::day(Instant instant) const {
    const auto date_there = date::floor<date::days>(local(zone_, instant));
    const date::year_month_day parts{date_there};
    const auto weekday = std::to_string(date::weekday{date_there}.iso_encoding());
    const auto month = std::to_string(static_cast<unsigned>(parts.month()));
    const auto text =
        catalogue_.phrase("date", {{"weekday", catalogue_.phrase("weekday." + weekday)},
                                   {"day", Phrase::words(std::to_string(static_cast<unsigned>(parts.day())))},
                                   {"month", catalogue_.phrase("month." + month)},
                                   {"year", Phrase::words(std::to_string(static_cast<int>(parts.year())))}});
    return Phrase::words(text.plain());
}

std::string SchoolTime::clock(Instant instant) const {
    const auto there = local(zone_, instant);
    const date::hh_mm_ss time{there - date::floor<date::days>(there)};
    return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

Phrase SchoolTime::time(Instant instant) const {
    return Phrase::value(clock(instant));
}

Phrase SchoolTime::range(Instant from, Instant to) const {
    return Phrase::value(clock(from) + "–" + clock(to));
}

Phrase SchoolTime::moment(Instant instant) const {
    return catalogue_.phrase("moment", {{"day", day(instant)}, {"time", time(instant)}});
}

bool SchoolTime::same_day(Instant a, Instant b) const {
    return date::floor<date::days>(local(zone_, a)) == date::floor<date::days>(local(zone_, b));
}

}  // namespace parley
