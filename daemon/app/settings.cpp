#include "app/settings.h"

namespace parley {

Settings::Settings() {
    http.address = "::";
    http.port = 443;
    http.web_root = "/usr/share/parley/web";
    smtp.host = "localhost";
    smtp.port = 25;
    smtp.security = SmtpSecurity::none;
    smtp.from_address = "parley@localhost";
    smtp.from_name = "Parley";
    calls.call_program = "/usr/lib/parley/parley-call";
}

}  // namespace parley
