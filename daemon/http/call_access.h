#pragma once
#include "domain/admission.h"

namespace parley {

/// The ticket of a call that this identity belongs to, whether it is open at the moment or not: for watching it from
/// the lobby. Refuses: not_found, not_a_video_appointment.
Outcome<CallTicket> may_watch(Transaction&, Identity, AppointmentId, Instant now);

/// When the call opens for this identity, for those who come too early; nothing if it is not theirs.
std::optional<Instant> opening_time(Transaction&, Identity, AppointmentId);

}  // namespace parley
