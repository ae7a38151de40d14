#include "domain/slots.h"

#include <algorithm>

namespace parley {

std::vector<Instant> slot_starts(const Evening& evening, const ClassOffer& offer) {
    constexpr std::size_t limit = 1440;
    std::vector<Instant> starts;
    const minutes step = offer.slot_minutes + offer.gap_minutes;
    if (offer.slot_minutes < minutes{1} || offer.gap_minutes < minutes{0}) return starts;
    for (Instant at = offer.first_slot_at; at + offer.slot_minutes <= evening.ends_at && starts.size() < limit;
         at += step) {
        if (at >= evening.starts_at) starts.push_back(at);
    }
    return starts;
}

bool is_slot_start(const Evening& evening, const ClassOffer& offer, Instant at) {
    const auto starts = slot_starts(evening, offer);
    return std::binary_search(starts.begin(), starts.end(), at);
}

}  // namespace parley
