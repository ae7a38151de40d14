#include "store/links_table.h"

#include "store/names.h"
#include "store/query.h"

namespace parley {

namespace {

#define LINK_COLUMNS "SELECT id, name, purpose, person, invite, evening, created_at, expires_at, revoked_at FROM link "
constexpr const char* one_by_id = LINK_COLUMNS "WHERE id = ?";
constexpr const char* one_by_hash = LINK_COLUMNS "WHERE token_hash = ?";
constexpr const char* newest_of_person =
    LINK_COLUMNS "WHERE person = ? AND evening = ? AND revoked_at IS NULL ORDER BY id DESC LIMIT 1";
constexpr const char* live_of_invite = LINK_COLUMNS "WHERE invite = ? AND revoked_at IS NULL";
constexpr const char* newest_of_all = LINK_COLUMNS "WHERE revoked_at IS NULL ORDER BY id DESC LIMIT 1";
#undef LINK_COLUMNS

std::optional<LinkRow> read_one(Query& row) {
    if (!row.step()) return std::nullopt;
    LinkRow link;
    link.id = row.next<LinkId>();
    link.name = row.next<std::string>();
    link.purpose = named(row.next<std::string>(), {LinkPurpose::sign_in, LinkPurpose::guest});
    link.person = row.next<std::optional<PersonId>>();
    link.invite = row.next<std::optional<InviteId>>();
    link.evening = row.next<std::optional<EveningId>>();
    link.created_at = row.next<Instant>();
    link.expires_at = row.next<Instant>();
    link.revoked_at = row.next<std::optional<Instant>>();
    return link;
}

}  // namespace

LinkId LinksTable::insert(const LinkRow& row, const Hash256& token_hash) {
    Query{database_,
          "INSERT INTO link (name, token_hash, purpose, person, invite, evening, created_at, expires_at, revoked_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.name,
          token_hash,
          to_text(row.purpose),
          row.person,
          row.invite,
          row.evening,
          row.created_at,
          row.expires_at,
          row.revoked_at}
        .run();
    return {database_.last_insert_id()};
}

std::optional<LinkRow> LinksTable::find(LinkId id) {
    Query query{database_, one_by_id, id};
    return read_one(query);
}

std::optional<LinkRow> LinksTable::find_by_hash(const Hash256& hash) {
    Query query{database_, one_by_hash, hash};
    return read_one(query);
}

std::optional<LinkRow> LinksTable::evening_link(PersonId person, EveningId evening) {
    Query query{database_, newest_of_person, person, evening};
    return read_one(query);
}

std::optional<LinkRow> LinksTable::guest_link(InviteId invite) {
    Query query{database_, live_of_invite, invite};
    return read_one(query);
}

int LinksTable::count_requested(PersonId person, Instant since) {
    Query query{database_, "SELECT count(*) FROM link WHERE person = ? AND evening IS NULL AND created_at > ?", person,
                since};
    return query.step() ? query.next<int>() : 0;
}

std::optional<LinkRow> LinksTable::newest_live() {
    Query query{database_, newest_of_all};
    return read_one(query);
}

void LinksTable::revoke(LinkId id, Instant now) {
    Query{database_, "UPDATE link SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL", id, now}.run();
}

int LinksTable::revoke_all(Instant now) {
    Query{database_, "UPDATE link SET revoked_at = ? WHERE revoked_at IS NULL", now}.run();
    return database_.changes();
}

void LinksTable::forget_expired(Instant before) {
    Query{database_, "DELETE FROM link WHERE expires_at < ?", before}.run();
}

}  // namespace parley
