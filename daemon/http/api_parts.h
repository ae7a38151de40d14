#pragma once
#include <functional>
#include <memory>
#include <utility>

#include "base/log.h"
#include "domain/link.h"
#include "http/api_exchange.h"
#include "http/api_settings.h"
#include "http/event_hub.h"
#include "http/rate_limits.h"
#include "store/store.h"

namespace parley {

class CallDesk;

/// What the handlers work with. Loop thread only.
struct ApiParts : std::enable_shared_from_this<ApiParts> {
    ApiParts(Store& store, LinkKey key, CallDesk& calls, EventHub& events, const Clock& clock, Log& log,
             ApiSettings settings, std::function<void()> mail_queued)
        : store{store},
          key{key},
          calls{calls},
          events{events},
          clock{clock},
          log{log},
          settings{std::move(settings)},
          limits{this->settings.rates},
          mail_queued{std::move(mail_queued)} {}

    Store& store;
    const LinkKey key;
    CallDesk& calls;
    EventHub& events;
    const Clock& clock;
    Log& log;
    const ApiSettings settings;
    RateLimits limits;
    const std::function<void()> mail_queued;
};

/// Runs `work`; what it throws becomes a line in the log and a 503 (or a 500, for what is a defect): never more.
void guarded(ApiParts&, const ExchangePtr&, const std::function<void()>& work);

/// Writes and, once it is on the disk, calls `then(ApiParts&, value)`; a refusal answers the exchange by itself. The
/// rule runs on the writer's thread: it must hold what it needs by value.
template <class Rule, class Then>
void write(ApiParts& parts, const ExchangePtr& exchange, Rule rule, Then then) {
    parts.store.write(std::move(rule), [weak = parts.weak_from_this(), exchange, then = std::move(then)](auto result) {
        const auto alive = weak.lock();
        if (!alive) return;
        guarded(*alive, exchange, [&] {
            auto& outcome = result.value();
            if (!outcome) return exchange->refuse(outcome);
            then(*alive, *outcome);
        });
    });
}

}  // namespace parley
