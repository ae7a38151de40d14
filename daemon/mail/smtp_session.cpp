#include "mail/smtp_session.h"

#include <glib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <sstream>

#include "mail/interruption.h"

namespace parley {

namespace {

/// RFC 5321 4.5.3.2.6. Asking again too early is how a mail goes out twice.
constexpr minutes message_answer_limit{10};
/// "Closing transmission channel" (RFC 5321 3.8).
constexpr int closing_code = 421;

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

std::string base64(std::string_view bytes) {
    const std::unique_ptr<char, decltype(&g_free)> encoded{
        g_base64_encode(reinterpret_cast<const guchar*>(bytes.data()), bytes.size()), &g_free};
    return encoded.get();
}

std::string this_machine() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "localhost";
    std::string text{name.data()};
    const bool usable = !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '.';
    });
    return usable ? text : "localhost";
}

/// Keeps a stop from tearing the connection between the message's end and its answer.
class Held {
public:
    explicit Held(Interruption& interruption) : interruption_{interruption} { interruption_.hold(true); }
    ~Held() { interruption_.hold(false); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

private:
    Interruption& interruption_;
};

}  // namespace

std::string dot_stuffed(std::string_view message) {
    std::string stuffed;
    stuffed.reserve(message.size() + 16);
    bool at_start = true;
    for (const char c : message) {
        if (at_start && c == '.') stuffed += '.';
        stuffed += c;
        at_start = c == '\n';
    }
    if (!at_start) stuffed += "\r\n";
    return stuffed += ".\r\n";
}

SmtpSession::SmtpSession(const SmtpSettings& settings, Interruption& interruption)
    : settings_{settings}, interruption_{interruption}, connection_{settings, interruption} {
    if (settings_.security == SmtpSecurity::smtps) connection_.start_tls();
    greet();
    say_hello();
    if (settings_.security == SmtpSecurity::starttls) secure();
    if (!settings_.user.empty()) log_in();
}

SmtpSession::~SmtpSession() {
    if (!usable_) return;
    try {
        connection_.write("QUIT\r\n");
    } catch (const SmtpError&) {
        return;  // it is gone already, and every mail has its answer
    }
}

SmtpReply SmtpSession::command(std::string_view line) {
    connection_.write(std::string{line} + "\r\n");
    return connection_.read_reply(settings_.timeout);
}

void SmtpSession::greet() {
    const auto greeting = connection_.read_reply(settings_.timeout);
    if (greeting.positive()) return;
    throw SmtpError{greeting.transient() ? MailTrouble::busy : MailTrouble::not_admitted,
                    "the mail server does not want to talk: " + words_of(greeting)};
}

void SmtpSession::say_hello() {
    const std::string name = settings_.hello_name.empty() ? this_machine() : settings_.hello_name;
    const auto reply = command("EHLO " + name);
    if (!reply.positive())
        throw SmtpError{MailTrouble::not_admitted, "the mail server refuses EHLO: " + words_of(reply)};
    offers_.clear();
    mechanisms_.clear();
    for (const auto& line : reply.lines) {
        std::istringstream words{upper(line)};
        std::string keyword;
        words >> keyword;
        offers_.insert(keyword);
        if (keyword != "AUTH") continue;
        for (std::string mechanism; words >> mechanism;) mechanisms_.insert(mechanism);
    }
}

void SmtpSession::secure() {
    if (offers_.count("STARTTLS") == 0)
        throw SmtpError{MailTrouble::insecure, "the mail server does not offer STARTTLS"};
    const auto reply = command("STARTTLS");
    if (reply.code != 220) throw SmtpError{MailTrouble::insecure, "STARTTLS is refused: " + words_of(reply)};
    connection_.start_tls();
    // What was offered in the clear may have been anybody's words (RFC 3207 4.2).
    say_hello();
}

void SmtpSession::log_in() {
    const std::string_view password = settings_.password.reveal();
    SmtpReply reply;
    if (mechanisms_.count("PLAIN") != 0) {
        std::string identity = '\0' + settings_.user + '\0';
        reply = command("AUTH PLAIN " + base64(identity.append(password)));
    } else if (mechanisms_.count("LOGIN") != 0) {
        reply = command("AUTH LOGIN");
        if (reply.code == 334) reply = command(base64(settings_.user));
        if (reply.code == 334) reply = command(base64(password));
    } else {
        throw SmtpError{MailTrouble::not_admitted, "the mail server offers neither AUTH PLAIN nor LOGIN"};
    }
    if (reply.code == 235) return;
    throw SmtpError{reply.transient() ? MailTrouble::busy : MailTrouble::not_admitted,
                    "the mail server does not accept the user and password: code " + std::to_string(reply.code)};
}

Delivery SmtpSession::deliver(const Envelope& envelope, std::string_view message) {
    if (envelope.to.needs_smtputf8 && offers_.count("SMTPUTF8") == 0)
        return {Verdict::refused, MailTrouble::no_smtputf8, 0, {}};
    try {
        return hand_over(envelope, message);
    } catch (const SmtpError&) {
        usable_ = false;
        return {Verdict::deferred, answer_pending_ ? MailTrouble::answer_lost : MailTrouble::unreachable, 0, {}};
    }
}

Delivery SmtpSession::hand_over(const Envelope& envelope, std::string_view message) {
    const bool wide = envelope.to.needs_smtputf8 || envelope.from.needs_smtputf8;
    auto reply = command("MAIL FROM:<" + envelope.from.text + (wide ? "> SMTPUTF8" : ">"));
    if (!reply.positive()) return turned_down(SmtpStage::sender, reply);
    reply = command("RCPT TO:<" + envelope.to.text + ">");
    if (!reply.positive()) return turned_down(SmtpStage::recipient, reply);
    reply = command("DATA");
    if (reply.code != 354) return turned_down(SmtpStage::data, reply);
    return give_message(message);
}

Delivery SmtpSession::give_message(std::string_view message) {
    const std::string bytes = dot_stuffed(message);
    constexpr std::size_t end_bytes = 3;
    const std::string_view all{bytes};
    connection_.write(all.substr(0, all.size() - end_bytes));
    const Held held{interruption_};
    answer_pending_ = true;
    connection_.write(all.substr(all.size() - end_bytes));
    const auto reply = connection_.read_reply(message_answer_limit);
    answer_pending_ = false;
    used_ = true;
    if (reply.code == closing_code) usable_ = false;
    return reply.positive() ? Delivery{} : judge(SmtpStage::message, reply);
}

Delivery SmtpSession::turned_down(SmtpStage stage, const SmtpReply& reply) {
    try {
        usable_ = reply.code != closing_code && command("RSET").positive();
    } catch (const SmtpError&) {
        usable_ = false;  // the answer stands all the same
    }
    return judge(stage, reply);
}

}  // namespace parley
