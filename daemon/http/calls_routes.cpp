#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "domain/call_desk.h"
#include "domain/transaction.h"
#include "http/api_parts.h"
#include "http/call_access.h"
#include "http/json_fields.h"
#include "http/routes.h"
#include "http/shapes.h"

namespace parley::routes {

namespace json = boost::json;

namespace {

/// Answers by itself when the call is not to be entered; `call_not_open` says when it will be.
std::optional<CallTicket> ticket_or_refuse(Transaction& tx, const ExchangePtr& exchange) {
    const Identity identity = exchange->identity.value();
    const auto id = exchange->id<AppointmentId>("appointment");
    const auto ticket = may_join(tx, identity, id, exchange->now);
    if (ticket) return *ticket;
    Response response = refusal_response(ticket.refusal());
    if (ticket.refusal() == Refusal::call_not_open) {
        json::object body = json::parse(response.body).as_object();
        body["opens_at"] = to_text(opening_time(tx, identity, id).value());
        response.body = json::serialize(body);
    }
    exchange->answer(std::move(response));
    return std::nullopt;
}

json::object call_json(Transaction& tx, const CallTicket& ticket, const Roster& roster, Instant now) {
    json::object shown{{"appointment", appointment_json(tx, ticket.appointment, ticket.identity, now)},
                       {"own_name", ticket.display_name},
                       {"opens_at", to_text(ticket.opens_at)},
                       {"starts_at", to_text(ticket.starts_at)},
                       {"ends_at", to_text(ticket.ends_at)},
                       {"closes_at", to_text(ticket.closes_at)},
                       {"now", to_text(now)},
                       {"next", nullptr},
                       {"roster", roster_json(roster)}};
    if (ticket.next) shown["next"] = appointment_json(tx, *ticket.next, ticket.identity, now);
    return shown;
}

json::object seat_json(const SeatOffer& offer, const CallTicket& ticket, const Roster& roster, Instant now) {
    return {{"seat", offer.seat},
            {"index", offer.index},
            {"sdp", offer.sdp},
            {"ice_servers", json::array{}},
            {"roster", roster_json(roster)},
            {"ends_at", to_text(ticket.ends_at)},
            {"closes_at", to_text(ticket.closes_at)},
            {"now", to_text(now)}};
}

void answer_claim(ApiParts& parts, const ExchangePtr& exchange, const CallTicket& ticket, const ClaimAnswer& claimed) {
    if (!claimed.offer) return exchange->answer_json(202, json::object{{"place", claimed.queue.place}});
    const Roster roster = parts.calls.roster(ticket.appointment.id);
    exchange->answer_json(201, seat_json(*claimed.offer, ticket, roster, parts.clock.now()));
}

}  // namespace

void call(ApiParts& parts, const ExchangePtr& exchange) {
    parts.store.read([&](Transaction& tx) {
        const auto ticket = ticket_or_refuse(tx, exchange);
        if (!ticket) return;
        const Roster roster = parts.calls.roster(ticket->appointment.id);
        exchange->answer_json(200, call_json(tx, *ticket, roster, exchange->now));
    });
}

void claim_seat(ApiParts& parts, const ExchangePtr& exchange) {
    JsonFields body{exchange->request.body};
    std::string page = body.page("page");
    const bool resume = body.flag("resume", JsonFields::Need::optional);
    if (!body.good()) return exchange->refuse(Refusal::request_invalid, body.errors());
    if (!parts.events.is_free_for(exchange->identity.value(), page)) {
        return exchange->refuse(Refusal::request_invalid, {{"page", Refusal::request_invalid}});
    }
    const auto ticket = parts.store.read([&](Transaction& tx) { return ticket_or_refuse(tx, exchange); });
    if (!ticket) return;
    auto done = [weak = parts.weak_from_this(), exchange, ticket = *ticket](const Outcome<ClaimAnswer>& claimed) {
        const auto alive = weak.lock();
        if (!alive) return;
        guarded(*alive, exchange, [&] {
            if (!claimed) return exchange->refuse(claimed);
            answer_claim(*alive, exchange, ticket, *claimed);
        });
    };
    parts.calls.claim({*ticket, std::move(page), resume}, std::move(done));
}

void stop_waiting(ApiParts& parts, const ExchangePtr& exchange) {
    const Identity identity = exchange->identity.value();
    const auto id = exchange->id<AppointmentId>("appointment");
    const auto ticket = parts.store.read([&](Transaction& tx) { return may_watch(tx, identity, id, exchange->now); });
    if (!ticket) return exchange->refuse(ticket);
    parts.calls.stop_waiting(id, identity);
    exchange->answer_nothing();
}

}  // namespace parley::routes
