#pragma once
#include "domain/sessions_port.h"

namespace parley {

class Database;

class SessionsTable final : public Sessions {
public:
    explicit SessionsTable(Database& database) : database_{database} {}

    void insert(const SessionRow&, const Hash256& token_hash) override;
    std::optional<SessionRow> find_by_hash(const Hash256&) override;
    void end(const Hash256&) override;
    void end_of_link(LinkId) override;
    void trim(LinkId, int keep) override;
    void forget_expired(Instant before) override;

private:
    Database& database_;
};

}  // namespace parley
