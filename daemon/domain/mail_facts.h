#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "domain/model.h"

namespace parley {

/// One appointment as a mail tells it.
struct AppointmentFacts {
    std::string uid;  ///< see Appointment::uid
    int sequence{};
    std::string student;  ///< the full name to the parent, the first name alone to a guest (M13)
    std::vector<std::string> teachers;
    std::string class_name;  ///< empty to a guest
    Instant starts_at;
    Instant ends_at;
    Mode mode{};
    std::string room;
    friend bool operator==(const AppointmentFacts&, const AppointmentFacts&) = default;
};

/// Everything a mail says, as it stood when its cause happened; no secret (the link is derived from the link's name).
/// What a kind does not need stays empty.
struct MailFacts {
    std::string school;
    std::string school_zone;    ///< IANA name, for showing the times
    std::string contact_email;  ///< the school's own, for Reply-To and questions; may be empty
    std::string evening;        ///< the evening's title
    std::optional<Instant> evening_starts_at;
    std::optional<Instant> evening_ends_at;
    std::string parent;                 ///< the parent's name (guest_invite: who invites)
    std::vector<std::string> students;  ///< guest_invite: the first names the access is for
    std::vector<AppointmentFacts> appointments;
    std::optional<Instant> link_expires_at;
    bool resent{};  ///< guest_invite: this link replaces an earlier one, which no longer works (M7)
    friend bool operator==(const MailFacts&, const MailFacts&) = default;
};

std::string to_json(const MailFacts&);

/// Reads what `to_json` wrote. Throws std::runtime_error for anything else: the database is broken then.
MailFacts mail_facts_from_json(std::string_view);

}  // namespace parley
