#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/id.h"
#include "base/instant.h"
#include "store/database.h"

namespace parley {

/// A prepared statement in use: bind, then step. `sql` must be a string literal. Not to outlive its Database.
class Query {
public:
    template <class... Values>
    Query(Database& database, const char* sql, const Values&... values)
        : database_{database}, sql_{sql}, statement_{database.borrow(sql)} {
        (bind(values), ...);
    }
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// True while there is a row.
    bool step();
    /// Steps to the end.
    void run();

    /// The next column of the row, left to right: the order of the SELECT.
    template <class T>
    T next() {
        return Column<T>::read(*this);
    }

private:
    template <class T>
    struct Column;

    void bind(std::int64_t);
    void bind(int value) { bind(static_cast<std::int64_t>(value)); }
    void bind(std::string_view);
    void bind(const char* text) { bind(std::string_view{text}); }
    void bind(const std::string& text) { bind(std::string_view{text}); }
    void bind(const Hash256&);
    void bind(std::nullopt_t);
    void bind(Instant at) { bind(static_cast<std::int64_t>(at.time_since_epoch().count())); }
    void bind(minutes length) { bind(static_cast<std::int64_t>(length.count())); }
    template <class Tag>
    void bind(Id<Tag> id) {
        bind(id.value);
    }
    template <class T>
    void bind(const std::optional<T>& value) {
        if (value)
            bind(*value);
        else
            bind(std::nullopt);
    }
    void check_bound(int code);

    std::int64_t next_integer();
    std::string next_text();
    bool next_is_null();

    Database& database_;
    const char* sql_;
    Statement statement_;
    int bound_{0};
    int column_{0};
};

template <>
struct Query::Column<std::int64_t> {
    static std::int64_t read(Query& row) { return row.next_integer(); }
};
template <>
struct Query::Column<int> {
    static int read(Query& row) { return static_cast<int>(row.next_integer()); }
};
template <>
struct Query::Column<std::string> {
    static std::string read(Query& row) { return row.next_text(); }
};
template <>
struct Query::Column<Instant> {
    static Instant read(Query& row) { return Instant{milliseconds{row.next_integer()}}; }
};
template <>
struct Query::Column<minutes> {
    static minutes read(Query& row) { return minutes{row.next_integer()}; }
};
template <class Tag>
struct Query::Column<Id<Tag>> {
    static Id<Tag> read(Query& row) { return {row.next_integer()}; }
};
template <class T>
struct Query::Column<std::optional<T>> {
    static std::optional<T> read(Query& row) {
        if (row.next_is_null()) return std::nullopt;
        return Column<T>::read(row);
    }
};

}  // namespace parley
