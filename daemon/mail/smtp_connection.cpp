#include "mail/smtp_connection.h"

#include <Poco/Net/DNS.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "mail/interruption.h"
#include "mail/tls_client.h"

namespace parley {

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t max_line_bytes = 4096;
constexpr std::size_t max_reply_lines = 100;
constexpr std::size_t max_addresses = 4;
constexpr std::size_t chunk_bytes = 16 * 1024;

Poco::Timespan timespan(std::chrono::microseconds span) {
    return Poco::Timespan{span.count()};
}

/// Runs `act`; what Poco throws becomes an SmtpError.
template <class Act>
auto guarded(MailTrouble trouble, const char* doing, Act act) {
    try {
        return act();
    } catch (const Poco::Exception& e) {
        throw SmtpError{trouble, std::string{doing} + ": " + e.displayText()};
    }
}

/// Poco would ask the DNS for the name of a numeric address, and find no host where it has none.
std::vector<Poco::Net::IPAddress> addresses_of(const std::string& host) {
    Poco::Net::IPAddress numeric;
    if (Poco::Net::IPAddress::tryParse(host, numeric)) return {numeric};
    auto addresses = Poco::Net::DNS::resolve(host).addresses();
    if (addresses.empty()) throw Poco::Net::HostNotFoundException{host};
    addresses.resize(std::min(addresses.size(), max_addresses));
    return addresses;
}

}  // namespace

struct SmtpConnection::Parts {
    const SmtpSettings& settings;
    Interruption& interruption;
    Poco::Net::StreamSocket socket;
    std::string buffer;

    Parts(const SmtpSettings& s, Interruption& i) : settings{s}, interruption{i} {}

    /// Also while connecting the socket can be interrupted, so it exists before.
    void connect_to(const Poco::Net::IPAddress& address) {
        interruption.forget();
        socket = Poco::Net::StreamSocket{address.family()};
        interruption.watch(socket.impl()->sockfd());
        socket.connect(Poco::Net::SocketAddress{address, settings.port}, timespan(settings.timeout));
        socket.setReceiveTimeout(timespan(settings.timeout));
        socket.setSendTimeout(timespan(settings.timeout));
        socket.setNoDelay(true);
    }

    void connect() {
        const auto addresses = addresses_of(settings.host);
        for (std::size_t i = 0; i + 1 < addresses.size(); ++i) {
            try {
                return connect_to(addresses[i]);
            } catch (const Poco::Exception&) {
                if (interruption.asked()) throw;
            }
        }
        connect_to(addresses.back());
    }

    /// Waits in short steps, so that a stop is noticed even where the connection itself is left alone.
    void fill(SteadyTime deadline) {
        using namespace std::chrono;
        const auto remaining = duration_cast<microseconds>(deadline - steady_clock::now());
        if (remaining.count() <= 0)
            throw SmtpError{MailTrouble::unreachable, "the mail server does not answer in time"};
        if (interruption.overdue()) throw SmtpError{MailTrouble::unreachable, "stopped while waiting for an answer"};
        std::array<char, max_line_bytes> piece{};
        socket.setReceiveTimeout(timespan(std::min<microseconds>(remaining, seconds{1})));
        int count = 0;
        try {
            count = socket.receiveBytes(piece.data(), static_cast<int>(piece.size()));
        } catch (const Poco::TimeoutException&) {
            return;
        }
        if (count <= 0) throw SmtpError{MailTrouble::unreachable, "the mail server has closed the connection"};
        buffer.append(piece.data(), static_cast<std::size_t>(count));
    }

    std::string read_line(SteadyTime deadline) {
        auto end = buffer.find('\n');
        while (end == std::string::npos) {
            if (buffer.size() > max_line_bytes) throw SmtpError{MailTrouble::unreachable, "an answer has no end"};
            fill(deadline);
            end = buffer.find('\n');
        }
        std::string line = buffer.substr(0, end > 0 && buffer[end - 1] == '\r' ? end - 1 : end);
        buffer.erase(0, end + 1);
        return line;
    }
};

SmtpConnection::SmtpConnection(const SmtpSettings& settings, Interruption& interruption)
    : parts_{std::make_unique<Parts>(settings, interruption)} {
    try {
        guarded(MailTrouble::unreachable, "the mail server cannot be reached", [this] { parts_->connect(); });
    } catch (...) {
        interruption.forget();
        throw;
    }
}

SmtpConnection::~SmtpConnection() {
    parts_->interruption.forget();
}

void SmtpConnection::start_tls() {
    if (!parts_->buffer.empty()) throw SmtpError{MailTrouble::insecure, "something was said before TLS was on"};
    guarded(MailTrouble::insecure, "no secure connection to the mail server", [this] {
        parts_->socket.setReceiveTimeout(timespan(parts_->settings.timeout));
        parts_->socket = Poco::Net::SecureStreamSocket::attach(parts_->socket, parts_->settings.host,
                                                               make_tls_client(parts_->settings));
    });
}

void SmtpConnection::write(std::string_view bytes) {
    guarded(MailTrouble::unreachable, "the mail server takes nothing", [&] {
        while (!bytes.empty()) {
            const auto portion = static_cast<int>(std::min(bytes.size(), chunk_bytes));
            const int count = parts_->socket.sendBytes(bytes.data(), portion);
            if (count <= 0) throw Poco::IOException{"the connection is closed"};
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    });
}

SmtpReply SmtpConnection::read_reply(seconds limit) {
    return guarded(MailTrouble::unreachable, "the mail server cannot be heard", [&] {
        const auto deadline = std::chrono::steady_clock::now() + limit;
        SmtpReply reply;
        while (true) {
            auto line = parse_reply_line(parts_->read_line(deadline));
            const bool follows = reply.lines.empty() || line.code == reply.code;
            if (line.code == 0 || !follows || reply.lines.size() == max_reply_lines)
                throw SmtpError{MailTrouble::unreachable, "what answers is not a mail server"};
            reply.code = line.code;
            reply.lines.push_back(std::move(line.text));
            if (line.last) return reply;
        }
    });
}

}  // namespace parley
