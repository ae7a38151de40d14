#pragma once
#include <string>
#include <string_view>

#include "domain/page_events.h"

namespace parley {

/// One event as it goes over the line (WHATWG HTML, "server-sent events"): `id:`, `event:`, `data:` and a blank line.
/// An empty id leaves its line out. Line breaks in the data become further `data:` lines; in the name they are dropped.
std::string frame_event(std::string_view id, const PageEvent&);

/// A comment that browsers skip and that keeps the ways in between open.
constexpr std::string_view keep_alive_frame = ":\n\n";

}  // namespace parley
