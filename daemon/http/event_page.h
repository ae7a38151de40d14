#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "base/instant.h"
#include "domain/ids.h"
#include "http/event_stream.h"

namespace parley {

/// One open page, or one that was open a moment ago: whose it is, what it watches, and what it can be sent again.
struct EventPage {
    std::optional<Identity> owner;  ///< nobody's before the first stream opens
    std::string session;
    std::optional<AppointmentId> call;
    std::shared_ptr<EventStream> stream;
    std::deque<EventFrame> history;  ///< the newest events, ascending
    std::uint64_t newest{0};         ///< the number of the last one
    std::uint64_t delivered{0};      ///< the newest one that an earlier stream handed out
    Instant opened_at;               ///< of the stream
    Instant spoke_at;                ///< when something was last sent
    Instant quiet_since;             ///< since when there is no stream
};

}  // namespace parley
