#pragma once
#include <memory>

#include "base/log.h"

namespace parley {

/// The journal when systemd has connected our standard error with it, else lines on standard error.
std::unique_ptr<Log> make_system_log();

}  // namespace parley
