#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "domain/ids.h"

namespace parley {

/// Who did what to which object, when (A9). `actor` is empty for the box itself. No names: those live with the object.
struct AuditEntry {
    std::optional<Identity> actor;
    std::string action;  ///< "invite.sent", "appointment.booked", ...
    std::string object;  ///< "invite:12"
    Instant at;
};

class Audit {
public:
    virtual ~Audit() = default;
    virtual void record(const AuditEntry&) = 0;
    virtual std::vector<AuditEntry> newest(int limit) = 0;
};

}  // namespace parley
