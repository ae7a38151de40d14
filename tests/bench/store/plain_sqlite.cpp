#include "bench/store/plain_sqlite.h"

#include <sqlite3.h>

#include <chrono>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace parley::bench {

namespace {

class Table {
public:
    explicit Table(const std::filesystem::path& file) {
        check(sqlite3_open(file.c_str(), &handle_));
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("PRAGMA foreign_keys = ON");
        run("CREATE TABLE invite (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, student INTEGER NOT NULL, name TEXT "
            "NOT NULL, email TEXT NOT NULL, wording TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT");
        check(sqlite3_prepare_v2(handle_, "INSERT INTO invite VALUES (NULL, ?, ?, ?, ?, ?, ?)", -1, &insert_, nullptr));
    }
    ~Table() {
        sqlite3_finalize(insert_);
        sqlite3_close(handle_);
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    /// A transaction by itself: SQLite commits after the statement.
    void insert(int student) {
        sqlite3_bind_int(insert_, 1, 1);
        sqlite3_bind_int(insert_, 2, student);
        bind_text(3, "Gus Guest");
        bind_text(4, "gus@guests.example");
        bind_text(5, "I agree.");
        sqlite3_bind_int64(insert_, 6, 1'795'453'200'000);
        const int code = sqlite3_step(insert_);
        if (code != SQLITE_DONE) check(code);
        sqlite3_reset(insert_);
    }

private:
    void bind_text(int at, const char* text) { sqlite3_bind_text(insert_, at, text, -1, SQLITE_STATIC); }
    void run(const char* sql) { check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }
    void check(int code) {
        if (code != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(handle_)};
    }

    sqlite3* handle_{};
    sqlite3_stmt* insert_{};
};

}  // namespace

double inserts_per_second(const std::filesystem::path& dir, int writers, int count) {
    Table table{dir / "plain.db"};
    std::mutex turn;
    int next = 0;
    const auto write = [&] {
        for (;;) {
            const std::lock_guard lock{turn};
            if (next == count) return;
            table.insert(next++);
        }
    };
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(writers));
    for (int i = 0; i < writers; ++i) threads.emplace_back(write);
    for (auto& thread : threads) thread.join();
    return count / std::chrono::duration<double>{std::chrono::steady_clock::now() - start}.count();
}

}  // namespace parley::bench
