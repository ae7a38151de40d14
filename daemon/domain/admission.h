#pragma once
#include <optional>
#include <string>

#include "domain/model.h"
#include "domain/outcome.h"

namespace parley {

struct Transaction;

/// How long before its start a call can be entered, and how long it lingers behind its end for the last words.
constexpr minutes teacher_early{10};
constexpr minutes others_early{5};
constexpr seconds call_grace{30};

/// From when a join button of this role lights up (B9).
Instant call_opens_at(const Appointment&, Role);

/// Leave to sit in a call. The same `closes_at` for everybody in it: `ends_at` plus the grace, cut short where a
/// teacher's next appointment begins (C2).
struct CallTicket {
    Appointment appointment;
    Identity identity;
    std::string display_name;
    Instant opens_at;
    Instant starts_at;
    Instant ends_at;
    Instant closes_at;
    std::optional<Appointment> next;  ///< this identity's next one; of a guest only such as they may join
};

/// Who may enter which call: a teacher of the appointment, its parent, and a guest whose live invite covers its
/// student, parent and evening (M10, M13). Seats are counted elsewhere. Refuses: not_found (also for everything that is
/// somebody else's), not_a_video_appointment, call_not_open, call_over.
Outcome<CallTicket> may_join(Transaction&, Identity, AppointmentId, Instant now);

}  // namespace parley
