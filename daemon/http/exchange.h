#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/secret.h"

namespace parley {

/// One HTTP request as handlers see it: complete, within its limits, and with nothing of libmicrohttpd in it.
struct Request {
    std::string method;                        ///< "GET", "POST", ...: upper case
    std::string path;                          ///< percent-decoded, without the query; begins with '/'
    std::map<std::string, std::string> query;  ///< percent-decoded; the last one of a name that repeats
    std::string body;                          ///< at most 1 MiB
    std::optional<Secret> session;             ///< the value of the cookie `__Host-parley`
    std::string content_type;                  ///< as sent; empty where there was none, as below
    std::string origin;
    std::string fetch_site;     ///< Sec-Fetch-Site
    std::string host;           ///< Host, with its port
    std::string last_event_id;  ///< Last-Event-ID (WHATWG HTML, server-sent events)
    std::string client;         ///< the peer's address without its port: what rate limits count
};

struct Response {
    int status{200};
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

/// The bytes of one server-sent event stream. Loop thread only.
class EventSource {
public:
    virtual ~EventSource() = default;
    /// Moves out what can be sent now, at most `max` bytes; empty means that there is nothing at the moment.
    virtual std::string take(std::size_t max) = 0;
    /// Nothing will come after what `take` still gives.
    [[nodiscard]] virtual bool ended() const = 0;
    /// The server's wish to be told when there is something to take, or the end has come. Given once.
    virtual void on_ready(std::function<void()> wake) = 0;
    /// The connection is gone; `wake` is never called again. Called once.
    virtual void closed() = 0;
};

using Answer = std::variant<Response, std::shared_ptr<EventSource>>;

/// What answers the requests under /api/. Loop thread only.
class RequestHandler {
public:
    virtual ~RequestHandler() = default;
    /// `reply` is called once, on the loop thread, at once or later. A peer that has gone in between is no error:
    /// the reply is then dropped.
    virtual void handle(Request, std::function<void(Answer)> reply) = 0;
};

}  // namespace parley
