#include <cppunit/extensions/HelperMacros.h>

#include "support/small_school.h"

using namespace parley;

/// Who may be invited for what, and what becomes of an invite.
class InviteTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InviteTest);
    CPPUNIT_TEST(M1_invites_one_guest_for_a_student);
    CPPUNIT_TEST(M1_refuses_a_second_guest_for_the_same_student);
    CPPUNIT_TEST(M1_another_parent_of_the_same_student_has_an_invite_of_their_own);
    CPPUNIT_TEST(M4_reports_every_wrong_field_at_once);
    CPPUNIT_TEST(M4_a_consent_without_its_wording_is_no_consent);
    CPPUNIT_TEST(M5_one_invite_may_cover_both_students);
    CPPUNIT_TEST(M5_a_covered_student_cannot_be_chosen_again);
    CPPUNIT_TEST(M5_refuses_a_student_who_is_somebody_elses);
    CPPUNIT_TEST(M5_refuses_a_student_who_takes_no_part);
    CPPUNIT_TEST(M5_a_student_named_twice_counts_once);
    CPPUNIT_TEST(M6_queues_the_mail_with_all_it_must_say);
    CPPUNIT_TEST(M6_the_mail_names_video_appointments_only);
    CPPUNIT_TEST(M7_lists_invites_and_who_can_still_be_invited_for);
    CPPUNIT_TEST(M7_shows_what_became_of_the_mail);
    CPPUNIT_TEST(M7_resend_makes_a_new_link_and_kills_the_old_one);
    CPPUNIT_TEST(M7_resend_does_not_send_the_mail_that_still_waits);
    CPPUNIT_TEST(M8_remove_kills_link_session_and_waiting_mail);
    CPPUNIT_TEST(M8_the_student_can_be_invited_for_again);
    CPPUNIT_TEST(M8_removing_twice_finds_nothing);
    CPPUNIT_TEST(M9_the_parent_sees_that_a_guest_was_knocked_out);
    CPPUNIT_TEST(refuses_the_parents_own_address);
    CPPUNIT_TEST(refuses_after_the_evening);
    CPPUNIT_TEST(refuses_an_unknown_evening_and_a_foreign_invite);
    CPPUNIT_TEST(P3_refuses_to_flood_strangers_with_mail);
    CPPUNIT_TEST(A9_everything_is_in_the_audit_trail);
    CPPUNIT_TEST_SUITE_END();

    SmallSchool school_;

    ManagedInvites managed(PersonId parent) {
        return *school_.read(
            [&](Transaction& tx) { return managed_invites(tx, parent, school_.evening, school_.now); });
    }

