// A live call and its time: countdown, end, and what happens to a call that nobody is in (C2).
#include "calls/deadline.h"
#include "calls/event_json.h"
#include "calls/fresh_ticket.h"
#include "calls/live_call.h"

namespace parley {
void LiveCall::tick(Instant now) {
    if (over_) return;
    if (const auto due = next_clock(); due && *due <= now) {
        refresh_times(now);
        tell_clock(now);
    }
    if (closes_at_ <= now) return close(now);
    if (restart_at_ && *restart_at_ <= now) restart_at_.reset();
    line_.tick(now);
    fail_due_claims(now);
    carry_out(seating_.tick(now));
    if (idle_since_ && *idle_since_ + idle_time <= now) end_idle();
}

void LiveCall::end_idle() {
    line_.end();
    over_ = true;
}

std::optional<Instant> LiveCall::next_deadline() const {
    std::optional<Instant> next = closes_at_;
    keep_earlier(next, next_clock());
    keep_earlier(next, seating_.next_deadline());
    keep_earlier(next, pending_.next_deadline());
    keep_earlier(next, line_.next_deadline());
    keep_earlier(next, restart_at_);
    if (idle_since_) keep_earlier(next, *idle_since_ + idle_time);
    return next;
}

void LiveCall::take_times(const CallTicket& ticket) {
    const bool same = ticket.starts_at == starts_at_ && ticket.ends_at == ends_at_ && ticket.closes_at == closes_at_;
    if (same) return;
    starts_at_ = ticket.starts_at;
    ends_at_ = ticket.ends_at;
    closes_at_ = ticket.closes_at;
    tell_clock(around_.clock.now());
}

void LiveCall::tell_clock(Instant now) {
    clock_told_ = now;
    around_.pages.to_call(id_, event::clock(id_, now, ends_at_, closes_at_));
}

std::optional<Instant> LiveCall::next_clock() const {
    for (const auto at : {starts_at_, ends_at_ - last_minute}) {
        if (at > clock_told_) return at;
    }
    return std::nullopt;
}

/// A booking made meanwhile may have brought the end forward.
void LiveCall::refresh_times(Instant now) {
    if (seating_.seated().empty()) return;
    const auto ticket = fresh_ticket(around_.store, around_.log, seating_.seated().front().who, id_, now);
    if (!ticket) return;
    starts_at_ = ticket->starts_at;
    ends_at_ = ticket->ends_at;
    closes_at_ = ticket->closes_at;
}

void LiveCall::close(Instant now) {
    const auto seating = std::exchange(seating_, {});
    for (int index = 0; index < Seating::seats; ++index) reply_to(pending_.take(index), Refusal::call_over);
    for (const auto& seat : seating.seated()) around_.pages.to_page(seat.page, event::ended(id_, next_of(seat.who)));
    for (const auto& each : seating.waiting()) around_.pages.to_page(each.page, event::ended(id_, next_of(each.who)));
    clock_told_ = now;
    line_.end();
    over_ = true;
    publish_roster();
    around_.changed();
}

std::optional<AppointmentId> LiveCall::next_of(Identity who) const {
    // Asked for the last moment in which the call was still open: at its end nobody may join it any more.
    const auto ticket = fresh_ticket(around_.store, around_.log, who, id_, closes_at_ - milliseconds{1});
    if (ticket) return ticket->next ? std::optional{ticket->next->id} : std::nullopt;
    const auto known = next_.find(who);
    return known == next_.end() ? std::nullopt : known->second;
}

}  // namespace parley
