#include "domain/links.h"

#include "domain/audit_port.h"
#include "domain/directory_port.h"
#include "domain/invites_port.h"
#include "domain/links_port.h"
#include "domain/mailing.h"
#include "domain/outbox_port.h"
#include "domain/sessions_port.h"
#include "domain/text_rules.h"
#include "domain/transaction.h"

namespace parley {

namespace {

/// Longer texts are no token of ours and are not worth hashing.
constexpr std::size_t max_token_bytes = 100;

LinkRow keep_link(Transaction& tx, const LinkKey& key, LinkRow row) {
    row.name = random_name();
    row.id = tx.links.insert(row, hash_token(link_token(key, row.name).reveal()));
    return row;
}

Instant end_of_links(Transaction& tx, EveningId evening) {
    return tx.directory.evening(evening).value().ends_at + evening_afterglow;
}

bool invite_is_live(Transaction& tx, InviteId id) {
    const auto invite = tx.invites.find(id);
    return invite && !invite->removed_at;
}

/// Whom the link lets in, as things stand now.
Outcome<Identity> identity_behind(Transaction& tx, const LinkRow& link) {
    if (link.purpose == LinkPurpose::guest) {
        if (!invite_is_live(tx, link.invite.value())) return Refusal::link_removed;
        return Identity{Role::guest, link.invite->value};
    }
    const auto person = tx.directory.person(link.person.value());
    if (!person) return Refusal::link_unknown;
    return Identity{person->role, person->id.value};
}

Session start_session(Transaction& tx, const LinkRow& link, Identity identity, Instant now) {
    Session session{random_token(), identity, link.evening ? link.expires_at : now + plain_session_life};
    tx.sessions.insert({link.id, identity, now, session.expires_at}, hash_token(session.token.reveal()));
    tx.sessions.trim(link.id, max_sessions_per_link);
    tx.audit.record({identity, "link.opened", "link:" + std::to_string(link.id.value), now});
    return session;
}

void mail_log_in_link(Transaction& tx, const LinkKey& key, const Person& person, Instant now) {
    if (tx.links.count_requested(person.id, now - requested_link_life) >= max_requested_links) return;
    LinkRow row;
    row.purpose = LinkPurpose::sign_in;
    row.person = person.id;
    row.created_at = now;
    row.expires_at = now + requested_link_life;
    row = keep_link(tx, key, row);
    NewMail mail = blank_mail(tx, MailKind::sign_in, now);
    mail.to_name = person.name;
    mail.to_email = person.email;
    mail.locale = person.locale;
    mail.person = person.id;
    mail.link = row.id;
    mail.facts.link_expires_at = row.expires_at;
    tx.outbox.insert(mail);
    tx.audit.record({std::nullopt, "sign_in.requested", "person:" + std::to_string(person.id.value), now});
}

}  // namespace

Outcome<Session> open_link(Transaction& tx, std::string_view token, Instant now) {
    if (token.empty() || token.size() > max_token_bytes) return Refusal::link_unknown;
    const auto link = tx.links.find_by_hash(hash_token(token));
    if (!link) return Refusal::link_unknown;
    if (link->revoked_at) return Refusal::link_removed;
    const auto identity = identity_behind(tx, *link);
    if (!identity) return identity.refusal();
    if (link->expires_at <= now) return Refusal::link_expired;
    if (identity->role == Role::guest) tx.invites.set_opened(identity->invite(), now);
    return start_session(tx, *link, *identity, now);
}

Outcome<Identity> who(Transaction& tx, std::string_view session_token, Instant now) {
    if (session_token.empty() || session_token.size() > max_token_bytes) return Refusal::not_signed_in;
    const auto session = tx.sessions.find_by_hash(hash_token(session_token));
    if (!session || session->expires_at <= now) return Refusal::not_signed_in;
    const auto link = tx.links.find(session->link);
    if (!link || link->revoked_at) return Refusal::not_signed_in;
    const auto identity = identity_behind(tx, *link);
    // A session never outlives a change of what its person is.
    if (!identity || *identity != session->identity) return Refusal::not_signed_in;
    return session->identity;
}

void sign_out(Transaction& tx, std::string_view session_token, Instant now) {
    if (session_token.size() > max_token_bytes) return;
    const auto hash = hash_token(session_token);
    const auto session = tx.sessions.find_by_hash(hash);
    if (!session) return;
    tx.sessions.end(hash);
    tx.audit.record({session->identity, "session.ended", "link:" + std::to_string(session->link.value), now});
}

Outcome<Done> request_sign_in(Transaction& tx, const LinkKey& key, std::string_view email, Instant now) {
    const std::string address = trimmed(email);
    if (const auto wrong = check_email(address)) return FieldErrors{{"email", *wrong}};
    for (const auto& person : tx.directory.people_with_email(address)) mail_log_in_link(tx, key, person, now);
    return Done{};
}

LinkRow evening_sign_in_link(Transaction& tx, const LinkKey& key, PersonId person, EveningId evening, Instant now) {
    if (auto row = tx.links.evening_link(person, evening)) return *row;
    LinkRow row;
    row.purpose = LinkPurpose::sign_in;
    row.person = person;
    row.evening = evening;
    row.created_at = now;
    row.expires_at = end_of_links(tx, evening);
    return keep_link(tx, key, row);
}

LinkRow renew_guest_link(Transaction& tx, const LinkKey& key, InviteId invite, EveningId evening, Instant now) {
    revoke_guest_link(tx, invite, now);
    LinkRow row;
    row.purpose = LinkPurpose::guest;
    row.invite = invite;
    row.evening = evening;
    row.created_at = now;
    row.expires_at = end_of_links(tx, evening);
    return keep_link(tx, key, row);
}

void revoke_guest_link(Transaction& tx, InviteId invite, Instant now) {
    const auto link = tx.links.guest_link(invite);
    if (!link) return;
    tx.links.revoke(link->id, now);
    tx.sessions.end_of_link(link->id);
}

int revoke_links_of_another_key(Transaction& tx, const LinkKey& key, Instant now) {
    const auto link = tx.links.newest_live();
    if (!link || tx.links.find_by_hash(hash_token(link_token(key, link->name).reveal()))) return 0;
    const int count = tx.links.revoke_all(now);
    tx.audit.record({std::nullopt, "links.revoked", "link:all", now});
    return count;
}

void forget_expired_links(Transaction& tx, Instant now) {
    // An expired link is kept a while longer, so that opening it says "expired" and not "unknown".
    tx.sessions.forget_expired(now);
    tx.links.forget_expired(now - std::chrono::days{30});
}

}  // namespace parley
