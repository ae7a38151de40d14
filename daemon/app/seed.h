#pragma once
#include <filesystem>

#include "app/settings.h"

namespace parley {

/// Fills an empty box with the demo school and writes its people with their links to `file` (mode 0600): {"url": ...,
/// "personas": [{"role", "name", "email", "students", "link"}]}. Throws a std::exception with one sentence.
void seed_demo_box(const Settings&, const std::filesystem::path& file);

}  // namespace parley
