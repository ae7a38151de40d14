#pragma once
#include <string_view>

#include "http/exchange.h"

namespace parley {

/// Whether the request comes from the box's own pages: Origin is https:// and the Host it was sent to, or, where there
/// is no Origin, Sec-Fetch-Site says so (Fetch, "Sec-Fetch-Site"). A request with neither is not.
bool is_same_origin(const Request&);

/// Whether the Content-Type is application/json, parameters aside (RFC 8259).
bool is_json(std::string_view content_type);

/// Whether the method changes nothing (RFC 9110 9.2.1).
bool is_safe(std::string_view method);

}  // namespace parley
