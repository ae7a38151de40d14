#include "calls/seating.h"

#include <algorithm>

namespace parley {
namespace {

using Link = RosterEntry::Link;

constexpr std::size_t knocked_out_remembered = 32;
constexpr std::size_t indices_remembered = 32;

}  // namespace

// ---- claims ------------------------------------------------------------------------------------------------------

Seating::Claimed Seating::claim(const Claim& claim, Instant now) {
    auto effects = tick(now);
    const auto knocked_out = std::ranges::find(knocked_out_, claim.page);
    if (knocked_out != knocked_out_.end()) {
        if (claim.resume) {
            effects.emplace_back(effect::Contested{claim.who});
            return refuse(Refusal::taken_over, std::move(effects));
        }
        knocked_out_.erase(knocked_out);
    }
    if (auto* seat = seat_of(claim.who)) return claim_again(*seat, claim, now, std::move(effects));
    if (auto* waiter = waiter_of(claim.who)) {
        return claim_waiting(static_cast<std::size_t>(waiter - queue_.data()), claim, now, std::move(effects));
    }
    return claim_anew(claim, now, std::move(effects));
}

Seating::Claimed Seating::claim_again(Seat& seat, const Claim& claim, Instant now, Effects effects) {
    if (seat.page != claim.page) {
        if (claim.resume) return refuse(Refusal::taken_over, std::move(effects));
        knock_out(seat.who, seat.page, seat.page_there, effects);
        // The old page's connection would go on until the new one's first picture.
        effects.emplace_back(effect::Disconnect{seat.index});
        seat.status = {};
    }
    const auto seated = connect(seat, claim, now, effects);
    return {seated, std::move(effects)};
}

Seating::Claimed Seating::claim_waiting(std::size_t place, const Claim& claim, Instant now, Effects effects) {
    auto& waiter = queue_[place];
    if (waiter.page != claim.page) {
        if (claim.resume) return refuse(Refusal::taken_over, std::move(effects));
        knock_out(waiter.who, waiter.page, !waiter.away_until, effects);
        waiter.page = claim.page;
    }
    if (waiter.held_until) {
        queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(place));
        const auto seated = sit(claim, now, effects);
        return {seated, std::move(effects)};
    }
    waiter.away_until = claim.online ? std::nullopt : std::optional{now + waiter_kept};
    waiter.told_place = place_of(claim.who);
    return {QueuePlace{waiter.told_place}, std::move(effects)};
}

Seating::Claimed Seating::claim_anew(const Claim& claim, Instant now, Effects effects) {
    // Nobody is passed over here: whenever a place is free, `let_in` has held it for those who wait.
    if (active() < seats) {
        const auto seated = sit(claim, now, effects);
        return {seated, std::move(effects)};
    }
    if (queue_.size() >= longest_queue) return refuse(Refusal::queue_full, std::move(effects));
    Waiter waiter{claim.who, claim.page, {}, {}, 0};
    if (!claim.online) waiter.away_until = now + waiter_kept;
    queue_.push_back(std::move(waiter));
    queue_.back().told_place = place_of(claim.who);
    return {QueuePlace{queue_.back().told_place}, std::move(effects)};
}

Seating::Claimed Seating::refuse(Refusal refusal, Effects effects) const {
    return {refusal, std::move(effects)};
}

Seating::Seated Seating::sit(const Claim& claim, Instant now, Effects& effects) {
    Seat seat;
    seat.index = index_for(claim.who);
    seat.who = claim.who;
    if (index_of_.size() >= indices_remembered) index_of_.clear();
    index_of_[claim.who] = seat.index;
    seats_.push_back(std::move(seat));
    return connect(seats_.back(), claim, now, effects);
}

Seating::Seated Seating::connect(Seat& seat, const Claim& claim, Instant now, Effects& effects) {
    seat.name = claim.name;
    seat.page = claim.page;
    seat.handle = claim.seat;
    seat.connection = ++connections_;
    seat.link = Link::connecting;
    seat.deadline = now + connect_time;
    seat.failed = false;
    seat.page_there = true;
    effects.emplace_back(effect::Connect{seat.index, seat.connection});
    return {seat.index, seat.connection};
}

void Seating::knock_out(Identity who, const std::string& page, bool was_there, Effects& effects) {
    if (knocked_out_.size() >= knocked_out_remembered) knocked_out_.erase(knocked_out_.begin());
    knocked_out_.push_back(page);
    effects.emplace_back(effect::KnockedOut{page});
    // A page that was reloaded is gone by now; that is nobody's contest.
    if (was_there) effects.emplace_back(effect::Contested{who});
}

