#include "calls/call_line.h"

#include <algorithm>

#include "calls/calls_settings.h"
#include "calls/deadline.h"

namespace parley {

CallLine::~CallLine() {
    end();
}

void CallLine::give(std::unique_ptr<CallProcess> process, const CallsSettings& settings, Instant now) {
    process_ = std::move(process);
    media::Configure configure;
    configure.first_port = ports_->first;
    configure.last_port = ports_->last;
    configure.listen_addresses = settings.listen_addresses;
    configure.public_addresses = settings.public_addresses;
    configure.ice_tcp = settings.ice_tcp;
    configure.max_bitrate = settings.max_bitrate;
    process_->send(configure);
    for (int index = 0; index < Seating::seats; ++index) {
        at(index).not_before.reset();
        ask(index, now);
    }
}

void CallLine::lose() {
    process_.reset();
    seats_ = {};
}

void CallLine::end() {
    if (!process_) return;
    process_->when_gone([ports = std::move(ports_)] {});
    process_.reset();
}

void CallLine::connect(int index, std::uint32_t connection, Instant now) {
    at(index).wanted = connection;
    ask(index, now);
}

void CallLine::disconnect(int index, Instant now) {
    auto& seat = at(index);
    if (seat.asked != 0) seat.not_before = now + pause;
    seat.wanted = seat.asked = seat.offered = 0;
    if (process_) process_->send(media::Disconnect{index});
}

void CallLine::ask(int index, Instant now) {
    auto& seat = at(index);
    if (!process_ || seat.wanted == 0 || seat.wanted == seat.offered || seat.asked != 0) return;
    auto& oldest = seat.asked_at.at(seat.oldest);
    if (oldest + offers_time > now) seat.not_before = std::max(oldest + offers_time, seat.not_before.value_or(now));
    if (seat.not_before && *seat.not_before > now) return;
    seat.not_before.reset();
    oldest = now;
    seat.oldest = (seat.oldest + 1) % most_offers;
    seat.asked = seat.wanted;
    process_->send(media::Connect{{index, seat.wanted}});
}

bool CallLine::answered(const media::ConnectionName& name, Instant now) {
    auto& seat = at(name.seat);
    if (seat.asked != name.connection) return false;
    seat.asked = 0;
    seat.offered = name.connection;
    ask(name.seat, now);
    return seat.wanted == name.connection;
}

bool CallLine::stands(int index, std::uint32_t connection) const {
    return process_ && seats_.at(static_cast<std::size_t>(index)).offered == connection;
}

bool CallLine::pass_on(const media::ToCall& message) {
    // A message that the process takes for nonsense would be the end of its line, and of everybody's pictures.
    auto line = media::encode(message);
    if (!line.empty()) line.pop_back();
    if (!media::decode_to_call(line)) return false;
    if (process_) process_->send(message);
    return true;
}

void CallLine::tick(Instant now) {
    for (int index = 0; index < Seating::seats; ++index) ask(index, now);
}

std::optional<Instant> CallLine::next_deadline() const {
    std::optional<Instant> next;
    for (const auto& seat : seats_) {
        if (seat.wanted != 0) keep_earlier(next, seat.not_before);
    }
    return next;
}

}  // namespace parley
