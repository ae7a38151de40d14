#pragma once
#include <filesystem>

#include "calls/calls_settings.h"
#include "http/server_settings.h"
#include "mail/mailer.h"
#include "mail/smtp_settings.h"

namespace parley {

/// Everything that parley.toml can say, at its defaults. What the school decides (evenings, people, wording) is in the
/// database instead.
struct Settings {
    Settings();

    std::filesystem::path state_dir{"/var/lib/parley"};
    std::string public_url;  ///< without a slash at its end; empty: this machine's name and the port
    ServerSettings http;     ///< without certificate: one is made in the state folder
    SmtpSettings smtp;
    std::filesystem::path mail_locales{"/usr/share/parley/locales"};
    CallsSettings calls;
};

}  // namespace parley
