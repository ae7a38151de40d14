#pragma once
#include <string_view>

#include "base/secret.h"
#include "domain/link.h"
#include "domain/outcome.h"

namespace parley {

struct Transaction;

/// How long links and sessions of an evening outlive it.
constexpr std::chrono::hours evening_afterglow{12};
/// A log-in link that somebody asked for.
constexpr minutes requested_link_life{30};
/// A session that does not belong to an evening.
constexpr std::chrono::hours plain_session_life{12};
/// Sessions one link keeps at a time; the oldest ends when one more is opened.
constexpr int max_sessions_per_link = 20;
/// Log-in mails one person gets within `requested_link_life`; more are silently not sent.
constexpr int max_requested_links = 5;

/// A fresh session. The token goes into the cookie and is kept nowhere: the database has its hash (P1).
struct Session {
    Secret token;
    Identity identity;
    Instant expires_at;
};

/// Opens a link that came in a mail; it may be opened again until it expires.
/// Refuses: link_unknown, link_expired, link_removed (revoked, or its invite was removed).
Outcome<Session> open_link(Transaction&, std::string_view token, Instant now);

/// Whose session this is; reads only. A guest must still have a live invite (M8). Refuses: not_signed_in.
Outcome<Identity> who(Transaction&, std::string_view session_token, Instant now);

/// Ends the session; one that is not there is fine.
void sign_out(Transaction&, std::string_view session_token, Instant now);

/// Mails a log-in link to everybody of the school with this address. Answers the same whether there is somebody or not:
/// it must never reveal that an address is known. Refuses: email_missing, email_invalid (field email).
Outcome<Done> request_sign_in(Transaction&, const LinkKey&, std::string_view email, Instant now);

/// The person's own link for an evening, the one in their confirmation mails (M10): the live one, or a new one.
LinkRow evening_sign_in_link(Transaction&, const LinkKey&, PersonId, EveningId, Instant now);

/// A guest's new link; whichever the invite had is revoked and its sessions end.
LinkRow renew_guest_link(Transaction&, const LinkKey&, InviteId, EveningId, Instant now);

/// Revokes whichever link the invite has and ends its sessions.
void revoke_guest_link(Transaction&, InviteId, Instant now);

/// At start: when the links in use were made with another key (it was lost, or replaced because others had read it),
/// switches all of them off, and their sessions with them: none of them could be written into a mail again, and whoever
/// replaced the key was told that they die. Answers how many.
int revoke_links_of_another_key(Transaction&, const LinkKey&, Instant now);

/// Drops what has expired: for a daily round.
void forget_expired_links(Transaction&, Instant now);

}  // namespace parley
