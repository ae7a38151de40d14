#include <boost/json/serialize.hpp>
#include <charconv>

#include "domain/call_desk.h"
#include "domain/transaction.h"
#include "http/api_parts.h"
#include "http/call_access.h"
#include "http/json_fields.h"
#include "http/routes.h"
#include "http/session_cookie.h"
#include "http/shapes.h"

namespace parley::routes {

namespace json = boost::json;

namespace {

std::string query_value(const ExchangePtr& exchange, const char* name) {
    const auto found = exchange->request.query.find(name);
    return found == exchange->request.query.end() ? std::string{} : found->second;
}

/// Nothing when the text is no positive number.
std::optional<AppointmentId> parse_call(const std::string& text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end || value <= 0) return std::nullopt;
    return AppointmentId{value};
}

std::vector<PageEvent> opening_of(const CallTicket& ticket, const Roster& roster, Instant now) {
    const json::object clock{{"call", ticket.appointment.id.value},
                             {"now", to_text(now)},
                             {"ends_at", to_text(ticket.ends_at)},
                             {"closes_at", to_text(ticket.closes_at)}};
    return {{"roster", json::serialize(roster_json(roster))}, {"clock", json::serialize(clock)}};
}

/// Adds the call to watch, if one is named. False when the exchange has been refused.
bool add_call(ApiParts& parts, const ExchangePtr& exchange, StreamRequest& wanted) {
    const std::string text = query_value(exchange, "call");
    if (text.empty()) return true;
    wanted.call = parse_call(text);
    if (!wanted.call) {
        exchange->refuse(Refusal::request_invalid, {{"call", Refusal::request_invalid}});
        return false;
    }
    const auto ticket =
        parts.store.read([&](Transaction& tx) { return may_watch(tx, wanted.identity, *wanted.call, exchange->now); });
    if (!ticket) {
        exchange->refuse(ticket);
        return false;
    }
    wanted.opening = opening_of(*ticket, parts.calls.roster(*wanted.call), exchange->now);
    return true;
}

}  // namespace

void events(ApiParts& parts, const ExchangePtr& exchange) {
    const Request& request = exchange->request;
    StreamRequest wanted{exchange->identity.value(), query_value(exchange, "page"),         {},
                         request.last_event_id,      session_name(request.session.value()), {}};
    if (!is_page_name(wanted.page)) {
        return exchange->refuse(Refusal::request_invalid, {{"page", Refusal::request_invalid}});
    }
    if (!add_call(parts, exchange, wanted)) return;
    if (request.method == "HEAD") {
        return exchange->answer(Response{200, {{"Content-Type", "text/event-stream"}}, {}});
    }
    auto stream = parts.events.open(std::move(wanted));
    if (!stream) return exchange->refuse(stream);
    exchange->answer(*std::move(stream));
}

}  // namespace parley::routes
