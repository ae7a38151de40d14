#include "mail/message.h"

#include <cppunit/extensions/HelperMacros.h>

#include "mail/interruption.h"
#include "mail/sample_mail.h"
#include "mail/smtp_session.h"

using namespace parley;

namespace {

const std::vector<std::string> awkward_names{
    "Zoë \"Zo\" Müller-Łukasz",
    "Anne-Marie O'Neill, Dr. (\"Ann\")",
    "👩🏽‍🏫 Ms. Emoji 🎉",
    "שרה כהן",
    "محمد الأمين",
    "Sara שרה (محمد) 3",
    "<script>alert('x')</script>",
    "\"><img src=x onerror=alert(1)>&amp;",
    "Ann <ann@evil.example>, Bob",
    "ann@evil.example",
    "undisclosed: a, b;",
    "back\\slash \\\" quote",
    "=?utf-8?Q?=0D=0ABcc:_evil=40evil.example?=",
    "Ann =?utf-8?B?PHNjcmlwdD4=?= Abel",
    "{{school}} {{evening}}",
    ".",
    "名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前 名前",
};

/// In headers: what would be an RFC 2047 word is none.
std::string in_header(std::string name) {
    for (auto at = name.find("=?"); at != std::string::npos; at = name.find("=?")) name.insert(at + 1, " ");
    return name;
}

std::string name_of(const boost::json::object& mail, const char* header) {
    return std::string{mail.at(header).as_object().at("name").as_string()};
}

std::string address_in(const boost::json::object& mail, const char* header) {
    const auto& address = mail.at(header).as_object();
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, address.at("count").as_int64());
    return std::string{address.at("address").as_string()};
}

/// Every text of the mail that comes from people.
NewMail named(MailKind kind, const std::string& name) {
    auto mail = sample_mail(kind);
    mail.to_name = mail.facts.school = mail.facts.evening = mail.facts.parent = name;
    for (auto& student : mail.facts.students) student = name;
    for (auto& appointment : mail.facts.appointments) {
        appointment.student = appointment.class_name = appointment.room = name;
        appointment.teachers = {name, name};
        appointment.mode = Mode::in_person;
    }
    return mail;
}

MailTrouble trouble_with(const NewMail& mail) {
    try {
        built(mail);
    } catch (const Unmailable& e) {
        return e.trouble();
    }
    CPPUNIT_FAIL("it was built");
    return {};
}

}  // namespace

/// What a mail program reads out of our bytes, whatever people are called.
class MessageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MessageTest);
    CPPUNIT_TEST(every_kind_is_a_sound_message);
    CPPUNIT_TEST(P4_no_name_injects_a_header_or_html);
    CPPUNIT_TEST(B7_no_name_breaks_the_calendar_entry);
    CPPUNIT_TEST(P4_line_breaks_and_direction_overrides_are_refused);
    CPPUNIT_TEST(P4_no_address_injects_a_command);
    CPPUNIT_TEST(domain_in_any_script_goes_out_in_ascii);
    CPPUNIT_TEST(local_part_in_any_script_needs_smtputf8);
    CPPUNIT_TEST(N1_same_mail_gives_the_same_bytes);
    CPPUNIT_TEST(lines_that_begin_with_dots_arrive);
    CPPUNIT_TEST(P3_calendar_entry_holds_no_link);
    CPPUNIT_TEST_SUITE_END();

    static void check_sound(const std::string& what, const boost::json::object& mail) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string{"[]"}, boost::json::serialize(mail.at("defects")));
        CPPUNIT_ASSERT_MESSAGE(what, mail.at("ascii").as_bool() && !mail.at("bare_line_ends").as_bool());
        // RFC 5322 2.1.1: 78 is what it should be; a word that cannot be folded may be longer.
        CPPUNIT_ASSERT_MESSAGE(what, mail.at("longest_line").as_int64() <= 100);
        CPPUNIT_ASSERT_MESSAGE(what, mail.at("html_balanced").as_bool());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            what,
            std::string{R"(["auto-submitted","content-language","content-type","date","from","message-id",)"
                        R"("mime-version","reply-to","subject","to"])"},
            boost::json::serialize(mail.at("headers")));
    }

