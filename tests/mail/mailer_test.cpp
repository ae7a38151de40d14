#include <cppunit/extensions/HelperMacros.h>

#include "mail/mail_house.h"
#include "mail/sample_mail.h"

using namespace parley;

/// The mailer, the store and a real mail server together.
class MailerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailerTest);
    CPPUNIT_TEST(M6_invite_reaches_the_guest_with_a_link_that_opens);
    CPPUNIT_TEST(M7_resent_invite_says_that_the_old_link_is_dead);
    CPPUNIT_TEST(M8_mail_of_a_removed_invite_is_not_sent);
    CPPUNIT_TEST(M10_confirmation_brings_the_parents_own_link);
    CPPUNIT_TEST(B7_cancellation_follows_the_confirmation);
    CPPUNIT_TEST(mail_written_before_the_start_goes_out);
    CPPUNIT_TEST(N1_refused_recipient_is_told_in_plain_words);
    CPPUNIT_TEST(N1_refused_message_fails);
    CPPUNIT_TEST(N1_deferred_mail_goes_out_later_with_the_same_id);
    CPPUNIT_TEST(N1_refused_sender_is_no_reason_to_give_up);
    CPPUNIT_TEST(N1_server_that_is_away_and_comes_back);
    CPPUNIT_TEST(N1_lost_message_is_sent_again);
    CPPUNIT_TEST(N1_lost_answer_gives_the_same_bytes_again);
    CPPUNIT_TEST(N1_given_up_after_three_days);
    CPPUNIT_TEST(closed_connection_is_opened_anew);
    CPPUNIT_TEST(N1_busy_server_gets_the_mail_later);
    CPPUNIT_TEST(many_mails_go_out_once_each);
    CPPUNIT_TEST(P3_log_holds_no_address_and_no_link);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto booking_time = [] { return SmallSchool::at(18, 10); };

    boost::json::object sent(SmtpServer& server, MailHouse& house) {
        house.mailer->wake();
        const auto mail = read_mail(server.mail());
        CPPUNIT_ASSERT(house.change().state == MailState::sent);
        return mail;
    }

    static std::string link_in(const boost::json::object& mail) {
        const std::string text = text_of(mail, "text");
        const auto from = text.find("https://");
        return text.substr(from, text.find('\n', from) - from);
    }

    static void ask_for_link(MailHouse& house) {
        CPPUNIT_ASSERT(house.school.write([&](Transaction& tx) {
            return request_sign_in(tx, house.school.key, "ann@families.example", house.clock.now());
        }));
        if (house.mailer) house.mailer->wake();
    }

