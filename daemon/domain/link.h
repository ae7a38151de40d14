#pragma once
#include <array>
#include <optional>
#include <string>

#include "base/crypto.h"
#include "base/instant.h"
#include "base/secret.h"
#include "domain/ids.h"

namespace parley {

/// The box's key that every link in a mail is derived from. It lives beside the database, never in it. Not printable.
struct LinkKey {
    std::array<std::uint8_t, 32> bytes{};
};

/// A link opens exactly one thing: a person's own pages, or a guest's visit.
enum class LinkPurpose { sign_in, guest };

constexpr const char* to_text(LinkPurpose purpose) {
    switch (purpose) {
        case LinkPurpose::sign_in: return "sign_in";
        case LinkPurpose::guest: return "guest";
    }
    return "";
}

/// A link as it is kept: its public, random `name` and the hash of the token derived from it (P1). No secret.
struct LinkRow {
    LinkId id;
    std::string name;
    LinkPurpose purpose{};
    std::optional<PersonId> person;  ///< of a sign_in link
    std::optional<InviteId> invite;  ///< of a guest link
    std::optional<EveningId> evening;
    Instant created_at;
    Instant expires_at;
    std::optional<Instant> revoked_at;
};

/// The secret part of the link with this name: 43 characters of base64url. The same each time, so that a mail can be
/// rendered again after a crash.
inline Secret link_token(const LinkKey& key, std::string_view link_name) {
    return derive_token(key.bytes, link_name);
}

}  // namespace parley
