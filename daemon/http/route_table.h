#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "http/api_exchange.h"
#include "http/rate_limits.h"

namespace parley {

struct ApiParts;

/// Who may use a route: a set of roles, or anybody, signed in or not.
class Audience {
public:
    static constexpr Audience anybody() { return Audience{everybody_bit}; }
    static constexpr Audience of(std::initializer_list<Role> roles) {
        unsigned bits = 0;
        for (const Role role : roles) bits |= bit(role);
        return Audience{bits};
    }
    static constexpr Audience signed_in() { return of({Role::guest, Role::parent, Role::teacher, Role::admin}); }

    [[nodiscard]] constexpr bool needs_session() const { return bits_ != everybody_bit; }
    [[nodiscard]] constexpr bool has(Role role) const { return !needs_session() || (bits_ & bit(role)) != 0; }

private:
    static constexpr unsigned everybody_bit = 1U << 31U;
    static constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
    explicit constexpr Audience(unsigned bits) : bits_{bits} {}
    unsigned bits_;
};

/// One row: everything that decides who gets to a handler stands here (P2). Ownership of what the path names is decided
/// by the domain's rules, with the identity.
struct Route {
    std::string_view method;
    std::string_view pattern;  ///< below /api/v1, as in openapi.yaml
    Audience audience;
    void (*handler)(ApiParts&, const ExchangePtr&);
    RateClass rate = RateClass::general;  ///< counted beside the general one
};

std::span<const Route> route_table();

/// What a path names. HEAD finds the row of GET.
struct RouteMatch {
    const Route* route{};            ///< null: nothing answers this method here
    std::vector<std::string> allow;  ///< the methods that the path knows; empty: there is no such path
    std::map<std::string, std::string> parameters;
};

/// `path` is below /api/v1. Every parameter but `seat` is a positive number of at most 18 digits: what is not, is
/// nowhere.
RouteMatch find_route(std::string_view method, std::string_view path);

}  // namespace parley
