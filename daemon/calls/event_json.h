#pragma once
#include <optional>
#include <string>

#include "domain/call_desk.h"
#include "domain/page_events.h"
#include "media/protocol.h"

/// The events that calls send to pages, one function each; examples of all of them: tests/golden/events.jsonl.
namespace parley::event {

/// As the events say it.
const char* to_text(media::FailReason);

PageEvent roster(const Roster&);
PageEvent queue(AppointmentId, int place);
PageEvent let_in(AppointmentId, Instant until);
PageEvent knocked_out(AppointmentId);
PageEvent removed(AppointmentId);
PageEvent clock(AppointmentId, Instant now, Instant ends_at, Instant closes_at);
PageEvent ended(AppointmentId, std::optional<AppointmentId> next);
PageEvent limit(AppointmentId, const std::string& seat, std::uint32_t max_bitrate);
/// `reason`: restarted, seat_lost, place_lost. The page claims again, with resume.
PageEvent reconnect(AppointmentId, const char* reason);
PageEvent seat_failed(AppointmentId, const std::string& seat, media::FailReason);
PageEvent changed(const char* what);

}  // namespace parley::event