int Seating::index_for(Identity who) const {
    const auto own = index_of_.find(who);
    if (own != index_of_.end() && at(own->second) == nullptr) return own->second;
    const auto remembered = [this](int index) {
        return std::ranges::any_of(index_of_, [index](const auto& entry) { return entry.second == index; });
    };
    // Rather a seat nobody sat in, so that who comes back finds theirs.
    int free = seats;
    for (int index = seats - 1; index >= 0; --index) {
        if (at(index) == nullptr && (free == seats || remembered(free) || !remembered(index))) free = index;
    }
    return free;
}

// ---- leaving -----------------------------------------------------------------------------------------------------

Effects Seating::leave(Identity who, Instant now) {
    Effects effects;
    free_seat(who, effects);
    auto more = tick(now);
    effects.insert(effects.end(), more.begin(), more.end());
    return effects;
}

Effects Seating::stop_waiting(Identity who, Instant now) {
    std::erase_if(queue_, [&](const Waiter& waiter) { return waiter.who == who; });
    return tick(now);
}

Effects Seating::put_out(Identity who, Instant now) {
    Effects effects;
    if (const auto* seat = seat_of(who)) effects.emplace_back(effect::Removed{seat->page});
    if (const auto* waiter = waiter_of(who)) effects.emplace_back(effect::Removed{waiter->page});
    free_seat(who, effects);
    auto more = stop_waiting(who, now);
    effects.insert(effects.end(), more.begin(), more.end());
    return effects;
}

Effects Seating::put_everybody_out(Instant now) {
    Effects effects;
    for (const auto& waiter : queue_) effects.emplace_back(effect::Removed{waiter.page});
    queue_.clear();
    while (!seats_.empty()) {
        const auto more = put_out(seats_.front().who, now);
        effects.insert(effects.end(), more.begin(), more.end());
    }
    return effects;
}

void Seating::free_seat(Identity who, Effects& effects) {
    const auto* seat = seat_of(who);
    if (seat == nullptr) return;
    effects.emplace_back(effect::Disconnect{seat->index});
    seats_.erase(seats_.begin() + (seat - seats_.data()));
}

// ---- connections -------------------------------------------------------------------------------------------------

void Seating::offered(int index, std::uint32_t connection) {
    if (auto* seat = seat_at(index, connection)) seat->offered = true;
}

Effects Seating::connected(int index, std::uint32_t connection, Instant now) {
    if (auto* seat = seat_at(index, connection)) {
        seat->link = Link::connected;
        seat->deadline.reset();
    }
    return tick(now);
}

Effects Seating::lost(int index, std::uint32_t connection, Instant now) {
    return lose(index, connection, false, now);
}

Effects Seating::failed(int index, std::uint32_t connection, Instant now) {
    return lose(index, connection, true, now);
}

Effects Seating::lose(int index, std::uint32_t connection, bool failed, Instant now) {
    if (auto* seat = seat_at(index, connection)) {
        // What is lost already does not begin its time again.
        if (seat->link != Link::lost) seat->deadline = now + seat_kept;
        seat->link = Link::lost;
        seat->failed = seat->failed || failed;
    }
    return tick(now);
}

Effects Seating::offer_failed(int index, std::uint32_t connection, Instant now) {
    const auto* seat = seat_at(index, connection);
    if (seat != nullptr && !seat->offered) return leave(seat->who, now);
    return lose(index, connection, true, now);
}

void Seating::set_status(Identity who, SeatStatus status) {
    if (auto* seat = seat_of(who)) seat->status = status;
}

Effects Seating::page_online(Identity who, const std::string& page, Instant now) {
    if (auto* seat = seat_of(who); seat != nullptr && seat->page == page) seat->page_there = true;
    if (auto* waiter = waiter_of(who); waiter != nullptr && waiter->page == page) waiter->away_until.reset();
    return tick(now);
}

Effects Seating::page_offline(Identity who, const std::string& page, Instant now) {
    if (auto* seat = seat_of(who); seat != nullptr && seat->page == page) seat->page_there = false;
    if (auto* waiter = waiter_of(who); waiter != nullptr && waiter->page == page) {
        waiter->away_until = now + waiter_kept;
    }
    return tick(now);
}

}  // namespace parley
