#include "calls/event_json.h"

#include <boost/json.hpp>

namespace parley::event {
namespace {

namespace json = boost::json;

const char* to_text(RosterEntry::Link link) {
    switch (link) {
        case RosterEntry::Link::connecting: return "connecting";
        case RosterEntry::Link::connected: return "connected";
        case RosterEntry::Link::lost: return "lost";
    }
    return "";
}

PageEvent of_call(const char* name, AppointmentId call, json::object more = {}) {
    json::object data{{"call", call.value}};
    for (auto& [key, value] : more) data.emplace(key, std::move(value));
    return {name, json::serialize(data)};
}

json::object person(const RosterEntry& entry) {
    return {{"index", entry.index},        {"role", parley::to_text(entry.role)},   {"name", entry.name},
            {"muted", entry.status.muted}, {"camera_off", entry.status.camera_off}, {"link", to_text(entry.link)}};
}

}  // namespace

const char* to_text(media::FailReason reason) {
    switch (reason) {
        case media::FailReason::none: return "none";
        case media::FailReason::fingerprint_mismatch: return "fingerprint_mismatch";
        case media::FailReason::sdp_invalid: return "sdp_invalid";
        case media::FailReason::no_route: return "no_route";
        case media::FailReason::internal: return "internal";
    }
    return "";
}

PageEvent roster(const Roster& roster) {
    json::array people;
    for (const auto& entry : roster.people) people.emplace_back(person(entry));
    return of_call("roster", roster.call, {{"waiting", roster.waiting}, {"people", std::move(people)}});
}

PageEvent queue(AppointmentId call, int place) {
    return of_call("queue", call, {{"place", place}});
}

PageEvent let_in(AppointmentId call, Instant until) {
    return of_call("let_in", call, {{"until", parley::to_text(until)}});
}

PageEvent knocked_out(AppointmentId call) {
    return of_call("knocked_out", call);
}

PageEvent removed(AppointmentId call) {
    return of_call("removed", call);
}

PageEvent clock(AppointmentId call, Instant now, Instant ends_at, Instant closes_at) {
    return of_call("clock", call,
                   {{"now", parley::to_text(now)},
                    {"ends_at", parley::to_text(ends_at)},
                    {"closes_at", parley::to_text(closes_at)}});
}

PageEvent ended(AppointmentId call, std::optional<AppointmentId> next) {
    return of_call("ended", call, {{"next", next ? json::value(next->value) : json::value()}});
}

PageEvent limit(AppointmentId call, const std::string& seat, std::uint32_t max_bitrate) {
    return of_call("limit", call, {{"seat", seat}, {"max_bitrate", max_bitrate}});
}

PageEvent reconnect(AppointmentId call, const char* reason) {
    return of_call("reconnect", call, {{"reason", reason}});
}

PageEvent seat_failed(AppointmentId call, const std::string& seat, media::FailReason reason) {
    return of_call("seat_failed", call, {{"seat", seat}, {"reason", to_text(reason)}});
}

PageEvent changed(const char* what) {
    return {"changed", json::serialize(json::object{{"what", what}})};
}

}  // namespace parley::event
