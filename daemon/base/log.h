#pragma once
#include <string_view>

namespace parley {

enum class Severity { debug, info, notice, warning, error };

/// Where the composition root lets others say what happened. Never pass a token, an address or a child's name (P3).
/// Thread-safe. Library code below `app` is given one or reports by its return values; nothing is global.
class Log {
public:
    virtual ~Log() = default;
    virtual void write(Severity, std::string_view sentence) = 0;
};

}  // namespace parley
