#include "mail/calendar.h"

#include <libical/ical.h>

#include <memory>

namespace parley {

namespace {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using ComponentPtr = std::unique_ptr<icalcomponent, FreeComponent>;

icaltimetype utc(Instant instant) {
    const auto whole = std::chrono::floor<seconds>(instant).time_since_epoch().count();
    return icaltime_from_timet_with_zone(static_cast<time_t>(whole), 0, icaltimezone_get_utc_timezone());
}

/// A parameter's value may hold no quotation mark (RFC 5545 3.1); RFC 6868's escapes are little known.
std::string parameter_text(std::string text) {
    for (char& c : text) {
        if (c == '"') c = '\'';
    }
    return text;
}

icalproperty* organizer_of(const CalendarEntry& entry) {
    auto* organizer = icalproperty_new_organizer(("mailto:" + entry.organizer.text).c_str());
    const auto name = parameter_text(entry.organizer_name);
    if (!name.empty()) icalproperty_add_parameter(organizer, icalparameter_new_cn(name.c_str()));
    return organizer;
}

icalproperty* attendee_of(const CalendarEntry& entry) {
    auto* attendee = icalproperty_new_attendee(("mailto:" + entry.attendee.text).c_str());
    const auto name = parameter_text(entry.attendee_name);
    if (!name.empty()) icalproperty_add_parameter(attendee, icalparameter_new_cn(name.c_str()));
    // They have booked it themselves: their calendar need not ask, and nobody waits for an answer.
    icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED));
    icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
    return attendee;
}

icalcomponent* event_of(const CalendarEntry& entry) {
    const auto& appointment = entry.appointment;
    const bool cancelled = entry.method == CalendarMethod::cancel;
    auto* event = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid((appointment.uid + "@parley").c_str()),
        icalproperty_new_dtstamp(utc(entry.stamp)), icalproperty_new_dtstart(utc(appointment.starts_at)),
        icalproperty_new_dtend(utc(appointment.ends_at)), icalproperty_new_sequence(appointment.sequence),
        icalproperty_new_summary(entry.summary.c_str()), organizer_of(entry), attendee_of(entry),
        icalproperty_new_status(cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED),
        static_cast<void*>(nullptr));
    if (!entry.location.empty()) icalcomponent_add_property(event, icalproperty_new_location(entry.location.c_str()));
    return event;
}

}  // namespace

std::string to_icalendar(const CalendarEntry& entry) {
    const auto method = entry.method == CalendarMethod::cancel ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST;
    const ComponentPtr calendar{icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                                                    icalproperty_new_prodid("-//Parley//Parents' evening//EN"),
                                                    icalproperty_new_method(method), event_of(entry),
                                                    static_cast<void*>(nullptr))};
    const std::unique_ptr<char, decltype(&free)> text{icalcomponent_as_ical_string_r(calendar.get()), &free};
    return text.get();
}

}  // namespace parley
