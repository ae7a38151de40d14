#pragma once
#include <cppunit/TestAssert.h>

#include <map>

#include "http/api_school.h"
#include "http/event_hub.h"

/// An EventHub over a clock that is turned by hand, and how to read what it sent.
namespace parley::hub_test {

inline const Identity ann{Role::parent, 1};
inline const Identity tess{Role::teacher, 2};
inline const AppointmentId call{17};

struct Hub {
    explicit Hub(EventLimits limits = {})
        : hub{clock, [this](Identity, const std::string& page, bool online) { online ? ++on[page] : ++off[page]; },
              limits} {}

    std::shared_ptr<EventSource> open(Identity identity, const std::string& page, const std::string& last_id = {},
                                      std::optional<AppointmentId> watched = {}) {
        auto opened = hub.open({identity, page, watched, last_id, "session", {}});
        CPPUNIT_ASSERT(opened);
        return *opened;
    }

    HandTurnedClock clock;
    std::map<std::string, int> on, off;
    EventHub hub;
};

inline PageEvent event(const std::string& text) {
    return {"changed", R"({"what":")" + text + R"("})"};
}

inline std::string drain(const std::shared_ptr<EventSource>& stream) {
    return ApiSchool::drain(*stream);
}

/// The names of the events in what was sent, joined by blanks.
inline std::string names(const std::string& sent) {
    std::string list;
    for (auto at = sent.find("event: "); at != std::string::npos; at = sent.find("event: ", at + 1)) {
        list += (list.empty() ? "" : " ") + sent.substr(at + 7, sent.find('\n', at) - at - 7);
    }
    return list;
}

inline std::string last_id(const std::string& sent) {
    const auto at = sent.rfind("id: ");
    return sent.substr(at + 4, sent.find('\n', at) - at - 4);
}

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace parley::hub_test
