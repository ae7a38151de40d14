#include "mail/smtp_settings.h"

#include <algorithm>
#include <stdexcept>

#include "domain/text_rules.h"
#include "mail/address.h"

namespace parley {

namespace {

void require(bool good, const char* sentence) {
    if (!good) throw std::invalid_argument{sentence};
}

bool is_host(const std::string& host) {
    const auto fits = [](unsigned char c) { return c > ' ' && c < 0x7F; };
    return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), fits);
}

}  // namespace

void check(const SmtpSettings& settings) {
    require(is_host(settings.host), "The mail server's host is missing or is not a host name.");
    require(settings.port != 0, "The mail server's port must be 1 to 65535.");
    require(settings.timeout >= seconds{1} && settings.timeout <= minutes{10},
            "The mail server's timeout must be 1 to 600 seconds.");
    require(settings.user.find('\0') == std::string::npos, "The user name for the mail server cannot be used.");
    require(settings.user.empty() || settings.security != SmtpSecurity::none,
            "A password for the mail server needs security starttls or smtps: it would be sent in the clear.");
    require(to_smtp_address(settings.from_address).has_value(),
            "The address that mails come from is not an email address.");
    require(!has_forbidden_characters(settings.from_name), "The name that mails come from holds control characters.");
}

}  // namespace parley
