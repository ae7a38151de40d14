#pragma once
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "http/exchange.h"
#include "http/server.h"
#include "support/temporary_folder.h"

namespace parley {

/// An event stream in the test's hands. Loop thread, `wait_closed` excepted.
class HandFedStream final : public EventSource {
public:
    void push(const std::string& text);
    void end();
    std::string take(std::size_t max) override;
    [[nodiscard]] bool ended() const override { return ending_ && waiting_.empty(); }
    void on_ready(std::function<void()> wake) override { wake_ = std::move(wake); }
    void closed() override;
    void wait_closed();  ///< any thread

private:
    void wake() const;
    std::string waiting_;
    std::size_t taken_{0};  ///< how much of it has gone
    bool ending_{false};
    std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool closed_{false};
};

/// The server on a free port of the loopback interface, its loop on a thread of its own, certificate and pages in a
/// folder of its own. Requests under /api/ go to `handler`, which runs on the loop.
class HttpsHouse final : public RequestHandler {
public:
    using Handler = std::function<void(Request, std::function<void(Answer)>)>;
    explicit HttpsHouse(Handler handler = echo, const std::function<void(ServerSettings&)>& change = {});
    ~HttpsHouse() override;

    /// 200 with "METHOD path body".
    static void echo(Request, std::function<void(Answer)>);
    /// A fresh self-signed certificate into the folder.
    void make_certificate(const std::string& name) const;
    void write(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::string path(const std::string& name) const { return folder_.path() / name; }
    void on_loop(const std::function<void()>&);  ///< runs it there and waits for it
    Server& server() { return *server_; }        ///< loop thread
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] ServerSettings settings() const { return settings_; }

private:
    void handle(Request request, std::function<void(Answer)> reply) override {
        handler_(std::move(request), std::move(reply));
    }

    TemporaryFolder folder_;
    Handler handler_;
    ServerSettings settings_;
    boost::asio::io_context loop_;
    std::unique_ptr<Server> server_;
    std::uint16_t port_{};
    std::thread thread_;
};

}  // namespace parley
