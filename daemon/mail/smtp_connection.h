#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "mail/smtp_reply.h"
#include "mail/smtp_settings.h"

namespace parley {

class Interruption;

/// The connection to the mail server: connects, turns TLS on, writes, reads whole replies. One thread; `interruption`
/// may be asked from others. Everything throws SmtpError: not reachable, too slow, closed, not a reply (RFC 5321 4.2),
/// a line above 4 kB, a reply above 100 lines, TLS failed. A failed connection is not to be used again.
class SmtpConnection {
public:
    /// Connects by TCP to the first of the host's addresses that answers.
    SmtpConnection(const SmtpSettings&, Interruption&);
    ~SmtpConnection();
    SmtpConnection(const SmtpConnection&) = delete;
    SmtpConnection& operator=(const SmtpConnection&) = delete;

    /// TLS 1.2 or newer, with the server's certificate checked for the host (RFC 6125) unless the settings say
    /// otherwise. Fails closed, also when the server has said something ahead in the clear (it may be somebody else's).
    void start_tls();
    void write(std::string_view);
    SmtpReply read_reply(seconds limit);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace parley
