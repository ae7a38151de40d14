#pragma once
#include <vector>

#include "domain/model.h"

namespace parley {

struct Transaction;

/// Whether a live invite opens this appointment: video, booked, of its evening, parent and one of its students (M13).
bool covers(const Invite&, const Appointment&);

/// All appointments the invite opens, by start.
std::vector<Appointment> guest_appointments(Transaction&, const Invite&);

}  // namespace parley
