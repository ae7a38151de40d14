#include "mail/address.h"

#include <gmime/gmime.h>

#include <algorithm>

#include "domain/text_rules.h"
#include "mail/gobject.h"

namespace parley {

namespace {

constexpr std::size_t max_address_bytes = 254;
constexpr std::size_t max_local_bytes = 64;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

/// Without RFC 5322's specials but the dot: quoted local parts are nobody's address, and everybody's injection.
bool is_plain(std::string_view text) {
    constexpr std::string_view specials{"()<>[]:;@\\,\" "};
    const auto plain = [&](char c) { return specials.find(c) == std::string_view::npos; };
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), plain);
}

bool is_host_name(std::string_view text) {
    const auto fits = [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return std::all_of(text.begin(), text.end(), fits);
}

/// GMime knows IDNA by libidn2. What it cannot translate it hands back as it was.
std::string with_ascii_domain(const std::string& address) {
    start_gmime();
    const GObjectPtr<InternetAddress> mailbox{internet_address_mailbox_new(nullptr, address.c_str())};
    const char* ascii = internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(mailbox.get()));
    return ascii == nullptr ? address : ascii;
}

}  // namespace

std::optional<SmtpAddress> to_smtp_address(std::string_view text) {
    if (text.size() > max_address_bytes || has_forbidden_characters(text) || has_invisible_characters(text))
        return std::nullopt;
    const auto at = text.find('@');
    if (at == std::string_view::npos || at > max_local_bytes) return std::nullopt;
    if (!is_plain(text.substr(0, at)) || !is_plain(text.substr(at + 1))) return std::nullopt;
    std::string address{text};
    if (!is_ascii(text.substr(at + 1))) address = with_ascii_domain(address);
    const auto domain = std::string_view{address}.substr(std::min(address.find('@'), address.size() - 1) + 1);
    if (address.size() > max_address_bytes || domain.empty() || !is_host_name(domain)) return std::nullopt;
    return SmtpAddress{address, !is_ascii(text.substr(0, at))};
}

}  // namespace parley
