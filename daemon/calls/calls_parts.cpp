#include "calls/calls_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "calls/deadline.h"
#include "calls/event_json.h"
#include "domain/invite.h"
#include "domain/invites_port.h"
#include "store/store.h"

namespace parley {
namespace {

/// The clock may be set while we wait; no deadline is missed by more than this.
constexpr milliseconds longest_wait{1000};

}  // namespace

Calls::Parts::Parts(boost::asio::io_context& loop, Clock& clock, Store& store, PageEvents& pages, Log& log,
                    CallsSettings settings)
    : io{loop},
      around{clock,
             store,
             pages,
             log,
             std::move(settings),
             [this](Identity who) { note_contest(who); },
             [this, weak = std::weak_ptr{alive}](std::function<void()> callback) {
                 boost::asio::post(io, [weak, callback = std::move(callback)] {
                     if (!weak.expired()) callback();
                 });
             },
             [this] { arrange(); }},
      slices{around.settings.first_port, around.settings.last_port, around.settings.ports_per_call},
      undertaker{io},
      timer{io} {
    for (int i = 0; i < std::max(1, around.settings.spares); ++i) {
        spares.push_back(
            std::make_unique<SpareProcess>(io, undertaker, log, around.settings.call_program, [this] { arrange(); }));
    }
}

LiveCall* Calls::Parts::find(AppointmentId id) {
    const auto found = calls.find(id);
    return found == calls.end() || found->second->over() ? nullptr : found->second.get();
}

LiveCall* Calls::Parts::open(const CallTicket& ticket) {
    if (auto* call = find(ticket.appointment.id)) return call;
    drop_over();
    auto ports = slices.take();
    if (!ports) return nullptr;
    make_room();
    auto call = std::make_unique<LiveCall>(around, ticket, std::move(ports), around.clock.now());
    return calls.insert_or_assign(ticket.appointment.id, std::move(call)).first->second.get();
}

std::pair<LiveCall*, const Seating::Seat*> Calls::Parts::find(Identity who, const std::string& handle) {
    for (auto& [id, call] : calls) {
        const auto* seat = call->find(who);
        if (seat != nullptr && seat->handle == handle) return {call.get(), seat};
    }
    return {};
}

void Calls::Parts::refuse(ClaimDone done, Refusal refusal) {
    around.post([done = std::move(done), refusal] { done(refusal); });
}

void Calls::Parts::tick() {
    const auto now = around.clock.now();
    for (auto& [id, call] : calls) call->tick(now);
    drop_over();
    arrange();
}

void Calls::Parts::arrange() {
    make_room();
    serve();
    arm_timer();
}

void Calls::Parts::make_room() {
    if (slices.free() > 0) return;
    for (auto& [id, call] : calls) {
        if (call->idle()) call->end_idle();
    }
}

void Calls::Parts::serve() {
    for (auto* spare = ready_spare(); spare != nullptr; spare = ready_spare()) {
        auto* call = neediest();
        if (call == nullptr) return;
        call->give(spare->take());
    }
}

SpareProcess* Calls::Parts::ready_spare() {
    const auto found = std::ranges::find_if(spares, [](const auto& spare) { return spare->ready(); });
    return found == spares.end() ? nullptr : found->get();
}

/// Whose people have waited for longest.
LiveCall* Calls::Parts::neediest() {
    LiveCall* neediest = nullptr;
    for (auto& [id, call] : calls) {
        if (!call->needs_process()) continue;
        if (neediest == nullptr || call->patience_ends() < neediest->patience_ends()) neediest = call.get();
    }
    return neediest;
}

void Calls::Parts::arm_timer() {
    std::optional<Instant> next;
    for (const auto& [id, call] : calls) {
        keep_earlier(next, call->over() ? Instant{} : call->next_deadline());
    }
    timer.cancel();
    if (!next) return;
    timer.expires_after(std::clamp<milliseconds>(*next - around.clock.now(), milliseconds{0}, longest_wait));
    timer.async_wait([this, weak = std::weak_ptr{alive}](const auto& error) {
        if (!error && !weak.expired()) tick();
    });
}

void Calls::Parts::drop_over() {
    std::erase_if(calls, [](const auto& entry) { return entry.second->over(); });
}

/// Whoever invited the guest sees that the link was used twice (M9).
void Calls::Parts::note_contest(Identity who) {
    if (who.role != Role::guest) return;
    around.store.write(
        [invite = who.invite(), now = around.clock.now()](Transaction& tx) {
            note_guest_knocked_out(tx, invite, now);
            const auto found = tx.invites.find(invite);
            return found ? std::optional{found->parent} : std::nullopt;
        },
        [this, weak = std::weak_ptr{alive}](Result<std::optional<PersonId>> parent) {
            if (weak.expired()) return;
            if (!parent) return around.log.write(Severity::error, "a guest's second use of a link was not noted");
            if (!parent.value()) return;
            around.pages.to_identity({Role::parent, parent.value()->value}, event::changed("invites"));
        });
}

}  // namespace parley
