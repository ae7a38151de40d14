#include "calls/calls.h"

#include "calls/calls_parts.h"

namespace parley {

Calls::Calls(boost::asio::io_context& io, Clock& clock, Store& store, PageEvents& pages, Log& log,
             CallsSettings settings)
    : parts_{std::make_unique<Parts>(io, clock, store, pages, log, std::move(settings))} {}

Calls::~Calls() = default;

void Calls::claim(SeatClaim claim, ClaimDone done) {
    if (claim.ticket.closes_at <= parts_->around.clock.now())
        return parts_->refuse(std::move(done), Refusal::call_over);
    auto* call = parts_->open(claim.ticket);
    if (call == nullptr) return parts_->refuse(std::move(done), Refusal::box_full);
    const bool online = parts_->online.contains({claim.ticket.identity, claim.page});
    call->claim(std::move(claim), online, std::move(done));
}

Outcome<Done> Calls::answer(Identity who, const std::string& seat, std::string sdp) {
    const auto [call, found] = parts_->find(who, seat);
    if (call == nullptr) return Refusal::seat_gone;
    return call->answer(*found, std::move(sdp));
}

Outcome<Done> Calls::add_candidates(Identity who, const std::string& seat, std::vector<RemoteCandidate> candidates) {
    const auto [call, found] = parts_->find(who, seat);
    if (call == nullptr) return Refusal::seat_gone;
    return call->add_candidates(*found, std::move(candidates));
}

Outcome<Done> Calls::set_status(Identity who, const std::string& seat, SeatStatus status) {
    const auto [call, found] = parts_->find(who, seat);
    if (call == nullptr) return Refusal::seat_gone;
    call->set_status(who, status);
    return Done{};
}

Outcome<Done> Calls::leave(Identity who, const std::string& seat) {
    const auto [call, found] = parts_->find(who, seat);
    if (call == nullptr) return Refusal::seat_gone;
    call->leave(who);
    return Done{};
}

void Calls::stop_waiting(AppointmentId id, Identity who) {
    if (auto* call = parts_->find(id)) call->stop_waiting(who);
}

void Calls::put_out(Identity who) {
    for (auto& [id, call] : parts_->calls) call->put_out(who);
}

void Calls::close_call(AppointmentId id) {
    if (auto* call = parts_->find(id)) call->put_everybody_out();
}

Roster Calls::roster(AppointmentId id) const {
    const auto* call = parts_->find(id);
    return call == nullptr ? Roster{id, {}, 0} : call->roster();
}

void Calls::page_online(Identity who, const std::string& page) {
    if (parts_->online.size() < Parts::most_pages) parts_->online.emplace(who, page);
    for (auto& [id, call] : parts_->calls) call->page_online(who, page);
}

void Calls::page_offline(Identity who, const std::string& page) {
    parts_->online.erase({who, page});
    for (auto& [id, call] : parts_->calls) call->page_offline(who, page);
}

void Calls::tick() {
    parts_->tick();
}

Calls::Figures Calls::figures() const {
    Figures figures{parts_->calls.size(), parts_->slices.free(), {}};
    for (const auto& spare : parts_->spares) {
        if (spare->ready()) figures.spares.push_back(spare->pid());
    }
    return figures;
}

int Calls::pid_of(AppointmentId id) const {
    const auto* call = parts_->find(id);
    return call == nullptr ? 0 : call->pid();
}

}  // namespace parley
