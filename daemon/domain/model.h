#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "domain/ids.h"
#include "domain/mail_state.h"

namespace parley {

/// The one school of this box. `zone` is an IANA name ("Europe/London"), `locale` a BCP 47 tag ("en-GB").
struct School {
    std::string name;
    std::string zone;
    std::string locale;
    std::string contact_email;
};

/// A parent, teacher or administrator. `email` is kept as it was written and compared without regard to ASCII case.
struct Person {
    PersonId id;
    Role role{};
    std::string name;
    std::string email;
    std::string locale;
};

struct PersonBrief {
    PersonId id;
    std::string name;
};

struct Student {
    StudentId id;
    std::string first_name;
    std::string last_name;

    [[nodiscard]] std::string full_name() const { return first_name + ' ' + last_name; }
};

struct ClassInfo {
    ClassId id;
    std::string name;
    std::string subject;
};

/// One parents' evening. Booking is open from `booking_opens_at` (else at once) to `booking_closes_at` (else to the
/// end).
struct Evening {
    EveningId id;
    std::string title;
    Instant starts_at;
    Instant ends_at;
    minutes slot_minutes{};
    minutes gap_minutes{};
    std::optional<Instant> booking_opens_at;
    std::optional<Instant> booking_closes_at;
};

enum class Mode { video, in_person, telephone };

constexpr const char* to_text(Mode mode) {
    switch (mode) {
        case Mode::video: return "video";
        case Mode::in_person: return "in_person";
        case Mode::telephone: return "telephone";
    }
    return "";
}

/// How a class takes part in an evening: its slots start at `first_slot_at` and follow each other every slot + gap.
struct ClassOffer {
    ClassInfo class_info;
    std::vector<PersonBrief> teachers;  ///< 1 to 3, in the school's order (M12)
    Mode mode{};
    std::string room;  ///< empty unless in person
    Instant first_slot_at;
    minutes slot_minutes{};
    minutes gap_minutes{};
};

enum class AppointmentState { booked, cancelled };

struct Appointment {
    AppointmentId id;
    std::string uid;  ///< unique among all boxes: the local part of the calendar entry's UID (RFC 5545)
    EveningId evening;
    Student student;
    PersonBrief parent;
    ClassInfo class_info;
    std::vector<PersonBrief> teachers;  ///< 1 to 3
    Instant starts_at;
    Instant ends_at;  ///< without the gap
    Mode mode{};
    std::string room;
    std::string note;  ///< what the parent wrote to the teacher (B6)
    int sequence{};    ///< grows with every change (RFC 5545 SEQUENCE)
    AppointmentState state{};
};

/// What became of an invite's newest mail (M7). `state` is queued, sent or failed; `reason` says why it failed or
/// waits.
struct InviteMail {
    MailState state{};
    std::string reason;
    Instant changed_at;
};

/// One guest's access, granted by one parent for some of their students (M1, M5).
struct Invite {
    InviteId id;
    EveningId evening;
    PersonId parent;
    std::string guest_name;
    std::string guest_email;
    std::vector<Student> students;
    Instant created_at;
    InviteMail mail;
    std::optional<Instant> last_opened_at;
    std::optional<Instant> knocked_out_at;  ///< when a newer user of the link last put an earlier one out (M9)
    std::optional<Instant> removed_at;      ///< a live invite has none (M8)
};

}  // namespace parley
