#pragma once
#include <string>

#include "domain/mail_facts.h"
#include "mail/address.h"

namespace parley {

/// What an attached calendar entry says to the parent's calendar (RFC 5546 3.2.2, 3.2.5).
enum class CalendarMethod { request, cancel };

constexpr const char* to_text(CalendarMethod method) {
    switch (method) {
        case CalendarMethod::request: return "REQUEST";
        case CalendarMethod::cancel: return "CANCEL";
    }
    return "";
}

struct CalendarEntry {
    CalendarMethod method{};
    AppointmentFacts appointment;
    std::string summary;
    std::string location;
    std::string organizer_name;  ///< the school
    SmtpAddress organizer;
    std::string attendee_name;
    SmtpAddress attendee;
    Instant stamp;  ///< when its cause happened, so that a mail sent again is the same
};

/// One iCalendar object (RFC 5545) with CRLF lines of at most 75 bytes, times in UTC. UID and SEQUENCE are the
/// appointment's, so that a cancellation finds what the confirmation made. No link in it: calendars are shared. Pure.
std::string to_icalendar(const CalendarEntry&);

}  // namespace parley
