#include "mail/smtp_session.h"

#include <arpa/inet.h>
#include <cppunit/extensions/HelperMacros.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <future>

#include "mail/interruption.h"
#include "mail/sample_mail.h"

using namespace parley;

namespace {

/// An address without a name, in no file and in no DNS.
constexpr const char* nameless_host = "127.0.0.77";

/// Takes connections and never says a word.
class SilentServer {
public:
    SilentServer() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::inet_addr(nameless_host);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket_.get(), generic, size) != 0 || ::listen(socket_.get(), 4) != 0 ||
            ::getsockname(socket_.get(), generic, &size) != 0)
            throw std::runtime_error{"no port to listen on"};
        settings_ = sample_settings();
        settings_.host = nameless_host;
        settings_.port = ntohs(address.sin_port);
        settings_.security = SmtpSecurity::none;
    }
    [[nodiscard]] const SmtpSettings& settings() const { return settings_; }
    /// Returns once somebody has connected.
    void accept() { guest_ = FileDescriptor{::accept(socket_.get(), nullptr, nullptr)}; }

private:
    FileDescriptor socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    FileDescriptor guest_;
    SmtpSettings settings_;
};

SmtpSettings secured(const SmtpServer& server, SmtpSecurity security, const Certificate& certificate) {
    auto settings = server.settings();
    settings.security = security;
    settings.ca_file = certificate.certificate;
    return settings;
}

std::vector<std::string> plus(std::vector<std::string> flags, std::initializer_list<std::string> more) {
    flags.insert(flags.end(), more);
    return flags;
}

SmtpSettings with_login(SmtpSettings settings, const std::string& password = "s3cret") {
    settings.user = "school";
    settings.password = Secret{password};
    return settings;
}

void deliver_over(const SmtpSettings& settings, SmtpServer& server) {
    Interruption interruption;
    SmtpSession session{settings, interruption};
    const auto message = built(sample_mail(MailKind::sign_in));
    CPPUNIT_ASSERT(session.deliver(message.envelope, message.bytes).verdict == Verdict::sent);
    CPPUNIT_ASSERT_EQUAL(message.bytes, output_of({"cat", server.mail().string()}));
}

/// Why no session comes to be; fails when one does.
SmtpError refusal(const SmtpSettings& settings) {
    Interruption interruption;
    try {
        const SmtpSession session{settings, interruption};
    } catch (const SmtpError& e) {
        return e;
    }
    CPPUNIT_FAIL("the session was opened");
    throw std::logic_error{"not reached"};
}

}  // namespace

/// The dialogue with a real server, up to the point where mails are handed over: TLS that fails closed, and AUTH.
class SmtpSessionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpSessionTest);
    CPPUNIT_TEST(N1_mail_goes_over_starttls);
    CPPUNIT_TEST(N1_mail_goes_over_smtps);
    CPPUNIT_TEST(N1_auth_plain);
    CPPUNIT_TEST(N1_auth_login_where_there_is_no_plain);
    CPPUNIT_TEST(N1_wrong_password_is_told_without_it);
    CPPUNIT_TEST(N1_server_without_starttls_gets_nothing);
    CPPUNIT_TEST(N1_certificate_of_another_host_gets_nothing);
    CPPUNIT_TEST(N1_certificate_of_unknown_authority_gets_nothing);
    CPPUNIT_TEST(N1_unchecked_certificate_only_when_told_so);
    CPPUNIT_TEST(P4_words_before_tls_count_for_nothing);
    CPPUNIT_TEST(P4_password_is_never_sent_in_the_clear);
    CPPUNIT_TEST(silent_server_is_left_after_the_timeout);
    CPPUNIT_TEST(silent_server_does_not_hold_up_the_stop);
    CPPUNIT_TEST(settings_that_cannot_work_are_named);
    CPPUNIT_TEST_SUITE_END();

