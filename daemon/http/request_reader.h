#pragma once
#include <string>

#include "http/exchange.h"

struct MHD_Connection;

namespace parley {

/// One header field of a request, empty where there is none.
std::string header_of(MHD_Connection*, const char* name);

/// Everything but the body, for a handler.
Request read_request_head(MHD_Connection*, const char* method, const char* path);

}  // namespace parley
