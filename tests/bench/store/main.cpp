// Prints how many guest invitations a second the store keeps, beside one-row transactions of plain SQLite:
//   bench_store DIR   DIR: where the databases are made, on the disk that is to be measured
// One line of JSON a figure, as tests/bench/figures.mjs takes it.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <vector>

#include "bench/store/invites.h"
#include "bench/store/plain_sqlite.h"

namespace {

using namespace parley::bench;

constexpr int rounds = 5;

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template <class Measure>
double in_fresh_folder(const std::filesystem::path& dir, Measure measure) {
    std::filesystem::remove_all(dir);
    std::filesystem::create_directories(dir);
    const double value = measure(dir);
    std::filesystem::remove_all(dir);
    return value;
}

/// In turns, so that both meet the same moments of a shared disk.
void compare(const std::filesystem::path& dir, int writers, int count) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(in_fresh_folder(dir, [=](auto& at) { return invites_per_second(at, writers, count); }));
        theirs.push_back(in_fresh_folder(dir, [=](auto& at) { return inserts_per_second(at, writers, count); }));
    }
    std::printf(R"({"name":"store: invites, %d at a time","value":%.0f,"unit":"transactions/s",)"
                R"("peer":"one-row inserts of plain SQLite","peer_value":%.0f})"
                "\n",
                writers, median(ours), median(theirs));
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "usage: bench_store DIR\n";
        return 1;
    }
    const auto dir = std::filesystem::path{argv[1]} / "store";
    compare(dir, 1, 1500);
    compare(dir, 64, 12000);
    return 0;
} catch (const std::exception& e) {
    std::cerr << "bench_store: " << e.what() << '\n';
    return 1;
}
