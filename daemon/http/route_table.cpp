#include "http/route_table.h"

#include <algorithm>
#include <array>
#include <optional>

#include "http/routes.h"

namespace parley {

namespace {

constexpr Audience anybody = Audience::anybody();
constexpr Audience signed_in = Audience::signed_in();
constexpr Audience parents = Audience::of({Role::parent});
constexpr Audience teachers = Audience::of({Role::teacher});
constexpr Audience guests = Audience::of({Role::guest});
constexpr Audience callers = Audience::of({Role::guest, Role::parent, Role::teacher});

constexpr std::array table{
    Route{"GET", "/health", anybody, routes::health},
    Route{"GET", "/school", anybody, routes::school},
    Route{"POST", "/session", anybody, routes::open_session, RateClass::link},
    Route{"GET", "/session", signed_in, routes::session},
    Route{"DELETE", "/session", signed_in, routes::close_session},
    Route{"POST", "/sign-in-requests", anybody, routes::request_sign_in, RateClass::sign_in_client},
    Route{"GET", "/evenings/{evening}/bookings", parents, routes::my_bookings},
    Route{"GET", "/evenings/{evening}/choices", parents, routes::choices},
    Route{"POST", "/evenings/{evening}/appointments", parents, routes::book},
    Route{"DELETE", "/appointments/{appointment}", parents, routes::cancel},
    Route{"GET", "/evenings/{evening}/invites", parents, routes::invites},
    Route{"POST", "/evenings/{evening}/invites", parents, routes::invite},
    Route{"POST", "/invites/{invite}/resend", parents, routes::resend_invite},
    Route{"DELETE", "/invites/{invite}", parents, routes::remove_invite},
    Route{"GET", "/evenings/{evening}/schedule", teachers, routes::schedule},
    Route{"GET", "/visit", guests, routes::visit},
    Route{"GET", "/calls/{appointment}", callers, routes::call},
    Route{"POST", "/calls/{appointment}/seat", callers, routes::claim_seat},
    Route{"DELETE", "/calls/{appointment}/queue", callers, routes::stop_waiting},
    Route{"PUT", "/seats/{seat}/answer", callers, routes::answer},
    Route{"POST", "/seats/{seat}/candidates", callers, routes::add_candidates, RateClass::candidates},
    Route{"PUT", "/seats/{seat}/status", callers, routes::set_status},
    Route{"DELETE", "/seats/{seat}", callers, routes::leave},
    Route{"GET", "/events", signed_in, routes::events},
};

using Parameters = std::map<std::string, std::string>;

bool fits(std::string_view parameter, std::string_view text) {
    if (text.empty() || text.size() > 64) return false;
    if (parameter == "seat") return true;
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits && text.size() <= 18 && text.front() != '0';
}

std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

std::optional<Parameters> match(std::string_view pattern, std::string_view path) {
    Parameters parameters;
    while (pattern.starts_with('/') && path.starts_with('/')) {
        const std::string_view wanted = take_segment(pattern);
        const std::string_view given = take_segment(path);
        if (!wanted.starts_with('{')) {
            if (wanted != given) return std::nullopt;
            continue;
        }
        const std::string_view name = wanted.substr(1, wanted.size() - 2);
        if (!fits(name, given)) return std::nullopt;
        parameters.emplace(name, given);
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return parameters;
}

}  // namespace

std::span<const Route> route_table() {
    return table;
}

RouteMatch find_route(std::string_view method, std::string_view path) {
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    RouteMatch found;
    for (const auto& route : table) {
        auto parameters = match(route.pattern, path);
        if (!parameters) continue;
        found.allow.emplace_back(route.method);
        if (route.method != wanted) continue;
        found.route = &route;
        found.parameters = *std::move(parameters);
    }
    return found;
}

}  // namespace parley
