#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "domain/refusal.h"

namespace parley {

/// Without white space (Unicode's too) at either end. Invalid UTF-8 is returned as it is.
std::string trimmed(std::string_view);

/// The number of characters (code points), or nothing when the text is not UTF-8 (RFC 3629).
std::optional<std::size_t> character_count(std::string_view);

/// A person's name as typed: 1 to 100 characters of UTF-8, at least one visible, no control characters and no
/// characters that turn the text's direction. name_missing, name_invalid, or nothing when it is fine.
std::optional<Refusal> check_name(std::string_view);

/// One mail address: at most 254 bytes, dot-atom local part (RFC 5321 4.1.2) in ASCII, host name of two labels or more
/// (UTF-8 labels tolerated, RFC 6531). email_missing, email_invalid, or nothing.
std::optional<Refusal> check_email(std::string_view);

/// A note to a teacher (B6): at most 500 characters, line breaks allowed. note_too_long, request_invalid, or nothing.
std::optional<Refusal> check_note(std::string_view);

/// A control character, a line or paragraph separator, one that turns the text's direction, or none at all: what has no
/// place in a line that people read.
bool is_forbidden(char32_t);

/// Any of them, or not UTF-8.
bool has_forbidden_characters(std::string_view);

/// White space or characters that leave no ink, or not UTF-8: what has no place in an address.
bool has_invisible_characters(std::string_view);

/// ASCII letters only, as addresses are compared.
std::string lower_case(std::string_view);

/// ASCII case aside, as addresses are compared.
bool same_email(std::string_view, std::string_view);

}  // namespace parley
