#pragma once
#include <filesystem>

namespace parley::bench {

/// The peer: one connection of plain SQLite with the store's settings (WAL, synchronous=FULL, foreign keys), and
/// `count` prepared inserts of one row in a table without indexes, a durable transaction each. `writers` threads take
/// turns on it: more connections would only wait for each other's lock. Answers transactions a second.
double inserts_per_second(const std::filesystem::path& dir, int writers, int count);

}  // namespace parley::bench
