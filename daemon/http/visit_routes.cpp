#include "domain/bookings.h"
#include "domain/guest_access.h"
#include "domain/invites_port.h"
#include "domain/transaction.h"
#include "http/api_parts.h"
#include "http/routes.h"
#include "http/shapes.h"

namespace parley::routes {

namespace json = boost::json;

void visit(ApiParts& parts, const ExchangePtr& exchange) {
    parts.store.read([&](Transaction& tx) {
        const Identity guest = exchange->identity.value();
        const auto visit = guest_visit(tx, guest.invite(), exchange->now);
        if (!visit) return exchange->refuse(visit);
        json::array appointments;
        for (const auto& appointment : guest_appointments(tx, tx.invites.find(guest.invite()).value())) {
            appointments.push_back(appointment_json(tx, appointment, guest, exchange->now));
        }
        exchange->answer_json(200, json::object{{"guest_name", visit->guest_name},
                                                {"invited_by", visit->invited_by},
                                                {"evening", evening_json(visit->evening)},
                                                {"appointments", std::move(appointments)},
                                                {"now", to_text(exchange->now)}});
    });
}

}  // namespace parley::routes
