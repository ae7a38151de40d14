#pragma once
#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http/connection_watch.h"
#include "http/exchange.h"

struct MHD_Connection;
struct MHD_Response;

namespace parley {

class BodyBudget;
class StaticFiles;

/// What an exchange needs of its server.
struct ServerParts {
    const StaticFiles& files;
    RequestHandler& handler;
    const ConnectionWatch& watch;
    BodyBudget& bodies;
    std::size_t max_body;
    std::size_t small_body;
    std::function<void()> resumed;  ///< the daemon has something to do
};

/// One request and its answer on one connection, driven by libmicrohttpd's callbacks. While the handler thinks, and
/// while an event stream has nothing to say, the connection is suspended and costs nothing. Loop thread only.
class ServerExchange : public std::enable_shared_from_this<ServerExchange> {
public:
    /// At the request line. `uri` is as it was sent.
    ServerExchange(const ServerParts&, MHD_Connection*, ConnectionWatch::Connection&, const char* uri);
    ~ServerExchange();
    ServerExchange(const ServerExchange&) = delete;
    ServerExchange& operator=(const ServerExchange&) = delete;

    /// libmicrohttpd's access handler: called with the head, then with pieces of the body (`*size` > 0, to be set to
    /// zero), then at the end and again whenever the connection was resumed. False closes the connection.
    bool proceed(const char* method, const char* path, const char* data, std::size_t* size);

    /// Goes on with a suspended connection; without effect on any other.
    void resume();

private:
    enum class Stage { head, body, handling, answered };

    bool take(const char* data, std::size_t size);
    bool hold(std::size_t body_size);
    void release_body();
    bool dispatch();
    bool send_answer();
    bool send(Response);
    bool send_file();
    bool send_stream(std::shared_ptr<EventSource>);
    bool queue(int status, MHD_Response*);
    ssize_t read_stream(char* buffer, std::size_t max);
    static ssize_t read_stream(void* exchange, std::uint64_t position, char* buffer, std::size_t max);
    void suspend();

    const ServerParts& parts_;
    MHD_Connection* connection_;
    ConnectionWatch::Connection& watched_;
    bool bad_uri_;
    Stage stage_{Stage::head};
    Request request_;
    std::size_t held_{0};  ///< of the budget for bodies
    bool crowded_{false};  ///< the budget was used up
    std::size_t discarded_{0};
    std::optional<Answer> answer_;
    std::shared_ptr<EventSource> stream_;
    bool suspended_{false};
    bool gone_{false};  ///< the peer closed the connection while it was suspended
};

}  // namespace parley
