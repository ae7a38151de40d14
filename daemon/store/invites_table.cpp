#include "store/invites_table.h"

#include "store/names.h"
#include "store/query.h"

namespace parley {

namespace {

constexpr const char* one_by_id =
    "SELECT id, evening, parent, guest_name, guest_email, created_at, last_opened_at, knocked_out_at, removed_at "
    "FROM invite WHERE id = ?";
constexpr const char* live_of_parent =
    "SELECT id, evening, parent, guest_name, guest_email, created_at, last_opened_at, knocked_out_at, removed_at "
    "FROM invite WHERE parent = ? AND evening = ? AND live = 1 ORDER BY id LIMIT 50";

Invite read_invite(Query& row) {
    Invite invite;
    invite.id = row.next<InviteId>();
    invite.evening = row.next<EveningId>();
    invite.parent = row.next<PersonId>();
    invite.guest_name = row.next<std::string>();
    invite.guest_email = row.next<std::string>();
    invite.created_at = row.next<Instant>();
    invite.last_opened_at = row.next<std::optional<Instant>>();
    invite.knocked_out_at = row.next<std::optional<Instant>>();
    invite.removed_at = row.next<std::optional<Instant>>();
    return invite;
}

/// To a parent a mail on its way is one that waits. One that was withdrawn has gone with its invite, or with a link
/// that was switched off: where the invite is still there, nobody will send it but the parent.
MailState as_shown(MailState state) {
    switch (state) {
        case MailState::sent: return MailState::sent;
        case MailState::failed:
        case MailState::withdrawn: return MailState::failed;
        case MailState::queued:
        case MailState::sending: break;
    }
    return MailState::queued;
}

}  // namespace

std::optional<Invite> InvitesTable::find(InviteId id) {
    Query query{database_, one_by_id, id};
    if (!query.step()) return std::nullopt;
    Invite invite = read_invite(query);
    complete(invite);
    return invite;
}

std::vector<Invite> InvitesTable::of_parent(PersonId parent, EveningId evening) {
    Query query{database_, live_of_parent, parent, evening};
    std::vector<Invite> invites;
    while (query.step()) invites.push_back(read_invite(query));
    for (auto& invite : invites) complete(invite);
    return invites;
}

std::optional<Invite> InvitesTable::covering(EveningId evening, PersonId parent, StudentId student) {
    std::optional<InviteId> id;
    {
        Query query{database_,
                    "SELECT invite FROM invite_student WHERE evening = ? AND parent = ? AND student = ? AND live = 1",
                    evening, parent, student};
        if (query.step()) id = query.next<InviteId>();
    }
    return id ? find(*id) : std::nullopt;
}

InviteId InvitesTable::insert(const NewInvite& row) {
    Query{database_,
          "INSERT INTO invite (evening, parent, guest_name, guest_email, consent_wording, consented_at, created_at) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
          row.evening,
          row.parent,
          row.guest_name,
          row.guest_email,
          row.consent_wording,
          row.created_at}
        .run();
    const InviteId id{database_.last_insert_id()};
    for (const auto student : row.students) {
        Query{database_,   "INSERT INTO invite_student (invite, student, evening, parent, live) VALUES (?, ?, ?, ?, 1)",
              id,          student,
              row.evening, row.parent}
            .run();
    }
    return id;
}

void InvitesTable::remove(InviteId id, Instant now) {
    Query{database_, "UPDATE invite SET live = 0, removed_at = ?2 WHERE id = ?1 AND live = 1", id, now}.run();
}

void InvitesTable::set_opened(InviteId id, Instant now) {
    Query{database_, "UPDATE invite SET last_opened_at = ?2 WHERE id = ?1", id, now}.run();
}

void InvitesTable::set_knocked_out(InviteId id, Instant now) {
    Query{database_, "UPDATE invite SET knocked_out_at = ?2 WHERE id = ?1", id, now}.run();
}

void InvitesTable::forget_use(InviteId id) {
    Query{database_, "UPDATE invite SET last_opened_at = NULL, knocked_out_at = NULL WHERE id = ?", id}.run();
}

void InvitesTable::complete(Invite& invite) {
    invite.students = students_of(invite.id);
    invite.mail = mail_of(invite.id, invite.created_at);
}

std::vector<Student> InvitesTable::students_of(InviteId id) {
    Query query{database_,
                "SELECT s.id, s.first_name, s.last_name FROM invite_student i JOIN student s ON s.id = i.student "
                "WHERE i.invite = ? ORDER BY s.first_name, s.id",
                id};
    std::vector<Student> students;
    while (query.step()) {
        Student student;
        student.id = query.next<StudentId>();
        student.first_name = query.next<std::string>();
        student.last_name = query.next<std::string>();
        students.push_back(std::move(student));
    }
    return students;
}

InviteMail InvitesTable::mail_of(InviteId id, Instant created_at) {
    Query query{database_, "SELECT state, last_error, changed_at FROM mail WHERE invite = ? ORDER BY id DESC LIMIT 1",
                id};
    InviteMail mail{MailState::queued, "", created_at};
    if (!query.step()) return mail;
    mail.state = as_shown(named(query.next<std::string>(), {MailState::queued, MailState::sending, MailState::sent,
                                                            MailState::failed, MailState::withdrawn}));
    mail.reason = query.next<std::string>();
    mail.changed_at = query.next<Instant>();
    return mail;
}

}  // namespace parley
