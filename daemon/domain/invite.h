#pragma once
#include <string>
#include <vector>

#include "domain/field_error.h"
#include "domain/link.h"
#include "domain/model.h"
#include "domain/outcome.h"

namespace parley {

struct Transaction;

struct InviteRequest {
    std::string name;
    std::string email;
    std::vector<StudentId> students;
    bool consent{};
    std::string consent_wording;  ///< the sentence beside the box that was ticked; kept with the invite (M4)
};

/// Guest invitations (Resend included) a parent may have mailed within an hour: a box must not serve to flood
/// strangers.
constexpr int max_invitations_per_hour = 30;

/// What is wrong with the form by itself, every field at once (M4). Fields: name, email, students, consent,
/// consent_wording. Refusals: name_missing, name_invalid, email_missing, email_invalid, student_missing,
/// consent_missing, request_invalid. Pure.
FieldErrors check_invite(const InviteRequest&);

/// Grants one guest access to the video appointments of `students` and queues the mail with the personal link
/// (M1, M2, M4-M6). Refuses: not_found, evening_over, too_many_requests, everything of `check_invite`,
/// student_not_yours and already_invited (field students), guest_is_yourself (field email).
Outcome<Invite> invite_guest(Transaction&, const LinkKey&, PersonId parent, EveningId, const InviteRequest&,
                             Instant now);

/// Mails a new link; the old one and the sessions opened with it end at once, and the mail says so (M7). A guest who is
/// in a call leaves it: the caller tells `calls`. Refuses: not_found, evening_over, too_many_requests.
Outcome<Invite> resend_invite(Transaction&, const LinkKey&, PersonId parent, InviteId, Instant now);

/// Kills the link and the sessions at once, and a mail that still waits is not sent (M8). The caller tells `calls` to
/// put the guest out. Refuses: not_found (also for one that was removed before).
Outcome<Invite> remove_invite(Transaction&, PersonId parent, InviteId, Instant now);

/// The same for the school, whoever sent it. The invite must be live.
Invite withdraw_invite(Transaction&, InviteId, PersonId admin, Instant now);

/// What *Manage invites* shows (M7). `available`: students who can still be invited for; with none left the page says
/// so.
struct ManagedInvites {
    std::vector<Invite> invites;
    std::vector<Student> available;
};
/// Refuses: not_found.
Outcome<ManagedInvites> managed_invites(Transaction&, PersonId parent, EveningId, Instant now);

/// The guest's pages were opened. An invite that is gone is ignored.
void note_guest_opened(Transaction&, InviteId, Instant now);

/// A newer user of the link put an earlier one out of the call: the parent sees it (M9).
void note_guest_knocked_out(Transaction&, InviteId, Instant now);

}  // namespace parley
