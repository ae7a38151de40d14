#pragma once
#include <string>

#include "calls/seating.h"

namespace parley {

/// The first effect of a kind, or nothing. The effects must outlive it.
template <class Kind>
const Kind* first(const Effects& effects) {
    for (const auto& effect : effects) {
        if (const auto* found = std::get_if<Kind>(&effect)) return found;
    }
    return nullptr;
}
template <class Kind>
int count(const Effects& effects) {
    int found = 0;
    for (const auto& effect : effects) found += std::holds_alternative<Kind>(effect) ? 1 : 0;
    return found;
}

struct How {
    bool resume{false};
    bool online{true};
    std::string page{};
};

/// A call with numbered people: person 3 is a parent whose page is "page 3".
struct Table {
    Seating seating;
    Instant now{};
    int handles{};

    static Identity person(int number) { return {Role::parent, number}; }

    Seating::Claimed claim(int number, const How& how = {}) {
        const auto page = how.page.empty() ? "page " + std::to_string(number) : how.page;
        return seating.claim({person(number), "Person " + std::to_string(number), page, how.resume, how.online,
                              "seat " + std::to_string(handles++)},
                             now);
    }
    /// The index, or -1.
    int sit(int number, const How& how = {}) {
        const auto claimed = claim(number, how);
        const auto* seated = std::get_if<Seating::Seated>(&claimed.answer);
        return seated == nullptr ? -1 : seated->index;
    }
    /// A seat whose connection stands.
    int settle(int number, const How& how = {}) {
        const auto index = sit(number, how);
        seating.offered(index, connection(number));
        seating.connected(index, connection(number), now);
        return index;
    }
    void fill() {
        for (int i = 0; i < 4; ++i) settle(i);
    }
    int wait(int number, const How& how = {}) {
        const auto claimed = claim(number, how);
        const auto* place = std::get_if<QueuePlace>(&claimed.answer);
        return place == nullptr ? -1 : place->place;
    }
    Refusal refusal(int number, const How& how = {}) { return std::get<Refusal>(claim(number, how).answer); }
    std::uint32_t connection(int number) { return seating.find(person(number))->connection; }
    Effects leave(int number) { return seating.leave(person(number), now); }
    Effects online(int number) { return seating.page_online(person(number), "page " + std::to_string(number), now); }
    Effects offline(int number) { return seating.page_offline(person(number), "page " + std::to_string(number), now); }
    Effects pass(seconds time) {
        now += time;
        return seating.tick(now);
    }
};

}  // namespace parley
