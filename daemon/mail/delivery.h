#pragma once
#include <stdexcept>
#include <string>

namespace parley {

/// What keeps a mail from going out; each has its sentence in the catalogues (`reason.<name>`).
enum class MailTrouble {
    unreachable,      ///< no connection, or lost before anything was said
    insecure,         ///< no TLS where it must be, or a certificate that is not the server's
    not_admitted,     ///< the server does not let us in, or not with this sender
    busy,             ///< 4xx: later
    answer_lost,      ///< the connection broke while a mail was being handed over
    no_such_mailbox,  ///< 5.1.1
    no_such_domain,   ///< 5.1.2
    mailbox_full,     ///< 5.2.2
    not_allowed,      ///< 5.7.x
    refused,          ///< any other 5xx about the recipient
    content_refused,  ///< 5xx after the message itself
    no_smtputf8,      ///< the address needs RFC 6531 and the server lacks it
    bad_address,      ///< not an address that can be mailed to
    bad_text          ///< something in it holds control characters
};

constexpr const char* to_text(MailTrouble trouble) {
    switch (trouble) {
        case MailTrouble::unreachable: return "unreachable";
        case MailTrouble::insecure: return "insecure";
        case MailTrouble::not_admitted: return "not_admitted";
        case MailTrouble::busy: return "busy";
        case MailTrouble::answer_lost: return "answer_lost";
        case MailTrouble::no_such_mailbox: return "no_such_mailbox";
        case MailTrouble::no_such_domain: return "no_such_domain";
        case MailTrouble::mailbox_full: return "mailbox_full";
        case MailTrouble::not_allowed: return "not_allowed";
        case MailTrouble::refused: return "refused";
        case MailTrouble::content_refused: return "content_refused";
        case MailTrouble::no_smtputf8: return "no_smtputf8";
        case MailTrouble::bad_address: return "bad_address";
        case MailTrouble::bad_text: return "bad_text";
    }
    return "";
}

enum class Verdict { sent, deferred, refused };

/// What became of one attempt. `words` is what the server said, in its own language; it may name the address, so it is
/// for the person who sent the mail and never for a log (P3).
struct Delivery {
    Verdict verdict{Verdict::sent};
    MailTrouble trouble{};  ///< unless sent
    int code{};             ///< the SMTP reply's, 0 without one
    std::string words;
};

/// The server cannot be used at all right now: nothing was handed over. `what()` is for the log.
class SmtpError : public std::runtime_error {
public:
    SmtpError(MailTrouble trouble, const std::string& what) : std::runtime_error{what}, trouble_{trouble} {}
    [[nodiscard]] MailTrouble trouble() const { return trouble_; }

private:
    MailTrouble trouble_;
};

}  // namespace parley
