#pragma once
#include "domain/links_port.h"

namespace parley {

class Database;

class LinksTable final : public Links {
public:
    explicit LinksTable(Database& database) : database_{database} {}

    LinkId insert(const LinkRow&, const Hash256& token_hash) override;
    std::optional<LinkRow> find(LinkId) override;
    std::optional<LinkRow> find_by_hash(const Hash256&) override;
    std::optional<LinkRow> evening_link(PersonId, EveningId) override;
    std::optional<LinkRow> guest_link(InviteId) override;
    int count_requested(PersonId, Instant since) override;
    std::optional<LinkRow> newest_live() override;
    void revoke(LinkId, Instant now) override;
    int revoke_all(Instant now) override;
    void forget_expired(Instant before) override;

private:
    Database& database_;
};

}  // namespace parley
