#include "http/rate_limits.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

#include "base/crypto.h"

namespace parley {

namespace {

std::string key_of(RateClass kind, std::string_view who) {
    return std::string{static_cast<char>('a' + static_cast<int>(kind))}.append(who);
}

}  // namespace

std::optional<seconds> RateLimits::take(RateClass kind, std::string_view who, Instant now) {
    Bucket& counted = bucket(kind, who, now);
    counted.tokens = filling(counted, now);
    counted.filled_at = now;
    if (counted.tokens >= 1) {
        counted.tokens -= 1;
        return std::nullopt;
    }
    const double per_second = settings_.rates.at(static_cast<std::size_t>(kind)).per_minute / 60;
    return seconds{std::max(1L, std::lround(std::ceil((1 - counted.tokens) / per_second)))};
}

void RateLimits::give_back(RateClass kind, std::string_view who) {
    const auto found = buckets_.find(key_of(kind, who));
    if (found != buckets_.end()) found->second.tokens += 1;
}

RateLimits::Bucket& RateLimits::bucket(RateClass kind, std::string_view who, Instant now) {
    std::string key = key_of(kind, who);
    const auto found = buckets_.find(key);
    if (found != buckets_.end()) return found->second;
    if (buckets_.size() >= settings_.table) make_room(now);
    const double burst = settings_.rates.at(static_cast<std::size_t>(kind)).burst;
    return buckets_.emplace(std::move(key), Bucket{burst, now, kind}).first->second;
}

// A clock that was set back fills nothing.
double RateLimits::filling(const Bucket& bucket, Instant now) const {
    const Rate& rate = settings_.rates.at(static_cast<std::size_t>(bucket.kind));
    const std::chrono::duration<double, std::ratio<60>> passed = std::max(now - bucket.filled_at, milliseconds{0});
    return std::min(rate.burst, bucket.tokens + passed.count() * rate.per_minute);
}

// A full bucket says nothing that a new one does not.
void RateLimits::make_room(Instant now) {
    const auto fullness = [&](const Bucket& bucket) {
        return filling(bucket, now) / settings_.rates.at(static_cast<std::size_t>(bucket.kind)).burst;
    };
    std::erase_if(buckets_, [&](const auto& entry) { return fullness(entry.second) >= 1; });
    if (buckets_.size() < settings_.table) return;
    buckets_.erase(std::max_element(buckets_.begin(), buckets_.end(), [&](const auto& a, const auto& b) {
        return fullness(a.second) < fullness(b.second);
    }));
}

std::string client_key(const std::string& address) {
    std::array<std::uint8_t, 16> bytes{};
    if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
        std::array<char, INET_ADDRSTRLEN> text{};
        return inet_ntop(AF_INET, &bytes[12], text.data(), text.size());
    }
    return to_hex(std::span{bytes}.first<8>());
}

}  // namespace parley
