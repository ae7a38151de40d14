#pragma once
#include <filesystem>
#include <set>
#include <string>

#include "app/settings.h"
#include "app/toml_reader.h"

namespace parley {

/// A configuration file as it was read.
struct SettingsFile {
    Settings settings;
    std::set<std::string> known;    ///< every setting there is, "section.key"
    std::set<std::string> changed;  ///< those that the file sets to something else than the default
};

/// Reads systemd/parley.toml or what a school has made of it. Throws SettingsError naming file, line and what is
/// allowed, for everything that is wrong at once.
SettingsFile read_settings(const std::filesystem::path& file);

}  // namespace parley
