#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <iterator>

#include "support/small_school.h"

using namespace parley;

/// What a link opens, for how long, and whose session it is.
class LinksTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LinksTest);
    CPPUNIT_TEST(M10_the_parents_confirmation_carries_their_own_link);
    CPPUNIT_TEST(M10_all_confirmations_of_an_evening_carry_the_same_link);
    CPPUNIT_TEST(P1_the_database_holds_no_token);
    CPPUNIT_TEST(P1_a_link_can_be_derived_again);
    CPPUNIT_TEST(P1_links_of_a_lost_key_are_switched_off);
    CPPUNIT_TEST(M7_an_invite_whose_mail_carried_such_a_link_asks_to_be_sent_again);
    CPPUNIT_TEST(P2_a_guest_link_makes_a_guest);
    CPPUNIT_TEST(refuses_an_unknown_link);
    CPPUNIT_TEST(refuses_an_expired_link);
    CPPUNIT_TEST(evening_links_last_until_twelve_hours_after_it);
    CPPUNIT_TEST(sessions_end_with_their_link);
    CPPUNIT_TEST(a_requested_link_lasts_half_an_hour);
    CPPUNIT_TEST(a_requested_link_never_tells_who_is_known);
    CPPUNIT_TEST(a_requested_link_comes_for_teachers_and_administrators);
    CPPUNIT_TEST(a_requested_link_is_not_mailed_without_end);
    CPPUNIT_TEST(a_requested_link_needs_an_address);
    CPPUNIT_TEST(signing_out_ends_one_session);
    CPPUNIT_TEST(a_link_keeps_a_bounded_number_of_sessions);
    CPPUNIT_TEST(expired_links_are_forgotten_later);
    CPPUNIT_TEST(opening_a_guest_link_is_noted);
    CPPUNIT_TEST_SUITE_END();

    SmallSchool school_;

    Outcome<Done> request(const std::string& email) {
        return school_.write([&](Transaction& tx) { return request_sign_in(tx, school_.key, email, school_.now); });
    }

    Secret link_of(PersonId person) {
        return school_.write([&](Transaction& tx) {
            return link_token(school_.key,
                              evening_sign_in_link(tx, school_.key, person, school_.evening, school_.now).name);
        });
    }

