#pragma once
#include <optional>
#include <string>

#include "base/instant.h"
#include "domain/ids.h"
#include "domain/link.h"
#include "domain/mail_facts.h"
#include "domain/mail_state.h"

namespace parley {

enum class MailKind { guest_invite, booking_confirmation, booking_cancelled, sign_in };

constexpr const char* to_text(MailKind kind) {
    switch (kind) {
        case MailKind::guest_invite: return "guest_invite";
        case MailKind::booking_confirmation: return "booking_confirmation";
        case MailKind::booking_cancelled: return "booking_cancelled";
        case MailKind::sign_in: return "sign_in";
    }
    return "";
}

/// A mail to be: written in the same transaction as its cause (N1).
struct NewMail {
    MailKind kind{};
    std::string to_name;
    std::string to_email;
    std::string locale;
    std::string message_id;  ///< without angle brackets; made here so that a second try has the same one
    MailFacts facts;
    std::optional<LinkId> link;
    std::optional<PersonId> person;  ///< on whose behalf: who can act when it fails
    std::optional<InviteId> invite;
    std::optional<AppointmentId> appointment;
    Instant created_at;
};

/// The link a mail carries; its secret is `link_token(key, name)`.
struct MailLink {
    LinkId id;
    std::string name;
    LinkPurpose purpose{};
};

struct OutboxMail : NewMail {
    MailId id;
    std::optional<MailLink> mail_link;  ///< set when `link` is
    MailState state{};
    int attempts{};  ///< started so far, this one included
    Instant next_attempt_at;
    Instant changed_at;
    std::string last_error;
};

}  // namespace parley
