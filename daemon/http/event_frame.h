#pragma once
#include <string>
#include <string_view>

#include "domain/page_events.h"

namespace parley {

/// One event as it goes over the line (WHATWG HTML, "server-sent events"): `id:`, `event:`, `data:` and a blank line.
/// An empty id leaves its line out. Line breaks in the data become further `data:` lines; in the name they are dropped.
std::string frame_event(std::string_view id, const PageEvent&);

/// How soon a browser comes back when its stream ends: its own choice of 3 to 5 s would be felt in a call (C4).
constexpr std::string_view retry_frame = "retry: 1000\n\n";

/// A comment that browsers skip and that keeps the ways in between open.
constexpr std::string_view keep_alive_frame = ":\n\n";

}  // namespace parley
