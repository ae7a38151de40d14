#include "calls/live_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/crypto.h"
#include "calls/event_json.h"
#include "calls/fresh_ticket.h"
#include "calls/session_text.h"

namespace parley {

LiveCall::LiveCall(CallsSurroundings& around, const CallTicket& ticket, PortLease ports, Instant now)
    : around_{around},
      id_{ticket.appointment.id},
      starts_at_{ticket.starts_at},
      ends_at_{ticket.ends_at},
      closes_at_{ticket.closes_at},
      clock_told_{now},
      line_{std::move(ports)},
      idle_since_{now} {
    for (const auto& teacher : ticket.appointment.teachers) teachers_.push_back(teacher.id);
}

// ---- claims ------------------------------------------------------------------------------------------------------

void LiveCall::claim(SeatClaim claim, bool online, ClaimDone done) {
    const auto who = claim.ticket.identity;
    idle_since_.reset();  // what pages are told below may be the moment in which calls that nobody is in are ended
    take_times(claim.ticket);
    next_[who] = claim.ticket.next ? std::optional{claim.ticket.next->id} : std::nullopt;
    auto claimed = seating_.claim({who, claim.ticket.display_name, claim.page, claim.resume, online, random_name()},
                                  around_.clock.now());
    if (const auto* seated = std::get_if<Seating::Seated>(&claimed.answer)) {
        wait_for_offer(claim, *seated, std::move(done));
    } else if (const auto* place = std::get_if<QueuePlace>(&claimed.answer)) {
        reply(std::move(done), ClaimAnswer{{}, *place});
    } else {
        reply(std::move(done), std::get<Refusal>(claimed.answer));
    }
    carry_out(std::move(claimed.effects));
}

void LiveCall::wait_for_offer(const SeatClaim& claim, const Seating::Seated& seated, ClaimDone done) {
    const auto deadline = around_.clock.now() + PendingClaims::patience;
    auto before = pending_.put({seated.index, seated.connection, claim.page, deadline, std::move(done)});
    if (!before) return;
    const auto refusal = before->page == claim.page ? Refusal::seat_gone : Refusal::taken_over;
    reply_to(std::move(before), refusal);
}

void LiveCall::reply(ClaimDone done, Outcome<ClaimAnswer> answer) {
    around_.post([done = std::move(done), answer = std::move(answer)] { done(answer); });
}

void LiveCall::reply_to(std::optional<PendingClaims::Pending> pending, Outcome<ClaimAnswer> answer) {
    if (pending) reply(std::move(pending->done), std::move(answer));
}

void LiveCall::fail_due_claims(Instant now) {
    while (auto due = pending_.take_due(now)) {
        around_.log.write(Severity::warning, fmt::format("call {}: no connection could be offered in time", id_.value));
        const auto index = due->index;
        const auto connection = due->connection;
        reply_to(std::move(due), Refusal::media_unavailable);
        line_.give_up(index);
        carry_out(seating_.offer_failed(index, connection, now));
    }
}

// ---- what people in it do ----------------------------------------------------------------------------------------

Outcome<Done> LiveCall::answer(const Seating::Seat& seat, std::string sdp) {
    if (!looks_like_an_answer(sdp)) return Refusal::sdp_invalid;
    // Where the process was replaced meanwhile, the page has been told to come back already.
    if (!line_.stands(seat.index, seat.connection)) return Done{};
    if (!line_.pass_on(media::Answer{{seat.index, seat.connection}, std::move(sdp)})) return Refusal::sdp_invalid;
    return Done{};
}

Outcome<Done> LiveCall::add_candidates(const Seating::Seat& seat, std::vector<RemoteCandidate> candidates) {
    const bool sound = candidates.size() <= most_candidates &&
                       std::ranges::all_of(candidates, looks_like_a_candidate, &RemoteCandidate::candidate);
    if (!sound) return Refusal::request_invalid;
    if (!line_.stands(seat.index, seat.connection)) return Done{};
    for (auto& each : candidates) {
        if (!line_.pass_on(media::Candidate{{seat.index, seat.connection}, each.mline, std::move(each.candidate)})) {
            return Refusal::request_invalid;
        }
    }
    return Done{};
}

void LiveCall::set_status(Identity who, SeatStatus status) {
    seating_.set_status(who, status);
    carry_out({});
}

void LiveCall::leave(Identity who) {
    carry_out(seating_.leave(who, around_.clock.now()));
}

void LiveCall::stop_waiting(Identity who) {
    carry_out(seating_.stop_waiting(who, around_.clock.now()));
}

void LiveCall::put_out(Identity who) {
    carry_out(seating_.put_out(who, around_.clock.now()));
}

void LiveCall::put_everybody_out() {
    carry_out(seating_.put_everybody_out(around_.clock.now()));
    line_.end();
    over_ = true;
    around_.changed();
}

void LiveCall::page_online(Identity who, const std::string& page) {
    carry_out(seating_.page_online(who, page, around_.clock.now()));
}

void LiveCall::page_offline(Identity who, const std::string& page) {
    carry_out(seating_.page_offline(who, page, around_.clock.now()));
}

Roster LiveCall::roster() const {
    return {id_, seating_.people(), static_cast<int>(seating_.waiting().size())};
}

// ---- what follows ------------------------------------------------------------------------------------------------

void LiveCall::carry_out(Effects effects) {
    effects_.insert(effects_.end(), std::make_move_iterator(effects.begin()), std::make_move_iterator(effects.end()));
    // A page that is told something may turn out to be gone, which is the next change: it waits for its turn.
    if (carrying_out_) return;
    carrying_out_ = true;
    while (!effects_.empty()) {
        const auto effect = std::move(effects_.front());
        effects_.pop_front();
        std::visit([this](const auto& each) { carry_out_one(each); }, effect);
    }
    publish_roster();
    carrying_out_ = false;
    if (!seating_.empty()) {
        idle_since_.reset();
    } else if (!idle_since_) {
        idle_since_ = around_.clock.now();
    }
    around_.changed();
}

void LiveCall::carry_out_one(const effect::Connect& it) {
    line_.connect(it.index, it.connection, around_.clock.now());
}

void LiveCall::carry_out_one(const effect::Disconnect& it) {
    line_.disconnect(it.index, around_.clock.now());
    const auto* seat = seating_.at(it.index);
    const auto* pending = pending_.find(it.index);
    if (pending == nullptr || (seat != nullptr && seat->connection == pending->connection)) return;
    reply_to(pending_.take(it.index), Refusal::seat_gone);
}

void LiveCall::carry_out_one(const effect::KnockedOut& it) {
    around_.pages.to_page(it.page, event::knocked_out(id_));
}

void LiveCall::carry_out_one(const effect::Contested& it) {
    around_.contested(it.who);
}

void LiveCall::carry_out_one(const effect::Removed& it) {
    around_.pages.to_page(it.page, event::removed(id_));
}

void LiveCall::carry_out_one(const effect::LetIn& it) {
    around_.pages.to_page(it.page, event::let_in(id_, it.until));
}

void LiveCall::carry_out_one(const effect::Moved& it) {
    around_.pages.to_page(it.page, event::queue(id_, it.place));
}

void LiveCall::carry_out_one(const effect::Expired& it) {
    around_.pages.to_page(it.page, event::reconnect(id_, it.reason));
}

void LiveCall::publish_roster() {
    const auto now = roster();
    auto event = event::roster(now);
    if (event.json == roster_told_) return;
    roster_told_ = event.json;
    around_.pages.to_call(id_, event);
    tell_schedules(now);
}

/// A teacher who is elsewhere sees on their schedule who is there and who waits (T1).
void LiveCall::tell_schedules(const Roster& now) {
    const std::pair presence{now.people.size(), now.waiting};
    if (presence == presence_told_) return;
    presence_told_ = presence;
    for (const auto teacher : teachers_)
        around_.pages.to_identity({Role::teacher, teacher.value}, event::changed("schedule"));
}

}  // namespace parley
