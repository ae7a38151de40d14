#include <cppunit/extensions/HelperMacros.h>

#include "domain/mail_facts.h"
#include "domain/text_rules.h"
#include "support/small_school.h"

using namespace parley;

/// The durable outbox: what is sent when, what is tried again, what is given up (N1).
class OutboxTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutboxTest);
    CPPUNIT_TEST(N1_a_mail_is_taken_once);
    CPPUNIT_TEST(N1_an_interrupted_mail_goes_out_again_under_the_same_message_id);
    CPPUNIT_TEST(N1_a_deferred_mail_waits_for_its_time);
    CPPUNIT_TEST(N1_the_waits_grow_and_end_after_three_days);
    CPPUNIT_TEST(N1_a_refused_mail_is_not_tried_again);
    CPPUNIT_TEST(N1_a_sent_mail_stays_sent);
    CPPUNIT_TEST(N1_a_given_up_mail_has_failed);
    CPPUNIT_TEST(a_long_reason_is_cut_between_characters);
    CPPUNIT_TEST(N1_the_longest_due_comes_first_and_no_more_than_asked);
    CPPUNIT_TEST(M8_a_mail_that_was_under_way_when_its_invite_was_removed_is_withdrawn);
    CPPUNIT_TEST(facts_survive_the_database);
    CPPUNIT_TEST(unreadable_facts_are_breakage);
    CPPUNIT_TEST_SUITE_END();

    SmallSchool school_;

    OutboxMail queued() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        return school_.take_mail().at(0);
    }
    MailState defer(MailId id, std::string_view error = "450 try later") {
        return school_.write([&](Transaction& tx) { return mail_deferred(tx, id, error, school_.now); });
    }
    int recover() {
        return school_.write([&](Transaction& tx) { return recover_interrupted_mail(tx, school_.now); });
    }
    void sent(MailId id) {
        school_.write([&](Transaction& tx) {
            mail_sent(tx, id, school_.now);
            return Done{};
        });
    }
    std::optional<Instant> next_due() {
        return school_.read([](Transaction& tx) { return next_mail_due(tx); });
    }

