#pragma once
#include <string>
#include <vector>

#include "domain/invite.h"
#include "domain/model.h"
#include "domain/outcome.h"

namespace parley {

struct Transaction;

/// The evening that matters now: the one that is on, else the next, else the last. Refuses: not_found.
Outcome<Evening> current_evening(Transaction&, Instant now);

/// *My bookings* (B9, M3). The link at its top reads "Manage invites" when `invites.invites` is not empty.
struct MyBookings {
    Evening evening;
    std::vector<Student> students;  ///< all of theirs who take part
    std::vector<Appointment> appointments;
    ManagedInvites invites;
};
/// Refuses: not_found.
Outcome<MyBookings> my_bookings(Transaction&, PersonId parent, EveningId, Instant now);

/// One line of a teacher's evening (T1). `guests`: names of the guests whose live invites cover it; video only.
struct ScheduleEntry {
    Appointment appointment;
    std::vector<std::string> guests;
};
struct Schedule {
    Evening evening;
    std::vector<ScheduleEntry> entries;
};
/// Refuses: not_found.
Outcome<Schedule> teacher_schedule(Transaction&, PersonId teacher, EveningId, Instant now);

/// All a guest may see (M13): video appointments that the inviting parent booked for the granted students.
struct GuestAppointment {
    AppointmentId id;
    std::string student_first_name;
    std::vector<std::string> teachers;
    Instant starts_at;
    Instant ends_at;
};
struct GuestVisit {
    std::string guest_name;
    std::string invited_by;
    Evening evening;
    std::vector<GuestAppointment> appointments;
};
/// Refuses: link_removed (the invite is gone).
Outcome<GuestVisit> guest_visit(Transaction&, InviteId, Instant now);

}  // namespace parley
