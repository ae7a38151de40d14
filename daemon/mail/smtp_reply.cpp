#include "mail/smtp_reply.h"

#include <algorithm>

#include "domain/text_rules.h"
#include "domain/utf8.h"

namespace parley {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// RFC 3463, as RFC 2034 puts it at the head of the text; empty without one.
std::string_view enhanced_code(const SmtpReply& reply) {
    if (reply.lines.empty()) return {};
    const std::string_view text = reply.lines.back();
    const auto code = text.substr(0, text.find(' '));
    const bool plausible = code.size() >= 5 && code.size() <= 9 && is_digit(code[0]) && code[1] == '.' &&
                           std::all_of(code.begin(), code.end(), [](char c) { return is_digit(c) || c == '.'; });
    return plausible ? code : std::string_view{};
}

MailTrouble recipient_trouble(const SmtpReply& reply) {
    const auto code = enhanced_code(reply);
    if (code.empty()) {
        if (reply.code == 550 || reply.code == 551) return MailTrouble::no_such_mailbox;
        return reply.code == 552 ? MailTrouble::mailbox_full : MailTrouble::refused;
    }
    const auto about = code.substr(2);
    if (about == "1.1" || about == "1.6" || about == "1.10") return MailTrouble::no_such_mailbox;
    if (about == "1.2") return MailTrouble::no_such_domain;
    if (about == "2.2") return MailTrouble::mailbox_full;
    return about.substr(0, 2) == "7." ? MailTrouble::not_allowed : MailTrouble::refused;
}

}  // namespace

SmtpReplyLine parse_reply_line(std::string_view line) {
    constexpr std::size_t code_digits = 3;
    if (line.size() < code_digits || !std::all_of(line.begin(), line.begin() + code_digits, is_digit)) return {};
    if (line[0] < '2' || line[0] > '5') return {};
    const bool bare = line.size() == code_digits;
    if (!bare && line[code_digits] != ' ' && line[code_digits] != '-') return {};
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    return {code, bare || line[code_digits] == ' ', std::string{bare ? "" : line.substr(code_digits + 1)}};
}

Delivery judge(SmtpStage stage, const SmtpReply& reply) {
    Delivery delivery{Verdict::deferred, MailTrouble::busy, reply.code, words_of(reply)};
    if (reply.transient()) return delivery;
    if (stage == SmtpStage::sender || reply.code == 530) {
        delivery.trouble = MailTrouble::not_admitted;
        return delivery;
    }
    if (reply.code < 500) {
        // 2xx or 3xx out of turn: the server and we do not speak of the same thing any more.
        delivery.trouble = MailTrouble::answer_lost;
        return delivery;
    }
    delivery.verdict = Verdict::refused;
    delivery.trouble = stage == SmtpStage::recipient ? recipient_trouble(reply) : MailTrouble::content_refused;
    return delivery;
}

std::string words_of(const SmtpReply& reply) {
    constexpr std::size_t max_characters = 160;
    std::string joined = std::to_string(reply.code);
    for (const auto& line : reply.lines) joined += ' ' + line;
    const auto characters = decode_utf8(joined);
    std::u32string shown;
    for (const char32_t c : characters.value_or(std::u32string{joined.begin(), joined.end()})) {
        if (shown.size() == max_characters) break;
        // Latin-1 or worse: never guess at what it was.
        const bool printable = !is_forbidden(c) && (characters || c < 0x7F);
        shown.push_back(printable ? c : U' ');
    }
    return encode_utf8(shown);
}

}  // namespace parley