public:
    void N1_a_mail_is_taken_once() {
        const auto mail = queued();
        CPPUNIT_ASSERT(mail.state == MailState::sending && mail.attempts == 1);
        CPPUNIT_ASSERT(school_.take_mail().empty());
        CPPUNIT_ASSERT(!next_due());
    }

    void N1_an_interrupted_mail_goes_out_again_under_the_same_message_id() {
        const auto mail = queued();
        CPPUNIT_ASSERT_EQUAL(1, recover());
        const auto again = school_.take_mail();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, again.size());
        CPPUNIT_ASSERT_EQUAL(mail.message_id, again.at(0).message_id);
        CPPUNIT_ASSERT(again.at(0).mail_link->name == mail.mail_link->name && again.at(0).attempts == 2);
        sent(mail.id);
        CPPUNIT_ASSERT_EQUAL(0, recover());
    }

    void N1_a_deferred_mail_waits_for_its_time() {
        const auto mail = queued();
        CPPUNIT_ASSERT(defer(mail.id) == MailState::queued);
        CPPUNIT_ASSERT(next_due() == school_.now + seconds{30});
        CPPUNIT_ASSERT(school_.take_mail().empty());
        school_.now += seconds{30};
        CPPUNIT_ASSERT_EQUAL(std::string{"450 try later"}, school_.take_mail().at(0).last_error);
    }

    void N1_the_waits_grow_and_end_after_three_days() {
        const Instant start = school_.now;
        const auto wait = [&](int attempts) { return *next_attempt(attempts, start, start) - start; };
        CPPUNIT_ASSERT(wait(1) == seconds{30} && wait(2) == minutes{2} && wait(3) == minutes{10});
        CPPUNIT_ASSERT(wait(4) == minutes{30} && wait(5) == std::chrono::hours{1} &&
                       wait(1000) == std::chrono::hours{1});
        CPPUNIT_ASSERT(wait(0) == seconds{30} && wait(-7) == seconds{30});
        CPPUNIT_ASSERT(next_attempt(50, start, start + std::chrono::hours{71}));
        CPPUNIT_ASSERT(!next_attempt(50, start, start + std::chrono::hours{71} + seconds{1}));
    }

    void N1_a_refused_mail_is_not_tried_again() {
        const auto mail = queued();
        school_.write([&](Transaction& tx) {
            mail_refused(tx, mail.id, "550 no such mailbox", school_.now);
            return Done{};
        });
        school_.now += std::chrono::hours{1};
        CPPUNIT_ASSERT(school_.take_mail().empty());
        CPPUNIT_ASSERT(school_.mail(mail.id).state == MailState::failed);
        const auto failed = school_.read([](Transaction& tx) { return tx.outbox.failed(10); });
        CPPUNIT_ASSERT(failed.size() == 1 && failed.front().id == mail.id);
    }

    void N1_a_sent_mail_stays_sent() {
        const auto mail = queued();
        sent(mail.id);
        CPPUNIT_ASSERT(defer(mail.id) == MailState::sent);
        CPPUNIT_ASSERT_EQUAL(0, recover());
        CPPUNIT_ASSERT(school_.mail(mail.id).state == MailState::sent);
        CPPUNIT_ASSERT(school_.take_mail().empty());
    }

    void N1_a_given_up_mail_has_failed() {
        const auto mail = queued();
        school_.now += give_up_after;
        std::string long_error;
        for (int i = 0; i < 400; ++i) long_error += "é";
        CPPUNIT_ASSERT(defer(mail.id, long_error) == MailState::failed);
        const auto kept = school_.mail(mail.id).last_error;
        CPPUNIT_ASSERT(kept.size() <= 500 && long_error.starts_with(kept));
        CPPUNIT_ASSERT(!next_due());
    }

    void a_long_reason_is_cut_between_characters() {
        const auto mail = queued();
        for (const std::string character : {"é", "€", "😀"}) {
            for (std::size_t before = 0; before < character.size(); ++before) {
                std::string reason(before, 'x');
                while (reason.size() < 500) reason += character;
                school_.write([&](Transaction& tx) {
                    tx.outbox.set_sending(mail.id, school_.now);
                    return mail_deferred(tx, mail.id, reason, school_.now);
                });
                const auto kept = school_.mail(mail.id).last_error;
                CPPUNIT_ASSERT_MESSAGE(reason, character_count(kept).has_value() && reason.starts_with(kept));
                CPPUNIT_ASSERT(kept.size() <= 500 && kept.size() > 500 - character.size());
            }
        }
    }

    void N1_the_longest_due_comes_first_and_no_more_than_asked() {
        for (int i = 0; i < 3; ++i) {
            school_.now += seconds{1};
            CPPUNIT_ASSERT(school_.book(school_.ann, i == 0 ? school_.mia : school_.leo,
                                        i == 2 ? school_.french : school_.maths, SmallSchool::at(18 + i, 0)));
        }
        const auto first = school_.take_mail(2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, first.size());
        CPPUNIT_ASSERT(first.at(0).created_at < first.at(1).created_at);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, school_.take_mail(2).size());
        CPPUNIT_ASSERT(school_.take_mail(-1).empty());
    }

    void M8_a_mail_that_was_under_way_when_its_invite_was_removed_is_withdrawn() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        const auto mail = school_.take_mail().at(0);
        CPPUNIT_ASSERT(school_.remove(school_.ann, invite->id));
        defer(mail.id);
        school_.now += minutes{1};
        CPPUNIT_ASSERT(school_.take_mail().empty());
        CPPUNIT_ASSERT(school_.mail(mail.id).state == MailState::withdrawn);
    }

    void facts_survive_the_database() {
        MailFacts facts;
        facts.school = "Zoë \"Zo\" Müller-Łukasz\r\n\u202E\\";
        facts.students = {"", "😀"};
        facts.evening_starts_at = SmallSchool::at(18, 0) + milliseconds{7};
        facts.appointments = {{"uid",
                               3,
                               "Mia",
                               {"A", "B"},
                               "Maths",
                               SmallSchool::at(18, 0),
                               SmallSchool::at(18, 10),
                               Mode::telephone,
                               "Room"}};
        facts.resent = true;
        CPPUNIT_ASSERT(mail_facts_from_json(to_json(facts)) == facts);
        CPPUNIT_ASSERT(mail_facts_from_json(to_json(MailFacts{})) == MailFacts{});
    }

    void unreadable_facts_are_breakage() {
        for (const char* text : {"", "[]", "{}", "{\"school\":1}", "nonsense"}) {
            CPPUNIT_ASSERT_THROW(mail_facts_from_json(text), std::runtime_error);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OutboxTest);