public:
    void every_kind_is_a_sound_message() {
        for (const auto kind : all_mail_kinds) {
            const auto mail = read_bytes(built(sample_mail(kind)).bytes);
            check_sound(to_text(kind), mail);
            const bool booking = kind == MailKind::booking_confirmation || kind == MailKind::booking_cancelled;
            CPPUNIT_ASSERT_EQUAL(
                std::string{
                    booking ? R"(["multipart/mixed","multipart/alternative","text/plain","text/html","text/calendar"])"
                            : R"(["multipart/alternative","text/plain","text/html"])"},
                boost::json::serialize(mail.at("types")));
            CPPUNIT_ASSERT_EQUAL(std::string{R"(["utf-8"])"}, boost::json::serialize(mail.at("charsets")));
            CPPUNIT_ASSERT_EQUAL(std::string{"auto-generated"}, text_of(mail, "auto_submitted"));
            CPPUNIT_ASSERT_EQUAL(std::string{"en"}, text_of(mail, "language"));
            CPPUNIT_ASSERT_EQUAL(std::string{"2026-11-20T09:30:00+00:00"}, text_of(mail, "date"));
            CPPUNIT_ASSERT_EQUAL(std::string{"<0123456789abcdef0123456789abcdef@school.example>"},
                                 text_of(mail, "message_id"));
            CPPUNIT_ASSERT_EQUAL(std::string{"ann@families.example"}, address_in(mail, "to"));
            CPPUNIT_ASSERT_EQUAL(std::string{"parley@school.example"}, address_in(mail, "from"));
            CPPUNIT_ASSERT_EQUAL(std::string{"office@school.example"}, address_in(mail, "reply_to"));
        }
    }

    void P4_no_name_injects_a_header_or_html() {
        const auto plain = read_bytes(built(named(MailKind::guest_invite, "Ann")).bytes);
        for (const auto& name : awkward_names) {
            const auto mail = read_bytes(built(named(MailKind::guest_invite, name)).bytes);
            check_sound(name, mail);
            for (const char* header : {"to", "from", "reply_to"})
                CPPUNIT_ASSERT_EQUAL(in_header(name), name_of(mail, header));
            CPPUNIT_ASSERT_EQUAL(std::string{"ann@families.example"}, address_in(mail, "to"));
            CPPUNIT_ASSERT_EQUAL(std::string{"parley@school.example"}, address_in(mail, "from"));
            CPPUNIT_ASSERT_EQUAL(in_header(name + " invites you to " + name + " at " + name), text_of(mail, "subject"));
            CPPUNIT_ASSERT_EQUAL(plain.at("html_tags"), mail.at("html_tags"));
            CPPUNIT_ASSERT_EQUAL(plain.at("html_links"), mail.at("html_links"));
            CPPUNIT_ASSERT_MESSAGE(name, holds(text_of(mail, "html_words"), name));
            CPPUNIT_ASSERT_MESSAGE(name, holds(text_of(mail, "text"), name));
        }
    }

    void B7_no_name_breaks_the_calendar_entry() {
        for (const auto& name : awkward_names) {
            const auto mail = read_bytes(built(named(MailKind::booking_confirmation, name)).bytes);
            check_sound(name, mail);
            const auto& calendar = mail.at("calendars").as_array().at(0).as_object();
            CPPUNIT_ASSERT_MESSAGE(name, calendar.at("well_ended").as_bool());
            CPPUNIT_ASSERT_MESSAGE(name, calendar.at("longest").as_int64() <= 75);
            CPPUNIT_ASSERT_EQUAL(name + ": " + name + " with " + name + " and " + name,
                                 text_of(calendar_property(mail, "SUMMARY"), "value"));
            CPPUNIT_ASSERT_EQUAL(name, text_of(calendar_property(mail, "LOCATION"), "value"));
            CPPUNIT_ASSERT_EQUAL(std::string{"mailto:ann@families.example"},
                                 text_of(calendar_property(mail, "ATTENDEE"), "value"));
            std::string without_quotes = name;
            std::replace(without_quotes.begin(), without_quotes.end(), '"', '\'');
            CPPUNIT_ASSERT_EQUAL(without_quotes,
                                 text_of(calendar_property(mail, "ATTENDEE").at("parameters").as_object(), "CN"));
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, calendar.at("properties").as_object().at("BEGIN").as_array().size());
        }
    }

    void P4_line_breaks_and_direction_overrides_are_refused() {
        for (const std::string bad : {"\r\nBcc: x@evil.example", "\n", "\r", "\v", "\x1b[2J", "\x7f", "\u0085",
                                      "\u2028", "\u2029", "\u202e", "\u202a", "\u2066", "\u2069", "\xff", "\xc0\x8a"}) {
            const auto refused = [&](auto change) {
                auto mail = sample_mail(MailKind::booking_confirmation);
                change(mail, "Ann" + bad + "Abel");
                CPPUNIT_ASSERT(trouble_with(mail) == MailTrouble::bad_text);
            };
            refused([](NewMail& mail, const std::string& text) { mail.to_name = text; });
            refused([](NewMail& mail, const std::string& text) { mail.message_id = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.school = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.evening = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.parent = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.students.front() = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.appointments.front().student = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.appointments.front().class_name = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.appointments.front().room = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.appointments.front().uid = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.appointments.front().teachers[1] = text; });
            refused([](NewMail& mail, const std::string& text) { mail.facts.contact_email = text; });
        }
    }

    void P4_no_address_injects_a_command() {
        for (const std::string bad : {"",
                                      "ann",
                                      "@school.example",
                                      "ann@",
                                      "ann@@school.example",
                                      "a@b@school.example",
                                      "ann@school.example\r\nRCPT TO:<x@evil.example>",
                                      "ann@school.example>\r\nDATA",
                                      "ann@school.example> SIZE=1",
                                      "<ann@school.example>",
                                      "ann abel@school.example",
                                      "\"ann\"@school.example",
                                      "ann@school.example,b@x.example",
                                      "ann@[127.0.0.1]",
                                      "ann;x@school.example",
                                      "ann@school..example",
                                      ".ann@school.example",
                                      "ann.@school.example",
                                      "ann@school.example\n",
                                      "ann@sch ool.example",
                                      "ann@\u2028school.example",
                                      "ann\u00a0x@school.example",
                                      "\u202eann@school.example",
                                      "ann@school.example\u202c"}) {
            auto mail = sample_mail(MailKind::sign_in);
            mail.to_email = bad;
            CPPUNIT_ASSERT_MESSAGE(bad, !to_smtp_address(bad));
            CPPUNIT_ASSERT_MESSAGE(bad, trouble_with(mail) == MailTrouble::bad_address);
        }
        CPPUNIT_ASSERT(!to_smtp_address(std::string(65, 'a') + "@school.example"));
        CPPUNIT_ASSERT(!to_smtp_address("ann@" + std::string(300, 'a') + ".example"));
    }

    void domain_in_any_script_goes_out_in_ascii() {
        const auto ascii = [](const char* address) { return to_smtp_address(address).value().text; };
        CPPUNIT_ASSERT_EQUAL(std::string{"ann@xn--mnchen-3ya.example"}, ascii("ann@münchen.example"));
        // IDNA 2008: never "strasse", which is somebody else's.
        CPPUNIT_ASSERT_EQUAL(std::string{"ann@xn--strae-oqa.example"}, ascii("ann@straße.example"));
        CPPUNIT_ASSERT_EQUAL(std::string{"ann@xn--mgbh0fb.xn--kgbechtv"}, ascii("ann@مثال.إختبار"));
        CPPUNIT_ASSERT_EQUAL(std::string{"O'Neill+x@School.example"}, ascii("O'Neill+x@School.example"));
        auto mail = sample_mail(MailKind::sign_in);
        mail.to_email = "ann@MÜNCHEN.example";
        const auto message = built(mail);
        CPPUNIT_ASSERT_EQUAL(std::string{"ann@xn--mnchen-3ya.example"}, message.envelope.to.text);
        CPPUNIT_ASSERT(!message.envelope.to.needs_smtputf8);
        CPPUNIT_ASSERT_EQUAL(std::string{"ann@xn--mnchen-3ya.example"}, address_in(read_bytes(message.bytes), "to"));
    }

    void local_part_in_any_script_needs_smtputf8() {
        auto mail = sample_mail(MailKind::sign_in);
        mail.to_email = "zoë@münchen.example";
        const auto message = built(mail);
        CPPUNIT_ASSERT(message.envelope.to.needs_smtputf8);
        CPPUNIT_ASSERT_EQUAL(std::string{"zoë@xn--mnchen-3ya.example"}, message.envelope.to.text);
        CPPUNIT_ASSERT(holds(message.bytes, "<zoë@xn--mnchen-3ya.example>\r\n"));
        Interruption interruption;
        SmtpServer old;
        const auto settings = old.settings();
        const auto refused = SmtpSession{settings, interruption}.deliver(message.envelope, message.bytes);
        CPPUNIT_ASSERT(refused.verdict == Verdict::refused && refused.trouble == MailTrouble::no_smtputf8);
        SmtpServer able{{"--smtputf8"}};
        const auto able_settings = able.settings();
        const auto sent = SmtpSession{able_settings, interruption}.deliver(message.envelope, message.bytes);
        CPPUNIT_ASSERT(sent.verdict == Verdict::sent);
        CPPUNIT_ASSERT_EQUAL(message.bytes, output_of({"cat", able.mail().string()}));
    }

    void N1_same_mail_gives_the_same_bytes() {
        for (const auto kind : all_mail_kinds)
            CPPUNIT_ASSERT_EQUAL(built(sample_mail(kind)).bytes, built(sample_mail(kind)).bytes);
    }

    void lines_that_begin_with_dots_arrive() {
        CPPUNIT_ASSERT_EQUAL(std::string{"..\r\n...a\r\n b.\r\n.\r\n"}, dot_stuffed(".\r\n..a\r\n b."));
        auto mail = sample_mail(MailKind::sign_in);
        mail.facts.school = ".";
        const auto message = built(mail);
        SmtpServer server;
        Interruption interruption;
        const auto settings = server.settings();
        CPPUNIT_ASSERT(SmtpSession(settings, interruption).deliver(message.envelope, message.bytes).verdict ==
                       Verdict::sent);
        CPPUNIT_ASSERT_EQUAL(message.bytes, output_of({"cat", server.mail().string()}));
    }

    void P3_calendar_entry_holds_no_link() {
        const auto mail = read_bytes(built(sample_mail(MailKind::booking_confirmation)).bytes);
        CPPUNIT_ASSERT(!holds(boost::json::serialize(mail.at("calendars")), "https"));
        CPPUNIT_ASSERT_EQUAL(std::string{"20261123T181000Z"}, text_of(calendar_property(mail, "DTSTART"), "value"));
        CPPUNIT_ASSERT_EQUAL(std::string{"20261123T182000Z"}, text_of(calendar_property(mail, "DTEND"), "value"));
        CPPUNIT_ASSERT_EQUAL(std::string{"20261120T093000Z"}, text_of(calendar_property(mail, "DTSTAMP"), "value"));
        CPPUNIT_ASSERT_EQUAL(std::string{"uid-1@parley"}, text_of(calendar_property(mail, "UID"), "value"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MessageTest);
