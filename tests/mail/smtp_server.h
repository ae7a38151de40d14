#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "mail/process.h"
#include "mail/smtp_settings.h"
#include "support/temporary_folder.h"

namespace parley {

/// A mail server on loopback (smtp_server.py) that does as it is told.
class SmtpServer {
public:
    /// `flags` as the script has them; `port` 0 takes a free one.
    explicit SmtpServer(std::vector<std::string> flags = {}, std::uint16_t port = 0);

    /// "mail 550 ...", "rcpt ...", "data ...", "drop-untaken", "drop-taken": what the next one gets.
    void next(const std::string& order);
    /// The next thing that happened: "mail FILE", "turned down", "dropped", "login ...".
    std::string event();
    /// The file of the next mail that it takes.
    std::filesystem::path mail();
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::vector<std::filesystem::path> all_mails() const;
    /// How a mailer reaches it, without TLS.
    [[nodiscard]] SmtpSettings settings() const;

private:
    TemporaryFolder folder_;
    Process process_;
    std::uint16_t port_{};
    std::vector<std::string> events_;
};

/// A message as Python's email package reads it (read_mail.py).
boost::json::object read_mail(const std::filesystem::path&);

/// A self-signed certificate for one host: `certificate` and `key` are PEM files.
struct Certificate {
    explicit Certificate(const std::string& host);
    [[nodiscard]] std::vector<std::string> flags(const std::string& mode) const;
    TemporaryFolder folder;
    std::filesystem::path certificate{folder.path() / "certificate.pem"};
    std::filesystem::path key{folder.path() / "key.pem"};
};

std::string text_of(const boost::json::object&, const char* key);
bool holds(const std::string& text, const std::string& part);

}  // namespace parley
