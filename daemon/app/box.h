#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/settings.h"
#include "base/instant.h"
#include "base/log.h"
#include "domain/link.h"
#include "http/event_hub.h"
#include "store/store.h"

namespace boost::asio {
class io_context;
}

namespace parley {

class Api;
class Calls;
class Mailer;
class Server;

/// The whole running box: what main() puts together, in the order in which it needs each other. Loop thread only; that
/// thread makes it, and runs the io_context.
class Box {
public:
    /// Serves when it returns. Throws a std::exception with one sentence: a port that is taken, a certificate that
    /// cannot be read, a folder that cannot be written, a parley-call that does not fit this machine, ...
    Box(boost::asio::io_context&, const Settings&, Log&);
    /// Ends streams and calls, lets a mail that is being handed over end (10 s at most), writes what was accepted.
    ~Box();
    Box(const Box&) = delete;
    Box& operator=(const Box&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// SIGHUP: the reason why the old certificate stays in use, if it does.
    std::optional<std::string> reload_certificate();
    /// One line for whoever looks at the service.
    [[nodiscard]] std::string status() const;

private:
    struct Rounds;
    void forget_expired();

    Log& log_;
    SystemClock clock_;
    Store store_;
    LinkKey key_;
    EventHub hub_;
    std::unique_ptr<Calls> calls_;
    std::unique_ptr<Mailer> mailer_;
    std::unique_ptr<Api> api_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Rounds> rounds_;
};

}  // namespace parley
