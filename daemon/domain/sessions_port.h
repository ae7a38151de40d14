#pragma once
#include <optional>

#include "base/crypto.h"
#include "domain/link.h"

namespace parley {

struct SessionRow {
    LinkId link;
    Identity identity;
    Instant created_at;
    Instant expires_at;
};

class Sessions {
public:
    virtual ~Sessions() = default;
    virtual void insert(const SessionRow&, const Hash256& token_hash) = 0;
    virtual std::optional<SessionRow> find_by_hash(const Hash256&) = 0;
    virtual void end(const Hash256&) = 0;
    virtual void end_of_link(LinkId) = 0;
    /// Ends the oldest of the link's sessions until `keep` are left.
    virtual void trim(LinkId, int keep) = 0;
    virtual void forget_expired(Instant before) = 0;
};

}  // namespace parley
