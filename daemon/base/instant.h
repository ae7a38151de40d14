#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// A point in time, UTC, to the millisecond. Stored and sent as such; a zone is only ever applied for reading.
using Instant = std::chrono::sys_time<milliseconds>;

/// RFC 3339 with `Z`: "2026-11-23T18:00:00Z"; milliseconds only where they are not zero.
std::string to_text(Instant);

/// Reads what `to_text` writes (any UTC offset is taken as well); nothing for anything else.
std::optional<Instant> parse_instant(std::string_view);

/// The one source of time. Rules are given a time and never read this.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

}  // namespace parley
