#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace parley {

struct StatementCloser {
    void operator()(sqlite3_stmt*) const;
};
using Statement = std::unique_ptr<sqlite3_stmt, StatementCloser>;

/// One connection to the SQLite file, for one thread at a time. Every failure throws StoreError.
class Database {
public:
    enum class Access { write, read };

    /// Opens the file (made when it is not there) with WAL, synchronous=FULL and foreign keys.
    Database(const std::filesystem::path& file, Access);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs statements that answer nothing.
    void execute(const char* sql);
    /// The one number that the statement answers.
    std::int64_t number(const char* sql);
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] std::int64_t last_insert_id() const;
    /// Rows that the last statement changed.
    [[nodiscard]] int changes() const;
    /// Damage that SQLite finds in the file, in its words; empty when there is none.
    std::string find_damage();
    /// Throws what this SQLite result code means, as a sentence.
    [[noreturn]] void fail(int code) const;

private:
    friend class Query;
    /// Prepared statements are kept by the address of their text: `sql` is a literal that lives as long as the program.
    Statement borrow(const char* sql);
    void give_back(const char* sql, Statement) noexcept;
    Statement prepare(const char* sql);
    void use_write_ahead_log();

    std::string file_;
    sqlite3* handle_{};
    std::map<const char*, std::vector<Statement>> idle_;
};

}  // namespace parley
