#include <boost/json/value_from.hpp>

#include "domain/bookings.h"
#include "domain/call_desk.h"
#include "http/api_parts.h"
#include "http/routes.h"
#include "http/shapes.h"

namespace parley::routes {

namespace json = boost::json;

namespace {

json::object entry_json(Transaction& tx, const CallDesk& calls, const ScheduleEntry& entry, Identity teacher,
                        Instant now) {
    json::object shown = appointment_json(tx, entry.appointment, teacher, now);
    shown["guests"] = json::value_from(entry.guests);
    const Roster roster = calls.roster(entry.appointment.id);
    shown["in_call"] = roster.people.size();
    shown["waiting"] = roster.waiting;
    return shown;
}

}  // namespace

void schedule(ApiParts& parts, const ExchangePtr& exchange) {
    parts.store.read([&](Transaction& tx) {
        const Identity teacher = exchange->identity.value();
        const auto found = teacher_schedule(tx, teacher.person(), exchange->id<EveningId>("evening"), exchange->now);
        if (!found) return exchange->refuse(found);
        json::array appointments;
        for (const auto& entry : found->entries) {
            appointments.push_back(entry_json(tx, parts.calls, entry, teacher, exchange->now));
        }
        exchange->answer_json(200, json::object{{"evening", evening_json(found->evening)},
                                                {"appointments", std::move(appointments)},
                                                {"now", to_text(exchange->now)}});
    });
}

}  // namespace parley::routes
