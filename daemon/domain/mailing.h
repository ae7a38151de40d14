#pragma once
#include <vector>

#include "domain/outbox_mail.h"

namespace parley {

struct Transaction;

/// A mail about an evening to one of the school's own people: addressed, with the school's and the evening's facts, and
/// their own sign-in link. The caller adds what it is about.
NewMail mail_to_person(Transaction&, MailKind, const Person&, const Evening&, const LinkRow&, Instant now);

/// A mail with the school's facts only, not addressed yet.
NewMail blank_mail(Transaction&, MailKind, Instant now);

void add_evening(MailFacts&, const Evening&);

/// As its parent may read it.
AppointmentFacts facts_for_parent(const Appointment&);

/// As a guest may read it (M13): no family name, no class.
AppointmentFacts facts_for_guest(const Appointment&);

}  // namespace parley
