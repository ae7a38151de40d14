#include <algorithm>

#include "calls/deadline.h"
#include "calls/seating.h"

namespace parley {
namespace {

using Link = RosterEntry::Link;

bool due(const std::optional<Instant>& at, Instant now) {
    return at && *at <= now;
}

}  // namespace

Effects Seating::tick(Instant now) {
    Effects effects;
    expire_seats(now, effects);
    expire_waiters(now, effects);
    let_in(now, effects);
    tell_places(effects);
    return effects;
}

void Seating::expire_seats(Instant now, Effects& effects) {
    for (auto& seat : seats_) {
        if (seat.link != Link::connecting || !due(seat.deadline, now)) continue;
        seat.link = Link::lost;
        seat.deadline = *seat.deadline + seat_kept;
    }
    std::erase_if(seats_, [&](const Seat& seat) {
        if (seat.link != Link::lost || !due(seat.deadline, now)) return false;
        effects.emplace_back(effect::Disconnect{seat.index});
        if (!seat.failed) effects.emplace_back(effect::Expired{seat.page, "seat_lost"});
        return true;
    });
}

void Seating::expire_waiters(Instant now, Effects& effects) {
    std::erase_if(queue_, [&](const Waiter& waiter) {
        if (!due(waiter.away_until, now)) return false;
        effects.emplace_back(effect::Expired{waiter.page, "place_lost"});
        return true;
    });
    // Who missed the place held for them is not lost: they wait again, behind those who have waited since.
    const auto missed = std::stable_partition(queue_.begin(), queue_.end(),
                                              [&](const Waiter& waiter) { return !due(waiter.held_until, now); });
    std::for_each(missed, queue_.end(), [](Waiter& waiter) {
        waiter.held_until.reset();
        waiter.told_place = 0;
    });
}

void Seating::let_in(Instant now, Effects& effects) {
    int free = seats - active();
    for (auto& waiter : queue_) {
        if (waiter.held_until) continue;
        if (free-- <= 0) return;
        waiter.held_until = now + place_held;
        effects.emplace_back(effect::LetIn{waiter.page, *waiter.held_until});
    }
}

void Seating::tell_places(Effects& effects) {
    int place = 0;
    for (auto& waiter : queue_) {
        if (waiter.held_until) continue;
        ++place;
        if (waiter.told_place == place) continue;
        // A newcomer's place is the answer to its claim.
        waiter.told_place = place;
        effects.emplace_back(effect::Moved{waiter.page, place});
    }
}

std::optional<Instant> Seating::next_deadline() const {
    std::optional<Instant> earliest;
    for (const auto& seat : seats_) keep_earlier(earliest, seat.deadline);
    for (const auto& waiter : queue_) {
        keep_earlier(earliest, waiter.held_until);
        keep_earlier(earliest, waiter.away_until);
    }
    return earliest;
}

// ---- looking -----------------------------------------------------------------------------------------------------

const Seating::Seat* Seating::find(Identity who) const {
    const auto found = std::ranges::find(seats_, who, &Seat::who);
    return found == seats_.end() ? nullptr : &*found;
}

const Seating::Seat* Seating::at(int index) const {
    const auto found = std::ranges::find(seats_, index, &Seat::index);
    return found == seats_.end() ? nullptr : &*found;
}

Seating::Seat* Seating::seat_of(Identity who) {
    return const_cast<Seat*>(find(who));  // NOLINT(cppcoreguidelines-pro-type-const-cast): ours to change
}

Seating::Seat* Seating::seat_at(int index, std::uint32_t connection) {
    const auto found = std::ranges::find_if(
        seats_, [&](const Seat& seat) { return seat.index == index && seat.connection == connection; });
    return found == seats_.end() ? nullptr : &*found;
}

Seating::Waiter* Seating::waiter_of(Identity who) {
    const auto found = std::ranges::find(queue_, who, &Waiter::who);
    return found == queue_.end() ? nullptr : &*found;
}

int Seating::active() const {
    const auto held = std::ranges::count_if(queue_, [](const Waiter& w) { return w.held_until.has_value(); });
    return static_cast<int>(seats_.size()) + static_cast<int>(held);
}

int Seating::place_of(Identity who) const {
    int place = 0;
    for (const auto& waiter : queue_) {
        if (!waiter.held_until) ++place;
        if (waiter.who == who) break;
    }
    return place;
}

std::vector<RosterEntry> Seating::people() const {
    std::vector<RosterEntry> people;
    for (const auto& seat : seats_) people.push_back({seat.index, seat.who.role, seat.name, seat.status, seat.link});
    std::ranges::sort(people, {}, &RosterEntry::index);
    return people;
}

}  // namespace parley
