#include <string>

#include "store/database.h"
#include "store/migrations.h"
#include "store/store_error.h"

namespace parley {

namespace {

/// Marks the file as Parley's (SQLite's application id): "PRLY".
constexpr std::int64_t application_id = 0x50524C59;

void check_owner(Database& database) {
    const auto owner = database.number("PRAGMA application_id");
    if (owner == application_id) return;
    if (owner != 0 || database.number("SELECT count(*) FROM sqlite_schema") != 0) {
        throw StoreError{"parley.db is some other program's database: give Parley a folder of its own"};
    }
    database.execute(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
}

void apply(Database& database, const Migration& migration) try {
    database.execute("BEGIN IMMEDIATE");
    database.execute(migration.sql);
    database.execute(("PRAGMA user_version = " + std::to_string(migration.version)).c_str());
    database.execute("COMMIT");
} catch (const StoreError& e) {
    if (database.in_transaction()) database.execute("ROLLBACK");
    throw StoreError{std::string{"the database cannot be brought up to date by "} + migration.name + ": " + e.what()};
}

}  // namespace

void migrate(Database& database, std::span<const Migration> steps) {
    check_owner(database);
    const auto version = database.number("PRAGMA user_version");
    const auto newest = steps.empty() ? 0 : steps.back().version;
    if (version > newest) {
        throw StoreError{"the database was made by a newer Parley (version " + std::to_string(version) +
                         ", this program knows " + std::to_string(newest) +
                         "): install that program, or restore a backup"};
    }
    for (const auto& step : steps) {
        if (step.version > version) apply(database, step);
    }
}

}  // namespace parley
