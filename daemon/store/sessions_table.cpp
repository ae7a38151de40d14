#include "store/sessions_table.h"

#include "store/names.h"
#include "store/query.h"

namespace parley {

void SessionsTable::insert(const SessionRow& row, const Hash256& token_hash) {
    Query{database_,
          "INSERT INTO session (token_hash, link, role, key, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
          token_hash,
          row.link,
          to_text(row.identity.role),
          row.identity.key,
          row.created_at,
          row.expires_at}
        .run();
}

std::optional<SessionRow> SessionsTable::find_by_hash(const Hash256& hash) {
    Query query{database_, "SELECT link, role, key, created_at, expires_at FROM session WHERE token_hash = ?", hash};
    if (!query.step()) return std::nullopt;
    SessionRow row;
    row.link = query.next<LinkId>();
    row.identity.role = named(query.next<std::string>(), {Role::guest, Role::parent, Role::teacher, Role::admin});
    row.identity.key = query.next<std::int64_t>();
    row.created_at = query.next<Instant>();
    row.expires_at = query.next<Instant>();
    return row;
}

void SessionsTable::end(const Hash256& hash) {
    Query{database_, "DELETE FROM session WHERE token_hash = ?", hash}.run();
}

void SessionsTable::end_of_link(LinkId link) {
    Query{database_, "DELETE FROM session WHERE link = ?", link}.run();
}

void SessionsTable::trim(LinkId link, int keep) {
    Query{database_,
          "DELETE FROM session WHERE rowid IN (SELECT rowid FROM session WHERE link = ? ORDER BY rowid DESC LIMIT -1 "
          "OFFSET ?)",
          link, keep}
        .run();
}

void SessionsTable::forget_expired(Instant before) {
    Query{database_, "DELETE FROM session WHERE expires_at < ?", before}.run();
}

}  // namespace parley
