#pragma once
#include <functional>
#include <memory>

#include "domain/link.h"
#include "http/api_settings.h"
#include "http/exchange.h"

namespace parley {

class CallDesk;
class Clock;
class EventHub;
class Log;
class Store;
struct ApiParts;

/// The HTTP API of openapi.yaml, below /api/v1. Loop thread only; `store` posts its answers to that thread.
/// In this order: is there such a route, is the request from our own pages, is it not too often, who asks, may they;
/// then the handler. No exception leaves `handle`.
class Api final : public RequestHandler {
public:
    /// `mail_queued` is called whenever the outbox has got something to send.
    Api(Store&, LinkKey, CallDesk&, EventHub&, const Clock&, Log&, ApiSettings, std::function<void()> mail_queued);
    ~Api() override;
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    void handle(Request, std::function<void(Answer)> reply) override;

private:
    std::shared_ptr<ApiParts> parts_;
};

}  // namespace parley
