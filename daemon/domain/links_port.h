#pragma once
#include <optional>

#include "base/crypto.h"
#include "domain/link.h"

namespace parley {

/// Links and the sessions opened with them. Only hashes are kept (P1).
class Links {
public:
    virtual ~Links() = default;
    /// Keeps the row (its id is ignored) with the hash of its token.
    virtual LinkId insert(const LinkRow&, const Hash256& token_hash) = 0;
    virtual std::optional<LinkRow> find(LinkId) = 0;
    virtual std::optional<LinkRow> find_by_hash(const Hash256&) = 0;
    /// The person's newest live sign-in link of that evening.
    virtual std::optional<LinkRow> evening_link(PersonId, EveningId) = 0;
    /// The guest link that is live, if any: at most one an invite.
    virtual std::optional<LinkRow> guest_link(InviteId) = 0;
    /// Sign-in links of the person that were mailed on demand since then.
    virtual int count_requested(PersonId, Instant since) = 0;
    /// The link that was made last among those that are live.
    virtual std::optional<LinkRow> newest_live() = 0;
    virtual void revoke(LinkId, Instant now) = 0;
    /// Revokes every live link; answers how many.
    virtual int revoke_all(Instant now) = 0;
    /// Drops links that expired before then, with their sessions.
    virtual void forget_expired(Instant before) = 0;
};

}  // namespace parley
