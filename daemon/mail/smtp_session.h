#pragma once
#include <set>
#include <string>
#include <string_view>

#include "mail/address.h"
#include "mail/delivery.h"
#include "mail/smtp_connection.h"

namespace parley {

/// Who a mail is from and for, as the server is told.
struct Envelope {
    SmtpAddress from;
    SmtpAddress to;
};

/// One connection's dialogue with the mail server (RFC 5321), for any number of mails one after the other. One thread.
class SmtpSession {
public:
    /// Connects, says EHLO, turns TLS on as the settings say (fails closed), and logs in: AUTH PLAIN (RFC 4616), or
    /// LOGIN where the server has nothing better, never without TLS. Throws SmtpError. `settings` must outlive it.
    SmtpSession(const SmtpSettings& settings, Interruption&);
    /// Says QUIT without waiting for the answer.
    ~SmtpSession();
    SmtpSession(const SmtpSession&) = delete;
    SmtpSession& operator=(const SmtpSession&) = delete;

    /// Hands one message over: `message` with CRLF at each line's end and no line above 998 bytes. Does not throw
    /// SmtpError: a connection that breaks is a deferral, `answer_lost` when the server may have taken the message and
    /// `unreachable` when it cannot.
    Delivery deliver(const Envelope&, std::string_view message);

    /// False once the connection is gone or in an unknown state.
    [[nodiscard]] bool usable() const { return usable_; }
    /// False as long as it took no mail.
    [[nodiscard]] bool used() const { return used_; }

private:
    SmtpReply command(std::string_view line);
    void greet();
    void say_hello();
    void secure();
    void log_in();
    Delivery hand_over(const Envelope&, std::string_view message);
    Delivery give_message(std::string_view message);
    Delivery turned_down(SmtpStage, const SmtpReply&);

    const SmtpSettings& settings_;
    Interruption& interruption_;
    SmtpConnection connection_;
    std::set<std::string> offers_;      ///< EHLO's key words, upper case
    std::set<std::string> mechanisms_;  ///< of AUTH, upper case
    bool usable_{true};
    bool used_{};
    bool answer_pending_{};
};

/// With a dot more on every line that begins with one, and the line that ends a message (RFC 5321 4.5.2). Pure.
std::string dot_stuffed(std::string_view message);

}  // namespace parley
