#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace parley {

/// An address as SMTP and the headers carry it: the host name in ASCII (IDNA 2008, RFC 5891).
struct SmtpAddress {
    std::string text;
    bool needs_smtputf8{};  ///< the part before the @ is not ASCII (RFC 6531)
};

/// Nothing for what is not one mail address: no @, empty parts, white space, control characters, brackets, quotes or
/// separators, not UTF-8, a host name that IDNA has no form for. What passes cannot end an SMTP command or a header.
std::optional<SmtpAddress> to_smtp_address(std::string_view);

}  // namespace parley
