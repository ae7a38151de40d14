#include "http/server.h"

#include <fmt/format.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <microhttpd.h>

#include <array>
#include <cstdarg>
#include <cstdio>
#include <unordered_map>
#include <utility>

#include "http/body_budget.h"
#include "http/connection_watch.h"
#include "http/listen_socket.h"
#include "http/mhd_loop.h"
#include "http/server_exchange.h"
#include "http/static_files.h"
#include "http/tls_certificate.h"

namespace parley {

namespace {

/// TLS 1.2 stays for the phones that have nothing newer; GnuTLS's NORMAL leaves out what is broken in it.
constexpr const char* tls_priorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

}  // namespace

class Server::Impl {
public:
    Impl(boost::asio::io_context&, ServerSettings, RequestHandler&);
    ~Impl() { stop(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    void load_certificate() {
        certificates_.replace(std::make_unique<TlsCertificate>(settings_.certificate_file, settings_.key_file));
    }
    void stop();

private:
    using Watched = ConnectionWatch::Connection;

    void start(boost::asio::io_context&, FileDescriptor);
    static Impl& self(void* server) { return *static_cast<Impl*>(server); }
    static Watched& watched(MHD_Connection* connection) {
        return *static_cast<Watched*>(
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
    }
    // libmicrohttpd's and GnuTLS's callbacks
    static void on_connection(void* server, MHD_Connection*, void** context, MHD_ConnectionNotificationCode);
    static void* on_request_line(void* server, const char* uri, MHD_Connection*);
    static MHD_Result on_request(void* server, MHD_Connection*, const char* url, const char* method,
                                 const char* version, const char* data, std::size_t* size, void** exchange);
    static void on_completed(void* server, MHD_Connection*, void** exchange, MHD_RequestTerminationCode);
    static int on_handshake(gnutls_session_t, const gnutls_datum_t*, int, const gnutls_pk_algorithm_t*, int,
                            gnutls_pcert_st** chain, unsigned* length, gnutls_privkey_t* key);
    static void on_complaint(void* server, const char* format, std::va_list);

    ServerSettings settings_;
    StaticFiles files_;
    TlsCertificates certificates_;
    ConnectionWatch watch_;
    BodyBudget bodies_;
    ServerParts parts_;
    std::unordered_map<ServerExchange*, std::shared_ptr<ServerExchange>> exchanges_;  ///< at most one a connection
    std::string complaint_;
    std::uint16_t port_{0};
    MHD_Daemon* daemon_{nullptr};
    std::unique_ptr<MhdLoop> loop_;
};

Server::Impl::Impl(boost::asio::io_context& loop, ServerSettings settings, RequestHandler& handler)
    : settings_{std::move(settings)},
      files_{settings_.web_root},
      watch_{settings_},
      bodies_{settings_.max_bodies},
      parts_{files_, handler, watch_, bodies_, settings_.max_body, settings_.small_body, [this] {
                 if (loop_) loop_->run_soon();
             }} {
    load_certificate();
    FileDescriptor socket =
        settings_.listen_fd >= 0 ? FileDescriptor{settings_.listen_fd} : listen_on(settings_.address, settings_.port);
    port_ = port_of(socket.get());
    start(loop, std::move(socket));
}

void Server::Impl::start(boost::asio::io_context& loop, FileDescriptor socket) {
    // libmicrohttpd has not sent a byte when it lets us know of a connection, so its TLS session can be told whose
    // certificate to use: the certificate callback gets nothing but the session.
    daemon_ = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, nullptr, nullptr, &on_request,
        this, MHD_OPTION_EXTERNAL_LOGGER, &on_complaint, this, MHD_OPTION_LISTEN_SOCKET, socket.get(),
        MHD_OPTION_HTTPS_PRIORITIES, tls_priorities, MHD_OPTION_HTTPS_CERT_CALLBACK, &on_handshake,
        MHD_OPTION_NOTIFY_CONNECTION, &on_connection, this, MHD_OPTION_NOTIFY_COMPLETED, &on_completed, this,
        MHD_OPTION_URI_LOG_CALLBACK, &on_request_line, this, MHD_OPTION_CONNECTION_LIMIT, settings_.max_connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, settings_.max_connections_per_address, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        settings_.connection_memory, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_END);
    if (daemon_ == nullptr) throw ServerError(fmt::format("the HTTPS server does not start: {}", complaint_));
    (void)socket.release();  // the daemon closes it
    loop_ = std::make_unique<MhdLoop>(loop, daemon_, [this] { watch_.sweep(); });
}

void Server::Impl::stop() {
    if (daemon_ == nullptr) return;
    loop_.reset();
    for (const auto& [exchange, owner] : exchanges_) exchange->resume();
    MHD_stop_daemon(std::exchange(daemon_, nullptr));
}

void Server::Impl::on_connection(void* server, MHD_Connection* connection, void** context,
                                 MHD_ConnectionNotificationCode code) {
    auto& watch = self(server).watch_;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) return watch.remove(static_cast<Watched*>(*context));
    *context = watch.add(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
    const auto* tls = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    gnutls_session_set_ptr(static_cast<gnutls_session_t>(tls->tls_session), server);
}

void* Server::Impl::on_request_line(void* server, const char* uri, MHD_Connection* connection) {
    auto& impl = self(server);
    auto& connection_watched = watched(connection);
    impl.watch_.receives(connection_watched);
    auto exchange = std::make_shared<ServerExchange>(impl.parts_, connection, connection_watched, uri);
    auto* key = exchange.get();
    impl.exchanges_.emplace(key, std::move(exchange));
    return key;
}

MHD_Result Server::Impl::on_request(void*, MHD_Connection*, const char* url, const char* method, const char*,
                                    const char* data, std::size_t* size, void** exchange) {
    return static_cast<ServerExchange*>(*exchange)->proceed(method, url, data, size) ? MHD_YES : MHD_NO;
}

void Server::Impl::on_completed(void* server, MHD_Connection* connection, void** exchange, MHD_RequestTerminationCode) {
    auto& impl = self(server);
    impl.exchanges_.erase(static_cast<ServerExchange*>(std::exchange(*exchange, nullptr)));
    impl.watch_.idles(watched(connection));
}

int Server::Impl::on_handshake(gnutls_session_t session, const gnutls_datum_t*, int, const gnutls_pk_algorithm_t*, int,
                               gnutls_pcert_st** chain, unsigned* length, gnutls_privkey_t* key) {
    const auto& certificate = self(gnutls_session_get_ptr(session)).certificates_.current();
    *chain = certificate.chain();
    *length = certificate.chain_length();
    *key = certificate.key();
    return 0;
}

/// Only what is said at the start is of use: later complaints are about peers that break off, and may name them (P3).
void Server::Impl::on_complaint(void* server, const char* format, std::va_list arguments) {
    auto& impl = self(server);
    if (impl.daemon_ != nullptr) return;
    std::array<char, 512> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    impl.complaint_ = text.data();
}

Server::Server(boost::asio::io_context& loop, ServerSettings settings, RequestHandler& handler)
    : impl_{std::make_unique<Impl>(loop, std::move(settings), handler)} {}

Server::~Server() = default;

std::uint16_t Server::port() const {
    return impl_->port();
}

std::optional<std::string> Server::reload_certificate() {
    try {
        impl_->load_certificate();
        return std::nullopt;
    } catch (const ServerError& error) {
        return error.what();
    }
}

void Server::stop() {
    impl_->stop();
}

}  // namespace parley
