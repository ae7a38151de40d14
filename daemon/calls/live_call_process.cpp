// A live call and its process: what it hears from it, and what happens when it dies.
#include <fmt/format.h>

#include "calls/event_json.h"
#include "calls/live_call.h"

namespace parley {

void LiveCall::give(std::unique_ptr<CallProcess> process) {
    process->set_events({[this](const media::FromCall& message) { said(message); },
                         [this](const std::string& why) { process_ended(why); }});
    line_.give(std::move(process), around_.settings, around_.clock.now());
}

void LiveCall::said(const media::FromCall& message) {
    std::visit([this](const auto& each) { hear(each); }, message);
}

void LiveCall::hear(const media::Offer& offer) {
    const auto [index, connection] = offer.name;
    if (!line_.answered(offer.name, around_.clock.now())) return;
    auto pending = pending_.take(index, connection);
    const auto* seat = seating_.at(index);
    if (!pending || seat == nullptr) return;
    seating_.offered(index, connection);
    reply_to(std::move(pending), ClaimAnswer{SeatOffer{seat->handle, index, offer.sdp}, {}});
    around_.changed();
}

void LiveCall::hear(const media::Link& link) {
    const auto [index, connection] = link.name;
    const auto now = around_.clock.now();
    switch (link.state) {
        case media::LinkState::connected: return carry_out(seating_.connected(index, connection, now));
        case media::LinkState::lost: return carry_out(seating_.lost(index, connection, now));
        case media::LinkState::failed: break;
    }
    (void)line_.answered(link.name, now);
    if (auto pending = pending_.take(index, connection)) {
        around_.log.write(Severity::warning, fmt::format("call {}: seat {} got no connection ({})", id_.value, index,
                                                         event::to_text(link.reason)));
        reply_to(std::move(pending), Refusal::media_unavailable);
        return carry_out(seating_.offer_failed(index, connection, now));
    }
    const auto* seat = seating_.at(index);
    if (seat == nullptr || seat->connection != connection) return;
    around_.pages.to_page(seat->page, event::seat_failed(id_, seat->handle, link.reason));
    carry_out(seating_.failed(index, connection, now));
}

void LiveCall::hear(const media::SenderLimit& limit) {
    const auto* seat = seating_.at(limit.seat);
    if (seat == nullptr) return;
    around_.pages.to_page(seat->page, event::limit(id_, seat->handle, limit.max_bitrate));
}

void LiveCall::process_ended(const std::string& why) {
    const auto now = around_.clock.now();
    around_.log.write(Severity::error,
                      fmt::format("call {}: its process ended ({}); everybody is asked back", id_.value, why));
    if (const auto pause = restart_pause_.died(now); pause > seconds{0}) {
        restart_at_ = now + pause;
        around_.log.write(Severity::error, fmt::format("call {}: its processes die one after the other; the next one "
                                                       "is given to it in {} s",
                                                       id_.value, pause.count()));
    }
    line_.lose();
    // A copy: telling a page may bring the next change.
    const auto seated = seating_.seated();
    for (const auto& seat : seated) {
        if (pending_.find(seat.index) != nullptr) {
            // Its page waits for an offer and will get one from the next process.
            line_.connect(seat.index, seat.connection, now);
            continue;
        }
        carry_out(seating_.lost(seat.index, seat.connection, now));
        around_.pages.to_page(seat.page, event::reconnect(id_, "restarted"));
    }
    carry_out({});
}

}  // namespace parley