public:
    void M10_the_parents_confirmation_carries_their_own_link() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        const auto session = school_.open(school_.newest_link());
        CPPUNIT_ASSERT(session && session->identity == (Identity{Role::parent, school_.ann.value}));
    }

    void M10_all_confirmations_of_an_evening_carry_the_same_link() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.leo, school_.maths, SmallSchool::at(18, 30)));
        const auto mails = school_.take_mail();
        CPPUNIT_ASSERT(mails.at(0).mail_link->name == mails.at(1).mail_link->name);
    }

    void P1_the_database_holds_no_token() {
        const Secret token = link_of(school_.ann);
        const auto session = school_.open(token);
        CPPUNIT_ASSERT(token.reveal().size() == 43 && session->token.reveal().size() == 43);
        for (const auto& entry : std::filesystem::directory_iterator{school_.folder.path()}) {
            std::ifstream file{entry.path(), std::ios::binary};
            const std::string content{std::istreambuf_iterator<char>{file}, {}};
            CPPUNIT_ASSERT(content.find(token.reveal()) == std::string::npos);
            CPPUNIT_ASSERT(content.find(session->token.reveal()) == std::string::npos);
        }
    }

    void P1_a_link_can_be_derived_again() {
        CPPUNIT_ASSERT(link_of(school_.ann).reveal() == link_of(school_.ann).reveal());
        CPPUNIT_ASSERT(link_of(school_.ann).reveal() != link_of(school_.ben).reveal());
        LinkKey other;
        CPPUNIT_ASSERT(link_token(other, "name").reveal() != link_token(school_.key, "name").reveal());
    }

    void P1_links_of_a_lost_key_are_switched_off() {
        const auto revoke = [this] {
            return school_.write(
                [&](Transaction& tx) { return revoke_links_of_another_key(tx, school_.key, school_.now); });
        };
        CPPUNIT_ASSERT_EQUAL(0, revoke());
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        const Secret of_guest = school_.newest_link();
        const Secret of_ann = link_of(school_.ann);
        const auto session = school_.open(of_ann);
        CPPUNIT_ASSERT_EQUAL(0, revoke());
        CPPUNIT_ASSERT(school_.who_is(session->token));

        school_.key = LinkKey{{9, 9, 9}};
        CPPUNIT_ASSERT_EQUAL(2, revoke());
        CPPUNIT_ASSERT_EQUAL(0, revoke());
        CPPUNIT_ASSERT(school_.open(of_ann).refusal() == Refusal::link_removed);
        CPPUNIT_ASSERT(school_.open(of_guest).refusal() == Refusal::link_removed);
        CPPUNIT_ASSERT(school_.who_is(session->token).refusal() == Refusal::not_signed_in);
        CPPUNIT_ASSERT(school_.open(link_of(school_.ann)));
        CPPUNIT_ASSERT_EQUAL(0, revoke());
    }

    void M7_an_invite_whose_mail_carried_such_a_link_asks_to_be_sent_again() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        school_.key = LinkKey{{9, 9, 9}};
        school_.write([&](Transaction& tx) { return revoke_links_of_another_key(tx, school_.key, school_.now); });
        CPPUNIT_ASSERT(school_.take_mail().empty());
        const auto state = [&] {
            return school_.read([&](Transaction& tx) { return tx.invites.find(invite->id).value().mail.state; });
        };
        CPPUNIT_ASSERT(state() == MailState::failed);
        CPPUNIT_ASSERT(school_.resend(school_.ann, invite->id));
        CPPUNIT_ASSERT(state() == MailState::queued);
        CPPUNIT_ASSERT(school_.open(school_.newest_link()));
    }

    void P2_a_guest_link_makes_a_guest() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        const auto session = school_.open(school_.newest_link());
        const auto identity = school_.who_is(session->token);
        CPPUNIT_ASSERT(identity && *identity == (Identity{Role::guest, invite->id.value}));
    }

    void refuses_an_unknown_link() {
        CPPUNIT_ASSERT_EQUAL(Refusal::link_unknown, school_.open(Secret{}).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::link_unknown, school_.open(random_token()).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::link_unknown, school_.open(Secret{std::string(100000, 'x')}).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_signed_in, school_.who_is(Secret{}).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_signed_in, school_.who_is(random_token()).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_signed_in, school_.who_is(Secret{std::string(100000, 'x')}).refusal());
    }

    void refuses_an_expired_link() {
        const Secret link = link_of(school_.ann);
        school_.now = SmallSchool::at(21, 0) + evening_afterglow;
        CPPUNIT_ASSERT_EQUAL(Refusal::link_expired, school_.open(link).refusal());
    }

    void evening_links_last_until_twelve_hours_after_it() {
        const Secret link = link_of(school_.ann);
        school_.now = SmallSchool::at(21, 0) + evening_afterglow - seconds{1};
        CPPUNIT_ASSERT(school_.open(link));
    }

    void sessions_end_with_their_link() {
        const auto session = school_.open(link_of(school_.ann));
        CPPUNIT_ASSERT(school_.who_is(session->token));
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(21, 0) + evening_afterglow, session->expires_at);
        school_.now = session->expires_at;
        CPPUNIT_ASSERT_EQUAL(Refusal::not_signed_in, school_.who_is(session->token).refusal());
    }

    void a_requested_link_lasts_half_an_hour() {
        CPPUNIT_ASSERT(request("ann@families.example"));
        const auto mail = school_.take_mail().at(0);
        CPPUNIT_ASSERT(mail.kind == MailKind::sign_in && mail.facts.link_expires_at == school_.now + minutes{30});
        const Secret link = link_token(school_.key, mail.mail_link->name);
        const auto session = school_.open(link);
        CPPUNIT_ASSERT_EQUAL(school_.now + plain_session_life, session->expires_at);
        school_.now += minutes{30};
        CPPUNIT_ASSERT_EQUAL(Refusal::link_expired, school_.open(link).refusal());
        CPPUNIT_ASSERT(school_.who_is(session->token));
    }

    void a_requested_link_never_tells_who_is_known() {
        CPPUNIT_ASSERT(request("nobody@elsewhere.example"));
        CPPUNIT_ASSERT(school_.take_mail().empty());
        CPPUNIT_ASSERT(request(" Ann@Families.Example "));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, school_.take_mail().size());
    }

    void a_requested_link_comes_for_teachers_and_administrators() {
        CPPUNIT_ASSERT(request("ada@school.example"));
        CPPUNIT_ASSERT(school_.open(school_.newest_link())->identity == (Identity{Role::admin, school_.admin.value}));
        CPPUNIT_ASSERT(request("tess@school.example"));
        CPPUNIT_ASSERT(school_.open(school_.newest_link())->identity.role == Role::teacher);
    }

    void a_requested_link_is_not_mailed_without_end() {
        for (int i = 0; i < 2 * max_requested_links; ++i) CPPUNIT_ASSERT(request("ann@families.example"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{max_requested_links}, school_.take_mail().size());
        school_.now += requested_link_life + seconds{1};
        CPPUNIT_ASSERT(request("ann@families.example"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, school_.take_mail().size());
    }

    void a_requested_link_needs_an_address() {
        CPPUNIT_ASSERT_EQUAL(Refusal::email_missing, request(" ").refusal());
        CPPUNIT_ASSERT(request("ann").fields() == (FieldErrors{{"email", Refusal::email_invalid}}));
    }

    void signing_out_ends_one_session() {
        const Secret link = link_of(school_.ann);
        const auto first = school_.open(link);
        const auto second = school_.open(link);
        school_.write([&](Transaction& tx) {
            sign_out(tx, first->token.reveal(), school_.now);
            sign_out(tx, "no such session", school_.now);
            return Done{};
        });
        CPPUNIT_ASSERT_EQUAL(Refusal::not_signed_in, school_.who_is(first->token).refusal());
        CPPUNIT_ASSERT(school_.who_is(second->token));
    }

    void a_link_keeps_a_bounded_number_of_sessions() {
        const Secret link = link_of(school_.ann);
        const auto first = school_.open(link);
        const auto second = school_.open(link);
        for (int i = 1; i < max_sessions_per_link; ++i) CPPUNIT_ASSERT(school_.open(link));
        CPPUNIT_ASSERT_EQUAL(Refusal::not_signed_in, school_.who_is(first->token).refusal());
        CPPUNIT_ASSERT(school_.who_is(second->token));
    }

    void expired_links_are_forgotten_later() {
        const Secret link = link_of(school_.ann);
        const auto session = school_.open(link);
        const auto forget = [&] {
            school_.write([&](Transaction& tx) {
                forget_expired_links(tx, school_.now);
                return Done{};
            });
        };
        school_.now = session->expires_at + std::chrono::days{29};
        forget();
        CPPUNIT_ASSERT_EQUAL(Refusal::link_expired, school_.open(link).refusal());
        school_.now = session->expires_at + std::chrono::days{31};
        forget();
        CPPUNIT_ASSERT_EQUAL(Refusal::link_unknown, school_.open(link).refusal());
    }

    void opening_a_guest_link_is_noted() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(!invite->last_opened_at);
        const Secret link = school_.newest_link();
        school_.now += minutes{1};
        CPPUNIT_ASSERT(school_.open(link));
        const auto after = school_.read([&](Transaction& tx) { return tx.invites.find(invite->id); });
        CPPUNIT_ASSERT(after->last_opened_at == school_.now);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LinksTest);
