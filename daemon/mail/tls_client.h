#pragma once
#include <Poco/Net/Context.h>

#include "mail/smtp_settings.h"

namespace parley {

/// What a TLS connection to the mail server demands. OpenSSL itself checks the host's name in the handshake: Poco's own
/// check asks the DNS for aliases of the names in the certificate, and whoever lies there would pass.
Poco::Net::Context::Ptr make_tls_client(const SmtpSettings&);

}  // namespace parley
