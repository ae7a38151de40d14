// What a mail server answers, line by line: whatever it says, a mail is sent, deferred or refused for a reason, and the
// words that people are shown are one short line of text.
#include <algorithm>
#include <string_view>

#include "check.h"
#include "domain/text_rules.h"
#include "mail/smtp_reply.h"

using namespace parley;

namespace {

void check_verdict(const SmtpReply& reply) {
    for (const auto stage : {SmtpStage::sender, SmtpStage::recipient, SmtpStage::data, SmtpStage::message}) {
        const auto delivery = judge(stage, reply);
        // Nothing is given up but for a final answer about this very mail.
        check(delivery.verdict != Verdict::refused || (reply.code >= 500 && stage != SmtpStage::sender));
        check(delivery.verdict == Verdict::refused || delivery.verdict == Verdict::deferred);
        check(!has_forbidden_characters(delivery.words) && *character_count(delivery.words) <= 160);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    SmtpReply reply;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = parse_reply_line(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.code == 0) continue;
        check(line.code >= 200 && line.code <= 599);
        reply.code = line.code;
        reply.lines.push_back(line.text);
        if (!line.last) continue;
        if (!reply.positive()) check_verdict(reply);
        reply = {};
    }
    return 0;
}
