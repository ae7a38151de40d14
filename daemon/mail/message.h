#pragma once
#include <stdexcept>
#include <string>

#include "domain/outbox_mail.h"
#include "mail/delivery.h"
#include "mail/smtp_session.h"

namespace parley {

class Catalogue;

/// A mail that no server will ever be given: `bad_address` or `bad_text`. `what()` holds nothing of what is in it.
class Unmailable : public std::runtime_error {
public:
    explicit Unmailable(MailTrouble trouble) : std::runtime_error{to_text(trouble)}, trouble_{trouble} {}
    [[nodiscard]] MailTrouble trouble() const { return trouble_; }

private:
    MailTrouble trouble_;
};

struct Message {
    Envelope envelope;
    std::string bytes;  ///< RFC 5322 with CRLF, 7-bit unless the address needs SMTPUTF8
};

/// Builds a mail: multipart/alternative of text and HTML, for bookings with a calendar entry attached (B7). The same
/// mail gives the same bytes each time, its Message-ID, boundaries and Date included, so that a server or a reader can
/// recognise a second copy. `address` is the personal link, empty without one. Throws Unmailable.
Message build_message(const NewMail&, const std::string& address, const SmtpSettings&, const Catalogue&);

}  // namespace parley
