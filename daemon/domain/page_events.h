#pragma once
#include <string>

#include "domain/ids.h"

namespace parley {

/// One server-sent event: a name and one JSON object. The closed list with an example each: tests/golden/events.jsonl.
struct PageEvent {
    std::string name;
    std::string json;
};

/// Where events for open pages go. Loop thread only; an event for a page that is not there is kept for its return as far
/// as the bounded history reaches. Implemented by http, used by calls and app.
class PageEvents {
public:
    virtual ~PageEvents() = default;
    virtual void to_page(const std::string& page, const PageEvent&) = 0;      ///< one page
    virtual void to_identity(Identity, const PageEvent&) = 0;                 ///< every page of one person
    virtual void to_call(AppointmentId, const PageEvent&) = 0;                ///< every page that watches this call
    /// Ends every stream of an identity whose session is over, after delivering what was published before.
    virtual void end(Identity) = 0;
};

}  // namespace parley
