#include "store/audit_table.h"

#include "store/names.h"
#include "store/query.h"

namespace parley {

void AuditTable::record(const AuditEntry& entry) {
    std::optional<std::string> role;
    std::optional<std::int64_t> key;
    if (entry.actor) {
        role = to_text(entry.actor->role);
        key = entry.actor->key;
    }
    Query{database_,   "INSERT INTO audit (at, actor_role, actor_key, action, object) VALUES (?, ?, ?, ?, ?)",
          entry.at,    role,
          key,         entry.action,
          entry.object}
        .run();
}

std::vector<AuditEntry> AuditTable::newest(int limit) {
    Query query{database_, "SELECT at, actor_role, actor_key, action, object FROM audit ORDER BY id DESC LIMIT ?",
                limit};
    std::vector<AuditEntry> entries;
    while (query.step()) {
        AuditEntry entry;
        entry.at = query.next<Instant>();
        const auto role = query.next<std::optional<std::string>>();
        const auto key = query.next<std::optional<std::int64_t>>();
        if (role && key) {
            entry.actor = Identity{named(*role, {Role::guest, Role::parent, Role::teacher, Role::admin}), *key};
        }
        entry.action = query.next<std::string>();
        entry.object = query.next<std::string>();
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace parley
