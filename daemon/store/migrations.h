#pragma once
#include <span>

namespace parley {

class Database;

/// One file of daemon/store/migrations, embedded at build time. Versions count from 1 without a gap.
struct Migration {
    int version;
    const char* name;
    const char* sql;
};
std::span<const Migration> migrations();

/// Brings the database to the newest version, each step in one transaction. Throws StoreError for a database that a
/// newer program made, and for one that is not Parley's.
void migrate(Database&, std::span<const Migration>);

}  // namespace parley