public:
    void M6_invite_reaches_the_guest_with_a_link_that_opens() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        CPPUNIT_ASSERT(house.school.book(house.school.ann, house.school.mia, house.school.maths, booking_time()));
        const auto invite = house.school.invite(house.school.ann, house.school.guest_for({house.school.mia}));
        house.mailer->wake();
        auto mail = read_mail(server.mail());
        if (!holds(text_of(mail, "text"), "/guest#")) mail = read_mail(server.mail());
        CPPUNIT_ASSERT_EQUAL(std::string{"gus@guests.example"},
                             std::string{mail.at("to").as_object().at("address").as_string()});
        const std::string link = link_in(mail);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, link.find("https://parley.school.example/guest#"));
        const auto session = house.school.open(Secret{link.substr(link.find('#') + 1)});
        CPPUNIT_ASSERT(session && session->identity == (Identity{Role::guest, invite->id.value}));
        for (const char* part : {"Test School", "Mia", "Tess Times", "Monday 23 November 2026", "18:10–18:20",
                                 "Ann Abel", "for you alone", "Join"}) {
            CPPUNIT_ASSERT_MESSAGE(part, holds(text_of(mail, "text"), part));
            CPPUNIT_ASSERT_MESSAGE(part, holds(text_of(mail, "html_words"), part));
        }
    }

    void M7_resent_invite_says_that_the_old_link_is_dead() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        const auto invite = house.school.invite(house.school.ann, house.school.guest_for({house.school.mia}));
        const auto first = sent(server, house);
        CPPUNIT_ASSERT(!holds(text_of(first, "text"), "no longer works"));
        CPPUNIT_ASSERT(house.school.resend(house.school.ann, invite->id));
        const auto second = sent(server, house);
        CPPUNIT_ASSERT(holds(text_of(second, "text"), "no longer works"));
        CPPUNIT_ASSERT(link_in(first) != link_in(second));
    }

    void M8_mail_of_a_removed_invite_is_not_sent() {
        SmtpServer server;
        MailHouse house;
        const auto invite = house.school.invite(house.school.ann, house.school.guest_for({house.school.mia}));
        CPPUNIT_ASSERT(house.school.remove(house.school.ann, invite->id));
        ask_for_link(house);
        house.start(server.settings());
        const auto mail = read_mail(server.mail());
        CPPUNIT_ASSERT(holds(text_of(mail, "text"), "/in#"));
        house.change();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, server.all_mails().size());
    }

    void M10_confirmation_brings_the_parents_own_link() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        CPPUNIT_ASSERT(house.school.book(house.school.ann, house.school.mia, house.school.maths, booking_time()));
        const auto mail = sent(server, house);
        const std::string link = link_in(mail);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, link.find("https://parley.school.example/in#"));
        const auto session = house.school.open(Secret{link.substr(link.find('#') + 1)});
        CPPUNIT_ASSERT(session && session->identity == (Identity{Role::parent, house.school.ann.value}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mail.at("calendars").as_array().size());
    }

    void B7_cancellation_follows_the_confirmation() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        const auto booked = house.school.book(house.school.ann, house.school.mia, house.school.maths, booking_time());
        const auto first = sent(server, house);
        CPPUNIT_ASSERT(house.school.cancel(house.school.ann, booked->id));
        const auto second = sent(server, house);
        const auto property = [](const boost::json::object& mail, const char* name) {
            const auto& calendar = mail.at("calendars").as_array().at(0).as_object();
            return std::string{
                calendar.at("properties").as_object().at(name).as_array().at(0).as_object().at("value").as_string()};
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"REQUEST"}, property(first, "METHOD"));
        CPPUNIT_ASSERT_EQUAL(std::string{"CANCEL"}, property(second, "METHOD"));
        CPPUNIT_ASSERT_EQUAL(property(first, "UID"), property(second, "UID"));
        CPPUNIT_ASSERT(std::stoi(property(first, "SEQUENCE")) < std::stoi(property(second, "SEQUENCE")));
        CPPUNIT_ASSERT_EQUAL(std::string{"20261123T181000Z"}, property(second, "DTSTART"));
    }

    void mail_written_before_the_start_goes_out() {
        SmtpServer server;
        MailHouse house;
        ask_for_link(house);
        house.start(server.settings());
        CPPUNIT_ASSERT(holds(text_of(read_mail(server.mail()), "subject"), "sign-in link"));
    }

    void N1_refused_recipient_is_told_in_plain_words() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        server.next("rcpt 550 5.1.1 <gus@guests.example> unknown");
        const auto invite = house.school.invite(house.school.ann, house.school.guest_for({house.school.mia}));
        house.mailer->wake();
        const auto change = house.change();
        CPPUNIT_ASSERT(change.state == MailState::failed && change.invite == invite->id &&
                       change.person == house.school.ann);
        const std::string error = house.mail(change.id).last_error;
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, error.find("There is no mailbox with this address."));
        CPPUNIT_ASSERT(holds(error, "550 5.1.1"));
        house.later(std::chrono::hours{2});
        ask_for_link(house);
        CPPUNIT_ASSERT(house.change().id != change.id);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, server.all_mails().size());
    }

    void N1_refused_message_fails() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        server.next("data 554 5.6.0 not like this");
        ask_for_link(house);
        const auto change = house.change();
        CPPUNIT_ASSERT(change.state == MailState::failed);
        CPPUNIT_ASSERT(holds(house.mail(change.id).last_error, "refuses this email"));
    }

    void N1_deferred_mail_goes_out_later_with_the_same_id() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        server.next("rcpt 451 4.7.1 greylisted, come back later");
        ask_for_link(house);
        const auto change = house.change();
        CPPUNIT_ASSERT(change.state == MailState::queued);
        CPPUNIT_ASSERT(holds(house.mail(change.id).last_error, "asks to wait"));
        house.later(seconds{31});
        const auto mail = read_mail(server.mail());
        CPPUNIT_ASSERT_EQUAL("<" + house.mail(change.id).message_id + ">", text_of(mail, "message_id"));
        CPPUNIT_ASSERT(house.change().state == MailState::sent);
        CPPUNIT_ASSERT_EQUAL(2, house.mail(change.id).attempts);
    }

    void N1_refused_sender_is_no_reason_to_give_up() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        server.next("mail 553 5.1.8 who are you");
        ask_for_link(house);
        CPPUNIT_ASSERT(house.change().state == MailState::queued);
    }

    void N1_server_that_is_away_and_comes_back() {
        auto server = std::make_unique<SmtpServer>();
        const auto settings = server->settings();
        server.reset();
        MailHouse house;
        house.start(settings);
        ask_for_link(house);
        const auto change = house.change();
        CPPUNIT_ASSERT(change.state == MailState::queued);
        CPPUNIT_ASSERT(holds(house.mail(change.id).last_error, "cannot be reached"));
        for (int hour = 0; hour < 24; ++hour) {
            house.later(std::chrono::hours{1});
            CPPUNIT_ASSERT(house.change().state == MailState::queued);
        }
        server = std::make_unique<SmtpServer>(std::vector<std::string>{}, settings.port);
        house.later(std::chrono::hours{1});
        CPPUNIT_ASSERT_EQUAL("<" + house.mail(change.id).message_id + ">",
                             text_of(read_mail(server->mail()), "message_id"));
        CPPUNIT_ASSERT(house.change().state == MailState::sent);
    }

    void N1_lost_message_is_sent_again() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        server.next("drop-untaken");
        ask_for_link(house);
        CPPUNIT_ASSERT(house.change().state == MailState::queued);
        house.later(seconds{31});
        CPPUNIT_ASSERT(house.change().state == MailState::sent);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, server.all_mails().size());
    }

    void N1_lost_answer_gives_the_same_bytes_again() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        server.next("drop-taken");
        ask_for_link(house);
        CPPUNIT_ASSERT(house.change().state == MailState::queued);
        house.later(seconds{31});
        CPPUNIT_ASSERT(house.change().state == MailState::sent);
        const auto first = server.mail();
        const auto second = server.mail();
        CPPUNIT_ASSERT(read_mail(first).at("message_id") == read_mail(second).at("message_id"));
        CPPUNIT_ASSERT_EQUAL(output_of({"cat", first.string()}), output_of({"cat", second.string()}));
    }

    void N1_given_up_after_three_days() {
        auto server = std::make_unique<SmtpServer>();
        const auto settings = server->settings();
        server.reset();
        MailHouse house;
        house.start(settings);
        ask_for_link(house);
        CPPUNIT_ASSERT(house.change().state == MailState::queued);
        house.later(give_up_after);
        CPPUNIT_ASSERT(house.change().state == MailState::failed);
    }

    void closed_connection_is_opened_anew() {
        SmtpServer server;
        MailHouse house;
        for (int i = 0; i < 3; ++i) ask_for_link(house);
        server.next("drop-after");
        house.start(server.settings());
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(house.change().state == MailState::sent);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, server.all_mails().size());
    }

    void N1_busy_server_gets_the_mail_later() {
        SmtpServer server;
        MailHouse house;
        ask_for_link(house);
        server.next("mail 421 enough");
        house.start(server.settings());
        CPPUNIT_ASSERT(house.change().state == MailState::queued);
        house.later(seconds{31});
        CPPUNIT_ASSERT(house.change().state == MailState::sent);
    }

    void many_mails_go_out_once_each() {
        SmtpServer server;
        MailHouse house;
        house.school.write([&](Transaction& tx) {
            for (int i = 0; i < 40; ++i) {
                auto mail = sample_mail(MailKind::sign_in);
                mail.message_id = std::to_string(i) + "@school.example";
                mail.created_at = house.clock.now();
                tx.outbox.insert(mail);
            }
            return Done{};
        });
        house.start(server.settings());
        for (int i = 0; i < 40; ++i) CPPUNIT_ASSERT(house.change().state == MailState::sent);
        CPPUNIT_ASSERT_EQUAL(std::size_t{40}, server.all_mails().size());
    }

    void P3_log_holds_no_address_and_no_link() {
        SmtpServer server;
        MailHouse house;
        house.start(server.settings());
        server.next("rcpt 550 5.1.1 <ann@families.example> unknown");
        ask_for_link(house);
        house.change();
        CPPUNIT_ASSERT(holds(house.log.all(), "no_such_mailbox"));
        CPPUNIT_ASSERT(!holds(house.log.all(), "families.example"));
        CPPUNIT_ASSERT(!holds(house.log.all(), "#"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailerTest);
