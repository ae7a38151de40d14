#include "http/call_access.h"

#include "domain/appointments_port.h"
#include "domain/transaction.h"

namespace parley {

Outcome<CallTicket> may_watch(Transaction& tx, Identity identity, AppointmentId id, Instant now) {
    auto ticket = may_join(tx, identity, id, now);
    if (ticket || (ticket.refusal() != Refusal::call_not_open && ticket.refusal() != Refusal::call_over)) return ticket;
    return may_join(tx, identity, id, tx.appointments.find(id).value().starts_at);
}

std::optional<Instant> opening_time(Transaction& tx, Identity identity, AppointmentId id) {
    const auto appointment = tx.appointments.find(id);
    if (!appointment) return std::nullopt;
    return call_opens_at(*appointment, identity.role);
}

}  // namespace parley
