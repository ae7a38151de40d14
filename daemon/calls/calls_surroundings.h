#pragma once
#include <functional>

#include "base/instant.h"
#include "base/log.h"
#include "calls/calls_settings.h"
#include "domain/page_events.h"

namespace parley {

class Store;

/// What every live call works with. All of it outlives the calls.
struct CallsSurroundings {
    Clock& clock;
    Store& store;
    PageEvents& pages;
    Log& log;
    CallsSettings settings;
    /// Two pages wanted the seat of one identity (M9).
    std::function<void(Identity)> contested;
    /// Brings a callback to the loop's next turn.
    std::function<void(std::function<void()>)> post;
    /// A deadline or the need for a process may have changed.
    std::function<void()> changed;
};

}  // namespace parley