public:
    void M1_invites_one_guest_for_a_student() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(invite);
        CPPUNIT_ASSERT_EQUAL(std::string{"Gus Guest"}, invite->guest_name);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, invite->students.size());
        CPPUNIT_ASSERT_EQUAL(MailState::queued, invite->mail.state);
        CPPUNIT_ASSERT(!invite->removed_at);
    }

    void M1_refuses_a_second_guest_for_the_same_student() {
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        auto request = school_.guest_for({school_.mia});
        request.email = "other@guests.example";
        const auto second = school_.invite(school_.ann, request);
        CPPUNIT_ASSERT_EQUAL(Refusal::already_invited, second.refusal());
        CPPUNIT_ASSERT(second.fields() == (FieldErrors{{"students", Refusal::already_invited}}));
    }

    void M1_another_parent_of_the_same_student_has_an_invite_of_their_own() {
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        CPPUNIT_ASSERT(school_.invite(school_.cara, school_.guest_for({school_.mia})));
    }

    void M4_reports_every_wrong_field_at_once() {
        const auto nothing = school_.invite(school_.ann, {});
        CPPUNIT_ASSERT(nothing.fields() == (FieldErrors{{"name", Refusal::name_missing},
                                                        {"email", Refusal::email_missing},
                                                        {"students", Refusal::student_missing},
                                                        {"consent", Refusal::consent_missing}}));
        const auto wrong = school_.invite(school_.ann, {"Gus\r\nBcc: all", "gus@", {school_.kai}, false, "I agree"});
        CPPUNIT_ASSERT(wrong.fields() == (FieldErrors{{"name", Refusal::name_invalid},
                                                      {"email", Refusal::email_invalid},
                                                      {"consent", Refusal::consent_missing},
                                                      {"students", Refusal::student_not_yours}}));
        CPPUNIT_ASSERT(managed(school_.ann).invites.empty());
    }

    void M4_a_consent_without_its_wording_is_no_consent() {
        auto request = school_.guest_for({school_.mia});
        request.consent_wording = " ";
        CPPUNIT_ASSERT(school_.invite(school_.ann, request).fields() ==
                       (FieldErrors{{"consent_wording", Refusal::request_invalid}}));
    }

    void M5_one_invite_may_cover_both_students() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia, school_.leo}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, invite->students.size());
        CPPUNIT_ASSERT(managed(school_.ann).available.empty());
    }

    void M5_a_covered_student_cannot_be_chosen_again() {
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        const auto both = school_.invite(school_.ann, school_.guest_for({school_.leo, school_.mia}));
        CPPUNIT_ASSERT_EQUAL(Refusal::already_invited, both.refusal());
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.leo})));
    }

    void M5_refuses_a_student_who_is_somebody_elses() {
        CPPUNIT_ASSERT_EQUAL(Refusal::student_not_yours,
                             school_.invite(school_.ann, school_.guest_for({school_.kai})).refusal());
    }

    void M5_refuses_a_student_who_takes_no_part() {
        const StudentId idle = school_.write([&](Transaction& tx) {
            const auto id = tx.enrolment.add_student({{}, "Ida", "Abel"});
            tx.enrolment.add_contact(school_.ann, id);
            return id;
        });
        CPPUNIT_ASSERT_EQUAL(Refusal::student_not_yours,
                             school_.invite(school_.ann, school_.guest_for({idle})).refusal());
    }

    void M5_a_student_named_twice_counts_once() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia, school_.mia}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, invite->students.size());
    }

    void M6_queues_the_mail_with_all_it_must_say() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 25)));
        school_.take_mail();
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        const auto mails = school_.take_mail();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mails.size());
        const auto& mail = mails.front();
        CPPUNIT_ASSERT(mail.kind == MailKind::guest_invite && mail.invite == invite->id);
        CPPUNIT_ASSERT_EQUAL(std::string{"gus@guests.example"}, mail.to_email);
        CPPUNIT_ASSERT_EQUAL(std::string{"Test School"}, mail.facts.school);
        CPPUNIT_ASSERT_EQUAL(std::string{"Ann Abel"}, mail.facts.parent);
        CPPUNIT_ASSERT(mail.facts.students == std::vector<std::string>{"Mia"});
        const auto& appointment = mail.facts.appointments.at(0);
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 25), appointment.starts_at);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, appointment.teachers.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"Mia"}, appointment.student);
        CPPUNIT_ASSERT(!mail.facts.resent && mail.mail_link->purpose == LinkPurpose::guest);
        CPPUNIT_ASSERT(mail.message_id.ends_with("@school.example"));
    }

    void M6_the_mail_names_video_appointments_only() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.sports, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.leo, school_.maths, SmallSchool::at(18, 30)));
        school_.take_mail();
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        CPPUNIT_ASSERT(school_.take_mail().at(0).facts.appointments.empty());
    }

    void M7_lists_invites_and_who_can_still_be_invited_for() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, managed(school_.ann).available.size());
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.leo})));
        const auto now = managed(school_.ann);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, now.invites.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, now.available.size());
        CPPUNIT_ASSERT(now.available.front().id == school_.mia);
    }

    void M7_shows_what_became_of_the_mail() {
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        const auto id = school_.take_mail().at(0).id;
        CPPUNIT_ASSERT_EQUAL(MailState::queued, managed(school_.ann).invites.at(0).mail.state);
        school_.write([&](Transaction& tx) {
            mail_refused(tx, id, "550 there is no such mailbox", school_.now);
            return Done{};
        });
        const auto failed = managed(school_.ann).invites.at(0).mail;
        CPPUNIT_ASSERT_EQUAL(MailState::failed, failed.state);
        CPPUNIT_ASSERT_EQUAL(std::string{"550 there is no such mailbox"}, failed.reason);
    }

    void M7_resend_makes_a_new_link_and_kills_the_old_one() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        const Secret old_link = school_.newest_link();
        const auto session = school_.open(old_link);
        CPPUNIT_ASSERT(school_.resend(school_.ann, invite->id));
        const auto mail = school_.take_mail().at(0);
        CPPUNIT_ASSERT(mail.facts.resent);
        const Secret new_link = link_token(school_.key, mail.mail_link->name);
        CPPUNIT_ASSERT(old_link.reveal() != new_link.reveal());
        CPPUNIT_ASSERT_EQUAL(Refusal::link_removed, school_.open(old_link).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_signed_in, school_.who_is(session->token).refusal());
        CPPUNIT_ASSERT(school_.open(new_link));
    }

    void M7_resend_does_not_send_the_mail_that_still_waits() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(school_.resend(school_.ann, invite->id));
        const auto mails = school_.take_mail();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mails.size());
        CPPUNIT_ASSERT(mails.front().facts.resent);
    }

    void M8_remove_kills_link_session_and_waiting_mail() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        const auto name = school_.read([&](Transaction& tx) { return tx.links.guest_link(invite->id)->name; });
        const Secret link = link_token(school_.key, name);
        const auto session = school_.open(link);
        CPPUNIT_ASSERT(school_.who_is(session->token));
        const auto removed = school_.remove(school_.ann, invite->id);
        CPPUNIT_ASSERT(removed && removed->removed_at == school_.now);
        CPPUNIT_ASSERT_EQUAL(Refusal::link_removed, school_.open(link).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_signed_in, school_.who_is(session->token).refusal());
        CPPUNIT_ASSERT(school_.take_mail().empty());
        CPPUNIT_ASSERT(managed(school_.ann).invites.empty());
    }

    void M8_the_student_can_be_invited_for_again() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(school_.remove(school_.ann, invite->id));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, managed(school_.ann).available.size());
        const auto again = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(again && again->id != invite->id);
    }

    void M8_removing_twice_finds_nothing() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(school_.remove(school_.ann, invite->id));
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, school_.remove(school_.ann, invite->id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, school_.resend(school_.ann, invite->id).refusal());
    }

    void M9_the_parent_sees_that_a_guest_was_knocked_out() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(!invite->knocked_out_at);
        school_.write([&](Transaction& tx) {
            note_guest_knocked_out(tx, invite->id, school_.now);
            note_guest_knocked_out(tx, InviteId{4711}, school_.now);
            return Done{};
        });
        CPPUNIT_ASSERT(managed(school_.ann).invites.at(0).knocked_out_at == school_.now);
        // Nobody has used the new link.
        const auto resent = school_.resend(school_.ann, invite->id);
        CPPUNIT_ASSERT(!resent->knocked_out_at && !resent->last_opened_at);
    }

    void refuses_the_parents_own_address() {
        auto request = school_.guest_for({school_.mia});
        request.email = " ANN@families.example ";
        CPPUNIT_ASSERT(school_.invite(school_.ann, request).fields() ==
                       (FieldErrors{{"email", Refusal::guest_is_yourself}}));
    }

    void refuses_after_the_evening() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        school_.now = SmallSchool::at(21, 0);
        CPPUNIT_ASSERT_EQUAL(Refusal::evening_over,
                             school_.invite(school_.ann, school_.guest_for({school_.leo})).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::evening_over, school_.resend(school_.ann, invite->id).refusal());
        CPPUNIT_ASSERT(school_.remove(school_.ann, invite->id));
    }

    void refuses_an_unknown_evening_and_a_foreign_invite() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, school_.remove(school_.cara, invite->id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found, school_.resend(school_.ben, invite->id).refusal());
        school_.evening = EveningId{99};
        CPPUNIT_ASSERT_EQUAL(Refusal::not_found,
                             school_.invite(school_.ann, school_.guest_for({school_.leo})).refusal());
        CPPUNIT_ASSERT_EQUAL(
            Refusal::not_found,
            school_
                .read([&](Transaction& tx) { return managed_invites(tx, school_.ann, school_.evening, school_.now); })
                .refusal());
    }

    void P3_refuses_to_flood_strangers_with_mail() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        for (int i = 1; i < max_invitations_per_hour; ++i) CPPUNIT_ASSERT(school_.resend(school_.ann, invite->id));
        CPPUNIT_ASSERT_EQUAL(Refusal::too_many_requests, school_.resend(school_.ann, invite->id).refusal());
        CPPUNIT_ASSERT_EQUAL(Refusal::too_many_requests,
                             school_.invite(school_.ann, school_.guest_for({school_.leo})).refusal());
        CPPUNIT_ASSERT(school_.invite(school_.ben, school_.guest_for({school_.kai})));
        school_.now += minutes{61};
        CPPUNIT_ASSERT(school_.resend(school_.ann, invite->id));
    }

    void A9_everything_is_in_the_audit_trail() {
        const auto invite = school_.invite(school_.ann, school_.guest_for({school_.mia}));
        CPPUNIT_ASSERT(school_.resend(school_.ann, invite->id));
        CPPUNIT_ASSERT(school_.remove(school_.ann, invite->id));
        CPPUNIT_ASSERT(school_.audit() == (std::vector<std::string>{"invite.sent", "invite.resent", "invite.removed"}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(InviteTest);
