#pragma once
#include <string>

#include "base/instant.h"
#include "base/secret.h"

namespace parley {

/// The value of Set-Cookie for a fresh session: out of reach for scripts, sent over TLS only, to this host only
/// (`__Host-`, RFC 6265bis 4.1.3.2), and with navigations from a mail (SameSite=Lax). It dies with the session.
std::string session_cookie(const Secret& token, Instant expires_at, Instant now);

/// Takes it away again.
std::string no_session_cookie();

/// What a session is called where its secret must not be: the beginning of its hash, in hex. Empty for no session.
std::string session_name(const Secret& token);

}  // namespace parley
