#include "calls/fresh_ticket.h"

#include <fmt/format.h>

#include "store/store.h"

namespace parley {

std::optional<CallTicket> fresh_ticket(Store& store, Log& log, Identity who, AppointmentId call, Instant at) try {
    auto ticket = store.read([&](Transaction& tx) { return may_join(tx, who, call, at); });
    if (!ticket) return std::nullopt;
    return *std::move(ticket);
} catch (const std::exception& error) {
    log.write(Severity::error, fmt::format("call {}: its times cannot be read: {}", call.value, error.what()));
    return std::nullopt;
}

}  // namespace parley
