#include "store/outbox_table.h"

#include "store/names.h"
#include "store/query.h"

namespace parley {

namespace {

// In the order that `read_mail` takes them.
#define MAIL_COLUMNS                                                                                           \
    "SELECT m.id, m.kind, m.to_name, m.to_email, m.locale, m.message_id, m.facts, m.link, l.name, l.purpose, " \
    "m.person, m.invite, m.appointment, m.state, m.attempts, m.created_at, m.next_attempt_at, m.changed_at, "  \
    "m.last_error FROM mail m LEFT JOIN link l ON l.id = m.link "
constexpr const char* one_by_id = MAIL_COLUMNS "WHERE m.id = ?";
constexpr const char* all_due =
    MAIL_COLUMNS "WHERE m.state = 'queued' AND m.next_attempt_at <= ? ORDER BY m.next_attempt_at, m.id LIMIT ?";
constexpr const char* newest_failed = MAIL_COLUMNS "WHERE m.state = 'failed' ORDER BY m.id DESC LIMIT ?";
#undef MAIL_COLUMNS

std::optional<MailLink> read_link(Query& row, const std::optional<LinkId>& id) {
    auto name = row.next<std::string>();
    const auto purpose = row.next<std::string>();
    if (!id) return std::nullopt;
    return MailLink{*id, std::move(name), named(purpose, {LinkPurpose::sign_in, LinkPurpose::guest})};
}

OutboxMail read_mail(Query& row) {
    OutboxMail mail;
    mail.id = row.next<MailId>();
    mail.kind = named(row.next<std::string>(), {MailKind::guest_invite, MailKind::booking_confirmation,
                                                MailKind::booking_cancelled, MailKind::sign_in});
    mail.to_name = row.next<std::string>();
    mail.to_email = row.next<std::string>();
    mail.locale = row.next<std::string>();
    mail.message_id = row.next<std::string>();
    mail.facts = mail_facts_from_json(row.next<std::string>());
    mail.link = row.next<std::optional<LinkId>>();
    mail.mail_link = read_link(row, mail.link);
    mail.person = row.next<std::optional<PersonId>>();
    mail.invite = row.next<std::optional<InviteId>>();
    mail.appointment = row.next<std::optional<AppointmentId>>();
    mail.state = named(row.next<std::string>(), {MailState::queued, MailState::sending, MailState::sent,
                                                 MailState::failed, MailState::withdrawn});
    mail.attempts = row.next<int>();
    mail.created_at = row.next<Instant>();
    mail.next_attempt_at = row.next<Instant>();
    mail.changed_at = row.next<Instant>();
    mail.last_error = row.next<std::string>();
    return mail;
}

std::vector<OutboxMail> read_mails(Query& rows) {
    std::vector<OutboxMail> mails;
    while (rows.step()) mails.push_back(read_mail(rows));
    return mails;
}

}  // namespace

MailId OutboxTable::insert(const NewMail& mail) {
    Query{database_,
          "INSERT INTO mail (kind, to_name, to_email, locale, message_id, facts, link, person, invite, appointment, "
          "created_at, next_attempt_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?11)",
          to_text(mail.kind),
          mail.to_name,
          mail.to_email,
          mail.locale,
          mail.message_id,
          to_json(mail.facts),
          mail.link,
          mail.person,
          mail.invite,
          mail.appointment,
          mail.created_at}
        .run();
    return {database_.last_insert_id()};
}

std::optional<OutboxMail> OutboxTable::find(MailId id) {
    Query query{database_, one_by_id, id};
    if (!query.step()) return std::nullopt;
    return read_mail(query);
}

std::vector<OutboxMail> OutboxTable::due(Instant now, int limit) {
    Query query{database_, all_due, now, limit};
    return read_mails(query);
}

std::optional<Instant> OutboxTable::next_due() {
    Query query{database_, "SELECT min(next_attempt_at) FROM mail WHERE state = 'queued'"};
    return query.step() ? query.next<std::optional<Instant>>() : std::nullopt;
}

void OutboxTable::set_sending(MailId id, Instant now) {
    Query{database_,
          "UPDATE mail SET state = 'sending', attempts = attempts + 1, changed_at = ?2 WHERE id = ?1 AND state = "
          "'queued'",
          id, now}
        .run();
}

void OutboxTable::set_queued(MailId id, std::string_view error, Instant next_attempt_at, Instant now) {
    Query{database_,
          "UPDATE mail SET state = 'queued', last_error = ?2, next_attempt_at = ?3, changed_at = ?4 "
          "WHERE id = ?1 AND state = 'sending'",
          id,
          error,
          next_attempt_at,
          now}
        .run();
}

void OutboxTable::set_sent(MailId id, Instant now) {
    Query{database_,
          "UPDATE mail SET state = 'sent', last_error = '', changed_at = ?2 WHERE id = ?1 AND state <> 'sent'", id, now}
        .run();
}

void OutboxTable::set_failed(MailId id, std::string_view error, Instant now) {
    Query{database_,
          "UPDATE mail SET state = 'failed', last_error = ?2, changed_at = ?3 WHERE id = ?1 AND state IN ('queued', "
          "'sending')",
          id, error, now}
        .run();
}

void OutboxTable::set_withdrawn(MailId id, Instant now) {
    Query{database_, "UPDATE mail SET state = 'withdrawn', changed_at = ?2 WHERE id = ?1 AND state = 'queued'", id, now}
        .run();
}

void OutboxTable::withdraw_queued_of(InviteId invite, Instant now) {
    Query{database_, "UPDATE mail SET state = 'withdrawn', changed_at = ?2 WHERE invite = ?1 AND state = 'queued'",
          invite, now}
        .run();
}

int OutboxTable::requeue_sending(Instant now) {
    Query{database_, "UPDATE mail SET state = 'queued', next_attempt_at = ?1, changed_at = ?1 WHERE state = 'sending'",
          now}
        .run();
    return database_.changes();
}

int OutboxTable::count_invitations(PersonId parent, Instant since) {
    Query query{database_, "SELECT count(*) FROM mail WHERE person = ? AND kind = 'guest_invite' AND created_at > ?",
                parent, since};
    return query.step() ? query.next<int>() : 0;
}

std::vector<OutboxMail> OutboxTable::failed(int limit) {
    Query query{database_, newest_failed, limit};
    return read_mails(query);
}

}  // namespace parley
