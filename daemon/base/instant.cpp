#include "base/instant.h"

#include <fmt/format.h>

#include <algorithm>

namespace parley {

namespace {

/// Eats a text from the left; once something did not fit, `ok` stays false.
struct Reader {
    std::string_view rest;
    bool ok{true};

    void literal(char wanted) {
        ok = ok && !rest.empty() && rest.front() == wanted;
        if (ok) rest.remove_prefix(1);
    }

    int digits(std::size_t count) {
        const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        ok = ok && rest.size() >= count && std::all_of(rest.begin(), rest.begin() + count, is_digit);
        if (!ok) return 0;
        int value = 0;
        for (const char c : rest.substr(0, count)) value = value * 10 + (c - '0');
        rest.remove_prefix(count);
        return value;
    }

    int below(int limit, std::size_t count) {
        const int value = digits(count);
        ok = ok && value < limit;
        return value;
    }

    milliseconds fraction() {
        if (!ok || rest.empty() || rest.front() != '.') return milliseconds{0};
        rest.remove_prefix(1);
        return milliseconds{digits(3)};
    }

    minutes offset() {
        if (ok && (rest == "Z" || rest == "z")) {
            rest.remove_prefix(1);
            return minutes{0};
        }
        const bool west = !rest.empty() && rest.front() == '-';
        literal(west ? '-' : '+');
        const std::chrono::hours hours{below(24, 2)};
        literal(':');
        const minutes whole = hours + minutes{below(60, 2)};
        return west ? -whole : whole;
    }
};

}  // namespace

std::string to_text(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{instant - day};
    auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                            static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                            time.hours().count(), time.minutes().count(), time.seconds().count());
    if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
    return text + 'Z';
}

std::optional<Instant> parse_instant(std::string_view text) {
    Reader in{text};
    const std::chrono::year year{in.digits(4)};
    in.literal('-');
    const std::chrono::month month{static_cast<unsigned>(in.digits(2))};
    in.literal('-');
    const std::chrono::day day{static_cast<unsigned>(in.digits(2))};
    in.literal('T');
    const std::chrono::hours hours{in.below(24, 2)};
    in.literal(':');
    const minutes minute{in.below(60, 2)};
    in.literal(':');
    const seconds second{in.below(60, 2)};
    const milliseconds fraction = in.fraction();
    const minutes offset = in.offset();
    const std::chrono::year_month_day date{year, month, day};
    if (!in.ok || !in.rest.empty() || !date.ok()) return std::nullopt;
    return Instant{std::chrono::sys_days{date} + hours + minute + second + fraction - offset};
}

Instant SystemClock::now() const {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

}  // namespace parley
