#pragma once
#include <filesystem>
#include <stdexcept>

#include "domain/link.h"

namespace parley {

/// Why the box cannot start: one sentence for whoever starts it.
class StartError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads STATE/link.key, 32 random bytes for the owner's eyes only; makes it when it is not there. Whoever has it and a
/// copy of the database can make every link, so one that others may read is refused. Throws StartError.
LinkKey load_link_key(const std::filesystem::path& state_dir);

}  // namespace parley
