#include "http/api.h"

#include <optional>
#include <string>

#include "domain/links.h"
#include "http/api_parts.h"
#include "http/route_table.h"
#include "http/same_origin.h"
#include "http/session_cookie.h"

namespace parley {

namespace {

constexpr std::string_view root = "/api/v1";

Response method_refused(const std::vector<std::string>& allow) {
    Response response = refusal_response(Refusal::request_invalid, {}, "This address does not do that.");
    response.status = 405;
    std::string methods;
    for (const auto& method : allow) methods.append(methods.empty() ? "" : ", ").append(method);
    response.headers.emplace_back("Allow", methods);
    return response;
}

Response not_json() {
    Response response = refusal_response(Refusal::request_invalid, {}, "The body has to be application/json.");
    response.status = 415;
    return response;
}

/// What no page of the box would send: forgery, or a tool that does not say where it comes from.
std::optional<Response> check_origin(const Request& request) {
    if (is_safe(request.method)) return std::nullopt;
    if (!is_same_origin(request)) {
        return refusal_response(Refusal::not_allowed, {}, "This can only be done from the school's own pages.");
    }
    if (!request.body.empty() && !is_json(request.content_type)) return not_json();
    return std::nullopt;
}

/// Everybody is counted by their session; those without one by their address.
std::optional<seconds> count_generally(ApiParts& parts, const ApiExchange& exchange) {
    if (exchange.identity) {
        const std::string name = session_name(exchange.request.session.value());
        return parts.limits.take(RateClass::general, name, exchange.now);
    }
    return parts.limits.take(RateClass::general_client, client_key(exchange.request.client), exchange.now);
}

std::optional<seconds> count_route(ApiParts& parts, const Route& route, const ApiExchange& exchange) {
    if (route.rate == RateClass::general) return std::nullopt;
    const bool by_seat = route.rate == RateClass::candidates;
    const std::string who = by_seat ? session_name(exchange.request.session.value()) + exchange.parameters.at("seat")
                                    : client_key(exchange.request.client);
    return parts.limits.take(route.rate, who, exchange.now);
}

std::optional<Identity> find_identity(ApiParts& parts, const ApiExchange& exchange) {
    const auto& session = exchange.request.session;
    if (!session) return std::nullopt;
    const auto identity = parts.store.read([&](Transaction& tx) { return who(tx, session->reveal(), exchange.now); });
    if (!identity) return std::nullopt;
    return *identity;
}

void serve(ApiParts& parts, const Route& route, const ExchangePtr& exchange) {
    if (route.audience.needs_session()) exchange->identity = find_identity(parts, *exchange);
    auto wait = count_generally(parts, *exchange);
    if (wait) return exchange->answer(too_many_response(*wait));
    if (route.audience.needs_session()) {
        if (!exchange->identity) return exchange->refuse(Refusal::not_signed_in);
        if (!route.audience.has(exchange->identity->role)) return exchange->refuse(Refusal::not_allowed);
    }
    wait = count_route(parts, route, *exchange);
    if (wait) return exchange->answer(too_many_response(*wait));
    route.handler(parts, exchange);
}

void dispatch(ApiParts& parts, const ExchangePtr& exchange) {
    const Request& request = exchange->request;
    if (!request.path.starts_with(root)) return exchange->refuse(Refusal::not_found);
    RouteMatch match = find_route(request.method, std::string_view{request.path}.substr(root.size()));
    if (match.allow.empty()) return exchange->refuse(Refusal::not_found);
    if (match.route == nullptr) return exchange->answer(method_refused(match.allow));
    if (auto forged = check_origin(request)) return exchange->answer(*std::move(forged));
    exchange->parameters = std::move(match.parameters);
    serve(parts, *match.route, exchange);
}

}  // namespace

Api::Api(Store& store, LinkKey key, CallDesk& calls, EventHub& events, const Clock& clock, Log& log,
         ApiSettings settings, std::function<void()> mail_queued)
    : parts_{std::make_shared<ApiParts>(store, key, calls, events, clock, log, std::move(settings),
                                        std::move(mail_queued))} {}

Api::~Api() = default;

void Api::handle(Request request, std::function<void(Answer)> reply) {
    const auto exchange = std::make_shared<ApiExchange>(std::move(request), parts_->clock.now(), std::move(reply));
    guarded(*parts_, exchange, [&] { dispatch(*parts_, exchange); });
}

}  // namespace parley
