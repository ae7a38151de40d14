#pragma once
#include <vector>

#include "domain/model.h"

namespace parley {

class EventHub;
struct Transaction;

/// What the pages of some people show anew: a `changed` event {what: invites | bookings | schedule}.
struct Change {
    Identity whose;
    const char* what;
};
using Changes = std::vector<Change>;

/// Whom a booked or cancelled appointment concerns: its parent, its teachers, and a guest who may join it.
Changes changes_of(Transaction&, const Appointment&);

/// Whom a sent or removed invite concerns: the parent, and the teachers who see the guest's name. To be asked while the
/// invite is live.
Changes changes_of(Transaction&, const Invite&);

/// After the commit.
void announce(EventHub&, const Changes&);

}  // namespace parley
