#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "mail/delivery.h"

namespace parley {

/// One whole reply (RFC 5321 4.2): its code, and its lines without the code.
struct SmtpReply {
    int code{};
    std::vector<std::string> lines;

    [[nodiscard]] bool positive() const { return code >= 200 && code < 300; }
    [[nodiscard]] bool wants_more() const { return code >= 300 && code < 400; }
    [[nodiscard]] bool transient() const { return code >= 400 && code < 500; }
};

/// One line of a reply: its code, whether it is the last, the text behind. `code` is 0 when it is not a reply's line.
struct SmtpReplyLine {
    int code{};
    bool last{};
    std::string text;
};
SmtpReplyLine parse_reply_line(std::string_view);

/// Which command the server answered.
enum class SmtpStage { sender, recipient, data, message };

/// What a reply that is not positive means for the mail. 4xx: deferred. 5xx about the recipient or the message:
/// refused. 5xx about the sender: deferred, since it is the school's to mend and nothing may be lost by it (N1). Pure.
Delivery judge(SmtpStage, const SmtpReply&);

/// The lines as one short line of printable text.
std::string words_of(const SmtpReply&);

}  // namespace parley
