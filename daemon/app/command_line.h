#pragma once
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

namespace parley {

/// What parleyd was asked to do.
struct CommandLine {
    std::filesystem::path config{"/etc/parley/parley.toml"};
    std::filesystem::path state_dir;  ///< instead of the configured one; empty: as configured
    bool check_config{false};
    std::filesystem::path seed_demo;  ///< where to write the personas; empty: no demo
};

/// Nothing to be done any more: an answer was printed (--help, --version), or the arguments were wrong.
struct Finished {
    int status{};
};

/// Reads the arguments. Throws Finished.
CommandLine read_command_line(int argc, char** argv);

}  // namespace parley
