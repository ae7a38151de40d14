#pragma once
#include <memory>
#include <string>

#include "base/log.h"

namespace parley {

/// The journal when systemd has connected our standard error with it, else lines on standard error.
std::unique_ptr<Log> make_system_log();

/// Why the program ends before it has a log: an entry of the journal, or "parleyd: ..." on standard error.
void tell_why_it_ends(const std::string& reason);

}  // namespace parley
