#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/instant.h"
#include "base/secret.h"

namespace parley {

/// How the way to the mail server is protected: not at all, by STARTTLS (RFC 3207), or by TLS from the first byte (RFC
/// 8314 3.3).
enum class SmtpSecurity { none, starttls, smtps };

/// The school's mail server and who the mails come from.
struct SmtpSettings {
    std::string host;
    std::uint16_t port{587};
    SmtpSecurity security{SmtpSecurity::starttls};
    std::string user;  ///< empty: no AUTH
    Secret password;
    std::string from_address;
    std::string from_name;
    bool verify_certificate{true};
    std::filesystem::path ca_file;  ///< PEM; empty: the system's authorities
    seconds timeout{30};     ///< of each step; the answer to a whole message may take ten minutes (RFC 5321 4.5.3.2.6)
    std::string hello_name;  ///< what EHLO says; empty: this machine's name
};

/// Throws std::invalid_argument with a sentence for whoever set it up: no host, an address that is none, a port of 0, a
/// timeout of no seconds or more than ten minutes, or a password that would be sent in the clear.
void check(const SmtpSettings&);

}  // namespace parley
