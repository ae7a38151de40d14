#include "store/query.h"

#include <sqlite3.h>

namespace parley {

Query::~Query() {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    database_.give_back(sql_, std::move(statement_));
}

bool Query::step() {
    column_ = 0;
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_.fail(code);
    return false;
}

void Query::run() {
    while (step()) {
    }
}

void Query::check_bound(int code) {
    if (code != SQLITE_OK) database_.fail(code);
}

void Query::bind(std::int64_t value) {
    check_bound(sqlite3_bind_int64(statement_.get(), ++bound_, value));
}

void Query::bind(std::string_view text) {
    // A null pointer would bind NULL where an empty text is meant.
    const char* data = text.data() != nullptr ? text.data() : "";
    check_bound(sqlite3_bind_text64(statement_.get(), ++bound_, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Query::bind(const Hash256& hash) {
    check_bound(
        sqlite3_bind_blob(statement_.get(), ++bound_, hash.data(), static_cast<int>(hash.size()), SQLITE_TRANSIENT));
}

void Query::bind(std::nullopt_t) {
    check_bound(sqlite3_bind_null(statement_.get(), ++bound_));
}

std::int64_t Query::next_integer() {
    return sqlite3_column_int64(statement_.get(), column_++);
}

std::string Query::next_text() {
    const int column = column_++;
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return text != nullptr ? std::string{text, size} : std::string{};
}

bool Query::next_is_null() {
    if (sqlite3_column_type(statement_.get(), column_) != SQLITE_NULL) return false;
    ++column_;
    return true;
}

}  // namespace parley
