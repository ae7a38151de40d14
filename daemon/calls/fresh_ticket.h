#pragma once
#include <optional>

#include "base/log.h"
#include "domain/admission.h"

namespace parley {

class Store;

/// The ticket as it would be given at `at`; nothing when it would be refused or the store cannot be read (logged).
std::optional<CallTicket> fresh_ticket(Store&, Log&, Identity, AppointmentId, Instant at);

}  // namespace parley