public:
    void N1_mail_goes_over_starttls() {
        const Certificate certificate{"localhost"};
        SmtpServer server{certificate.flags("--starttls")};
        deliver_over(secured(server, SmtpSecurity::starttls, certificate), server);
    }

    void N1_mail_goes_over_smtps() {
        const Certificate certificate{"localhost"};
        SmtpServer server{certificate.flags("--smtps")};
        deliver_over(secured(server, SmtpSecurity::smtps, certificate), server);
    }

    void N1_auth_plain() {
        const Certificate certificate{"localhost"};
        SmtpServer server{plus(certificate.flags("--starttls"), {"--auth", "school:s3cret"})};
        deliver_over(with_login(secured(server, SmtpSecurity::starttls, certificate)), server);
    }

    void N1_auth_login_where_there_is_no_plain() {
        const Certificate certificate{"localhost"};
        SmtpServer server{plus(certificate.flags("--smtps"), {"--auth", "school:s3cret", "--login-only"})};
        const auto settings = with_login(secured(server, SmtpSecurity::smtps, certificate));
        Interruption interruption;
        const SmtpSession session{settings, interruption};
        CPPUNIT_ASSERT_EQUAL(std::string{"login LOGIN right"}, server.event());
    }

    void N1_wrong_password_is_told_without_it() {
        const Certificate certificate{"localhost"};
        SmtpServer server{plus(certificate.flags("--starttls"), {"--auth", "school:s3cret"})};
        const auto error = refusal(with_login(secured(server, SmtpSecurity::starttls, certificate), "wr0ng"));
        CPPUNIT_ASSERT(error.trouble() == MailTrouble::not_admitted);
        CPPUNIT_ASSERT_EQUAL(std::string{"login PLAIN wrong"}, server.event());
        CPPUNIT_ASSERT(holds(error.what(), "535") && !holds(error.what(), "wr0ng") && !holds(error.what(), "school"));
    }

    void N1_server_without_starttls_gets_nothing() {
        const Certificate certificate{"localhost"};
        const SmtpServer server;
        const auto error = refusal(secured(server, SmtpSecurity::starttls, certificate));
        CPPUNIT_ASSERT(error.trouble() == MailTrouble::insecure);
        CPPUNIT_ASSERT(holds(error.what(), "does not offer STARTTLS"));
    }

    void N1_certificate_of_another_host_gets_nothing() {
        const Certificate certificate{"mail.evil.example"};
        for (const auto& [flag, security] :
             {std::pair{"--starttls", SmtpSecurity::starttls}, std::pair{"--smtps", SmtpSecurity::smtps}}) {
            const SmtpServer server{certificate.flags(flag)};
            CPPUNIT_ASSERT(refusal(secured(server, security, certificate)).trouble() == MailTrouble::insecure);
        }
    }

    void N1_certificate_of_unknown_authority_gets_nothing() {
        const Certificate certificate{"localhost"};
        const Certificate trusted{"localhost"};
        const SmtpServer server{certificate.flags("--starttls")};
        const auto settings = secured(server, SmtpSecurity::starttls, trusted);
        CPPUNIT_ASSERT(refusal(settings).trouble() == MailTrouble::insecure);
    }

    void N1_unchecked_certificate_only_when_told_so() {
        const Certificate certificate{"mail.other.example"};
        SmtpServer server{certificate.flags("--starttls")};
        auto settings = secured(server, SmtpSecurity::starttls, certificate);
        settings.verify_certificate = false;
        deliver_over(settings, server);
    }

    void P4_words_before_tls_count_for_nothing() {
        const Certificate certificate{"localhost"};
        const SmtpServer server{plus(certificate.flags("--starttls"), {"--forge"})};
        const auto error = refusal(with_login(secured(server, SmtpSecurity::starttls, certificate)));
        CPPUNIT_ASSERT(error.trouble() == MailTrouble::insecure);
        CPPUNIT_ASSERT(holds(error.what(), "before TLS"));
    }

    void P4_password_is_never_sent_in_the_clear() {
        const auto settings = with_login(SmtpServer{}.settings());
        CPPUNIT_ASSERT_THROW(check(settings), std::invalid_argument);
    }

    void silent_server_is_left_after_the_timeout() {
        const SilentServer server;
        auto settings = server.settings();
        settings.timeout = seconds{1};
        const auto error = refusal(settings);
        CPPUNIT_ASSERT(error.trouble() == MailTrouble::unreachable);
        CPPUNIT_ASSERT(holds(error.what(), "does not answer in time"));
    }

    void silent_server_does_not_hold_up_the_stop() {
        SilentServer server;
        auto settings = server.settings();
        settings.timeout = minutes{10};
        Interruption interruption;
        const auto trouble = std::async(std::launch::async, [&] {
            try {
                const SmtpSession session{settings, interruption};
            } catch (const SmtpError& e) {
                return e.trouble();
            }
            return MailTrouble::busy;
        });
        server.accept();
        interruption.ask();
        CPPUNIT_ASSERT(trouble.wait_for(seconds{30}) == std::future_status::ready);
    }

    void settings_that_cannot_work_are_named() {
        const auto sentence = [](auto change) {
            auto settings = sample_settings();
            change(settings);
            try {
                check(settings);
            } catch (const std::invalid_argument& e) {
                return std::string{e.what()};
            }
            return std::string{};
        };
        CPPUNIT_ASSERT_EQUAL(std::string{}, sentence([](SmtpSettings&) {}));
        CPPUNIT_ASSERT(holds(sentence([](auto& s) { s.host.clear(); }), "host is missing"));
        CPPUNIT_ASSERT(holds(sentence([](auto& s) { s.host = "mail server"; }), "host name"));
        CPPUNIT_ASSERT(holds(sentence([](auto& s) { s.port = 0; }), "1 to 65535"));
        CPPUNIT_ASSERT(holds(sentence([](auto& s) { s.timeout = seconds{0}; }), "1 to 600 seconds"));
        CPPUNIT_ASSERT(holds(sentence([](auto& s) { s.from_address = "nobody"; }), "not an email address"));
        CPPUNIT_ASSERT(holds(sentence([](auto& s) { s.from_name = "A\nB"; }), "control characters"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpSessionTest);
