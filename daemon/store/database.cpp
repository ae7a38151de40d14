#include "store/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "base/file_descriptor.h"
#include "store/query.h"
#include "store/store_error.h"

namespace parley {

namespace {

/// What is needed to undo the savepoints of a group. SQLite would put more than 64 KiB of it into a temporary file,
/// which costs a third of all writing.
constexpr int most_savepoint_memory = 16 * 1024 * 1024;
constexpr int busy_timeout_ms = 5000;

/// SQLite would make the file readable for everybody; its -wal and -shm files take over this one's mode.
void make_private_file(const std::string& file) {
    const FileDescriptor made{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (made) return;
    const std::error_code why{errno, std::generic_category()};
    throw StoreError{"the database " + file + " cannot be opened for writing (" + why.message() +
                     "): let the service's user own its folder"};
}

std::string explain(int code, const std::string& file, const char* message) {
    switch (code & 0xFF) {
        case SQLITE_FULL: return "the disk that holds " + file + " is full: free some space";
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
            return file + " cannot be written (" + message + "): check its owner, its folder and the disk";
        case SQLITE_IOERR: return "the disk that holds " + file + " fails or is full (" + message + "): check it";
        case SQLITE_CORRUPT: return file + " is damaged (" + message + "): restore the latest backup";
        case SQLITE_NOTADB: return file + " is not a database: put the right file there or restore a backup";
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return file + " is held by another program (" + message + "): end that program";
        default: return "the database " + file + " fails: " + message;
    }
}

}  // namespace

void StatementCloser::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Database::Database(const std::filesystem::path& file, Access access) : file_{file.string()} {
    [[maybe_unused]] static const int configured = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, most_savepoint_memory);
    make_private_file(file_);
    const int code = sqlite3_open_v2(file_.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    try {
        if (code != SQLITE_OK) fail(code);
        sqlite3_extended_result_codes(handle_, 1);
        sqlite3_busy_timeout(handle_, busy_timeout_ms);
        use_write_ahead_log();
        execute("PRAGMA synchronous = FULL");
        execute("PRAGMA foreign_keys = ON");
        execute("PRAGMA journal_size_limit = 67108864");
        if (access == Access::read) execute("PRAGMA query_only = ON");
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

Database::~Database() {
    idle_.clear();
    sqlite3_close_v2(handle_);
}

void Database::use_write_ahead_log() {
    Query query{*this, "PRAGMA journal_mode = WAL"};
    if (!query.step() || query.next<std::string>() != "wal") {
        throw StoreError{"the file system that holds " + file_ + " cannot carry a database: use a local disk"};
    }
}

void Database::execute(const char* sql) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(const char* sql) {
    Query query{*this, sql};
    return query.step() ? query.next<std::int64_t>() : 0;
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

std::int64_t Database::last_insert_id() const {
    return sqlite3_last_insert_rowid(handle_);
}

int Database::changes() const {
    return sqlite3_changes(handle_);
}

std::string Database::find_damage() {
    Query query{*this, "PRAGMA quick_check(1)"};
    const std::string answer = query.step() ? query.next<std::string>() : "no answer";
    return answer == "ok" ? "" : answer;
}

void Database::fail(int code) const {
    const char* message = handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
    if ((code & 0xFF) == SQLITE_CONSTRAINT) {
        throw ConstraintError{std::string{"the database refuses a change that breaks a rule: "} + message};
    }
    throw StoreError{explain(code, file_, message)};
}

Statement Database::borrow(const char* sql) {
    auto& idle = idle_[sql];
    if (idle.empty()) return prepare(sql);
    Statement statement = std::move(idle.back());
    idle.pop_back();
    return statement;
}

void Database::give_back(const char* sql, Statement statement) noexcept try {
    idle_[sql].push_back(std::move(statement));
} catch (...) {
    // Without memory to keep it, it is finalized and prepared again next time.
}

Statement Database::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(code);
    return Statement{statement};
}

}  // namespace parley
