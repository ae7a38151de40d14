#include "domain/invite.h"

#include <algorithm>

#include "domain/audit_port.h"
#include "domain/directory_port.h"
#include "domain/guest_access.h"
#include "domain/invites_port.h"
#include "domain/links.h"
#include "domain/mailing.h"
#include "domain/outbox_port.h"
#include "domain/text_rules.h"
#include "domain/transaction.h"

namespace parley {

namespace {

constexpr std::size_t max_wording_characters = 2000;
constexpr std::size_t max_students = 20;

void audit(Transaction& tx, Identity actor, const char* action, InviteId invite, Instant now) {
    tx.audit.record({actor, action, "invite:" + std::to_string(invite.value), now});
}

Invite removed(Transaction& tx, InviteId id, Identity actor, Instant now) {
    tx.invites.remove(id, now);
    revoke_guest_link(tx, id, now);
    tx.outbox.withdraw_queued_of(id, now);
    audit(tx, actor, "invite.removed", id, now);
    return tx.invites.find(id).value();
}

std::vector<StudentId> without_repeats(std::vector<StudentId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// The form as it is meant: no white space around, no student twice.
InviteRequest tidied(InviteRequest request) {
    request.name = trimmed(request.name);
    request.email = trimmed(request.email);
    request.students = without_repeats(std::move(request.students));
    return request;
}

bool takes_part(const std::vector<Student>& students, StudentId id) {
    return std::any_of(students.begin(), students.end(), [id](const Student& student) { return student.id == id; });
}

std::optional<Refusal> check_students(Transaction& tx, PersonId parent, EveningId evening,
                                      const std::vector<StudentId>& chosen) {
    const auto theirs = tx.directory.students_of(parent, evening);
    for (const auto id : chosen) {
        if (!takes_part(theirs, id)) return Refusal::student_not_yours;
    }
    for (const auto id : chosen) {
        if (tx.invites.covering(evening, parent, id)) return Refusal::already_invited;
    }
    return std::nullopt;
}

/// The form against what the school knows, on top of what is wrong with it by itself.
FieldErrors check_in_context(Transaction& tx, const Person& parent, EveningId evening, const InviteRequest& request) {
    FieldErrors errors = check_invite(request);
    if (same_email(request.email, parent.email)) errors.push_back({"email", Refusal::guest_is_yourself});
    if (request.students.size() <= max_students) {
        if (const auto wrong = check_students(tx, parent.id, evening, request.students)) {
            errors.push_back({"students", *wrong});
        }
    }
    return errors;
}

bool mailed_too_often(Transaction& tx, PersonId parent, Instant now) {
    return tx.outbox.count_invitations(parent, now - std::chrono::hours{1}) >= max_invitations_per_hour;
}

/// The guest gets the first names, teachers and times; the link itself is derived when the mail is built.
void mail_invitation(Transaction& tx, const LinkKey& key, const Person& parent, const Evening& evening,
                     const Invite& invite, bool resent, Instant now) {
    const LinkRow link = renew_guest_link(tx, key, invite.id, evening.id, now);
    NewMail mail = blank_mail(tx, MailKind::guest_invite, now);
    mail.to_name = invite.guest_name;
    mail.to_email = invite.guest_email;
    mail.person = parent.id;
    mail.invite = invite.id;
    mail.link = link.id;
    mail.facts.parent = parent.name;
    mail.facts.resent = resent;
    mail.facts.link_expires_at = link.expires_at;
    add_evening(mail.facts, evening);
    for (const auto& student : invite.students) mail.facts.students.push_back(student.first_name);
    for (const auto& appointment : guest_appointments(tx, invite)) {
        mail.facts.appointments.push_back(facts_for_guest(appointment));
    }
    tx.outbox.insert(mail);
}

std::optional<Invite> live_invite_of(Transaction& tx, PersonId parent, InviteId id) {
    auto invite = tx.invites.find(id);
    if (!invite || invite->removed_at || invite->parent != parent) return std::nullopt;
    return invite;
}

}  // namespace

FieldErrors check_invite(const InviteRequest& request) {
    FieldErrors errors;
    if (const auto wrong = check_name(trimmed(request.name))) errors.push_back({"name", *wrong});
    if (const auto wrong = check_email(trimmed(request.email))) errors.push_back({"email", *wrong});
    if (request.students.empty()) errors.push_back({"students", Refusal::student_missing});
    if (request.students.size() > max_students) errors.push_back({"students", Refusal::request_invalid});
    if (!request.consent) errors.push_back({"consent", Refusal::consent_missing});
    const auto wording = character_count(request.consent_wording);
    const bool readable = wording && *wording <= max_wording_characters;
    if (!readable || (request.consent && trimmed(request.consent_wording).empty())) {
        errors.push_back({"consent_wording", Refusal::request_invalid});
    }
    return errors;
}

Outcome<Invite> invite_guest(Transaction& tx, const LinkKey& key, PersonId parent, EveningId evening_id,
                             const InviteRequest& untidy, Instant now) {
    const auto evening = tx.directory.evening(evening_id);
    const auto person = tx.directory.person(parent);
    if (!evening || !person) return Refusal::not_found;
    if (evening->ends_at <= now) return Refusal::evening_over;
    const InviteRequest request = tidied(untidy);
    if (auto errors = check_in_context(tx, *person, evening_id, request); !errors.empty()) return errors;
    if (mailed_too_often(tx, parent, now)) return Refusal::too_many_requests;
    const InviteId id = tx.invites.insert(
        {evening_id, parent, request.name, request.email, request.students, request.consent_wording, now});
    mail_invitation(tx, key, *person, *evening, tx.invites.find(id).value(), false, now);
    audit(tx, {Role::parent, parent.value}, "invite.sent", id, now);
    return tx.invites.find(id).value();
}

Outcome<Invite> resend_invite(Transaction& tx, const LinkKey& key, PersonId parent, InviteId id, Instant now) {
    const auto invite = live_invite_of(tx, parent, id);
    if (!invite) return Refusal::not_found;
    const Evening evening = tx.directory.evening(invite->evening).value();
    if (evening.ends_at <= now) return Refusal::evening_over;
    if (mailed_too_often(tx, parent, now)) return Refusal::too_many_requests;
    // An older mail that still waits would bring a link that no longer opens.
    tx.outbox.withdraw_queued_of(id, now);
    tx.invites.forget_use(id);
    mail_invitation(tx, key, tx.directory.person(parent).value(), evening, *invite, true, now);
    audit(tx, {Role::parent, parent.value}, "invite.resent", id, now);
    return tx.invites.find(id).value();
}

Outcome<Invite> remove_invite(Transaction& tx, PersonId parent, InviteId id, Instant now) {
    if (!live_invite_of(tx, parent, id)) return Refusal::not_found;
    return removed(tx, id, {Role::parent, parent.value}, now);
}

Invite withdraw_invite(Transaction& tx, InviteId id, PersonId admin, Instant now) {
    return removed(tx, id, {Role::admin, admin.value}, now);
}

Outcome<ManagedInvites> managed_invites(Transaction& tx, PersonId parent, EveningId evening, Instant) {
    if (!tx.directory.evening(evening)) return Refusal::not_found;
    ManagedInvites result{tx.invites.of_parent(parent, evening), {}};
    for (const auto& student : tx.directory.students_of(parent, evening)) {
        if (!tx.invites.covering(evening, parent, student.id)) result.available.push_back(student);
    }
    return result;
}

void note_guest_opened(Transaction& tx, InviteId id, Instant now) {
    if (tx.invites.find(id)) tx.invites.set_opened(id, now);
}

void note_guest_knocked_out(Transaction& tx, InviteId id, Instant now) {
    if (!tx.invites.find(id)) return;
    tx.invites.set_knocked_out(id, now);
    tx.audit.record({Identity{Role::guest, id.value}, "guest.knocked_out", "invite:" + std::to_string(id.value), now});
}

}  // namespace parley
