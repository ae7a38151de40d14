#include "http/session_cookie.h"

#include <algorithm>
#include <span>

#include "base/crypto.h"

namespace parley {

namespace {

std::string cookie(std::string_view value, seconds max_age) {
    std::string text = "__Host-parley=";
    text.append(value).append("; Path=/; Max-Age=").append(std::to_string(max_age.count()));
    return text.append("; HttpOnly; Secure; SameSite=Lax");
}

}  // namespace

std::string session_cookie(const Secret& token, Instant expires_at, Instant now) {
    return cookie(token.reveal(), std::max(std::chrono::duration_cast<seconds>(expires_at - now), seconds{0}));
}

std::string no_session_cookie() {
    return cookie("", seconds{0});
}

std::string session_name(const Secret& token) {
    if (token.empty()) return {};
    const Hash256 hash = hash_token(token.reveal());
    return to_hex(std::span{hash}.first<16>());
}

}  // namespace parley
