#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/instant.h"

namespace parley {

/// What a request is counted as, beside the general limit that counts them all.
enum class RateClass { general, general_client, link, sign_in_client, sign_in_address, candidates };
constexpr std::size_t rate_class_count = 6;

/// A token bucket: `burst` at once, then `per_minute` refill it.
struct Rate {
    double burst;
    double per_minute;
};

/// The limits of DESIGN.md. `link` counts opened links that do not work: a whole staff may open theirs at once behind
/// one address, while nobody needs to guess. `general` counts a session, `general_client` an address without one.
struct RateSettings {
    std::array<Rate, rate_class_count> rates{{
        {1000, 6000},  // general
        {1000, 6000},  // general_client
        {20, 20},      // link
        {20, 20},      // sign_in_client
        {5, 5},        // sign_in_address
        {10, 600},     // candidates: requests a seat
    }};
    std::size_t table = 20'000;  ///< buckets; when they are all in use, the one that is fullest makes room
};

/// Who did what how often: a bounded table of token buckets. Loop thread only; time is passed in.
class RateLimits {
public:
    explicit RateLimits(RateSettings settings) : settings_{settings} {}

    /// Takes one, or says in how many whole seconds (1 or more) there is one again.
    std::optional<seconds> take(RateClass, std::string_view who, Instant now);
    /// What was taken turned out to be harmless.
    void give_back(RateClass, std::string_view who);

    [[nodiscard]] std::size_t size() const { return buckets_.size(); }

private:
    struct Bucket {
        double tokens;
        Instant filled_at;
        RateClass kind;
    };
    Bucket& bucket(RateClass, std::string_view who, Instant now);
    [[nodiscard]] double filling(const Bucket&, Instant now) const;
    void make_room(Instant now);

    RateSettings settings_;
    std::unordered_map<std::string, Bucket> buckets_;
};

/// The address as it is counted: an IPv6 network of 64 bits is one household (RFC 6177), an IPv4 address in IPv6
/// clothes (RFC 4291) is an IPv4 address.
std::string client_key(const std::string& address);

}  // namespace parley
