#include <cppunit/extensions/HelperMacros.h>
#include <sqlite3.h>

#include "support/small_school.h"

using namespace parley;

/// The schema refuses what the rules forbid even when the code is wrong: raw SQL, past every rule.
class SchemaTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SchemaTest);
    CPPUNIT_TEST(M1_a_second_live_invite_for_a_student);
    CPPUNIT_TEST(M1_a_student_added_to_an_invite_behind_its_back);
    CPPUNIT_TEST(M1_a_removed_invite_does_not_come_back);
    CPPUNIT_TEST(M1_an_invite_for_somebody_elses_student);
    CPPUNIT_TEST(M4_an_invite_without_consent);
    CPPUNIT_TEST(M4_the_consent_is_kept_with_its_wording_and_time);
    CPPUNIT_TEST(M12_a_fourth_teacher_of_a_class);
    CPPUNIT_TEST(M12_a_fourth_teacher_of_an_appointment);
    CPPUNIT_TEST(B4_a_teacher_in_two_places);
    CPPUNIT_TEST(B4_a_parent_in_two_places);
    CPPUNIT_TEST(B4_a_booking_into_somebodys_gap);
    CPPUNIT_TEST(B4_a_student_twice_with_one_teacher);
    CPPUNIT_TEST(B4_an_appointment_moved_over_another);
    CPPUNIT_TEST(B4_a_cancelled_appointment_does_not_come_back);
    CPPUNIT_TEST(B4_a_booked_appointment_keeps_its_teachers);
    CPPUNIT_TEST(B4_cancelling_frees_every_minute);
    CPPUNIT_TEST(P1_a_link_is_a_hash_of_256_bits);
    CPPUNIT_TEST(P1_a_second_live_link_for_a_guest);
    CPPUNIT_TEST(P2_a_link_opens_one_thing);
    CPPUNIT_TEST(N1_a_mail_that_was_sent_is_not_queued_again);
    CPPUNIT_TEST(N1_an_address_with_a_line_break);
    CPPUNIT_TEST(A9_the_audit_trail_is_not_rewritten);
    CPPUNIT_TEST(an_appointment_for_somebody_elses_student);
    CPPUNIT_TEST(text_where_a_number_belongs);
    CPPUNIT_TEST_SUITE_END();

    SmallSchool school_;
    sqlite3* raw_{};

    /// Whether SQLite lets it through.
    bool accepts(const std::string& sql) {
        char* message = nullptr;
        const int code = sqlite3_exec(raw_, sql.c_str(), nullptr, nullptr, &message);
        last_error_ = message != nullptr ? message : "";
        sqlite3_free(message);
        // Anything but a broken rule would mean that the test's own SQL is wrong.
        CPPUNIT_ASSERT_MESSAGE(last_error_, code == SQLITE_OK || code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH);
        return code == SQLITE_OK;
    }

    static std::string text(std::int64_t value) { return std::to_string(value); }
    static std::string ms(Instant at) { return text(at.time_since_epoch().count()); }

    /// An appointment row as a wrong program might write it; its id is `id`.
    std::string appointment(int id, PersonId parent, StudentId student, ClassId of, Instant at, int length,
                            int gap = 0) const {
        return "INSERT INTO appointment (id, uid, evening, student, parent, class, starts_at, ends_at, gap_minutes, "
               "mode, room, "
               "note, created_at, changed_at) VALUES (" +
               text(id) + ", 'uid" + text(id) + "', " + text(school_.evening.value) + ", " + text(student.value) +
               ", " + text(parent.value) + ", " + text(of.value) + ", " + ms(at) + ", " + ms(at + minutes{length}) +
               ", " + text(gap) + ", 'video', '', '', 0, 0);";
    }
    std::string teacher(int appointment, int position, PersonId teacher, StudentId student) const {
        return "INSERT INTO appointment_teacher (appointment, position, teacher, evening, student, state) VALUES (" +
               text(appointment) + ", " + text(position) + ", " + text(teacher.value) + ", " +
               text(school_.evening.value) + ", " + text(student.value) + ", 'booked');";
    }
    std::string invite(int id, PersonId parent) const {
        return "INSERT INTO invite (id, evening, parent, guest_name, guest_email, consent_wording, consented_at, "
               "created_at) "
               "VALUES (" +
               text(id) + ", " + text(school_.evening.value) + ", " + text(parent.value) +
               ", 'G', 'g@x.example', 'yes', 1, 1);";
    }
    std::string invited(int id, PersonId parent, StudentId student) const {
        return "INSERT INTO invite_student (invite, student, evening, parent, live) VALUES (" + text(id) + ", " +
               text(student.value) + ", " + text(school_.evening.value) + ", " + text(parent.value) + ", 1);";
    }
    std::string link(const std::string& name, const std::string& columns, const std::string& values) const {
        return "INSERT INTO link (name, token_hash, created_at, expires_at, " + columns + ") VALUES ('" + name +
               "', randomblob(32), 1, 2, " + values + ");";
    }
    static std::string name(char c) { return std::string(32, c); }

    std::string last_error_;

public:
    void setUp() override {
        CPPUNIT_ASSERT(sqlite3_open((school_.folder.path() / "parley.db").c_str(), &raw_) == SQLITE_OK);
        CPPUNIT_ASSERT(accepts("PRAGMA foreign_keys = ON"));
    }
    void tearDown() override { sqlite3_close(raw_); }

    void M1_a_second_live_invite_for_a_student() {
        CPPUNIT_ASSERT(accepts(invite(1, school_.ann) + invited(1, school_.ann, school_.mia)));
        CPPUNIT_ASSERT(accepts(invite(2, school_.ann)));
        CPPUNIT_ASSERT(!accepts(invited(2, school_.ann, school_.mia)));
        CPPUNIT_ASSERT(accepts("UPDATE invite SET live = 0, removed_at = 2 WHERE id = 1"));
        CPPUNIT_ASSERT(accepts(invited(2, school_.ann, school_.mia)));
    }

    void M1_a_student_added_to_an_invite_behind_its_back() {
        CPPUNIT_ASSERT(accepts(invite(1, school_.ann) + invite(2, school_.cara)));
        CPPUNIT_ASSERT(!accepts(invited(1, school_.cara, school_.mia)));
        CPPUNIT_ASSERT(accepts("UPDATE invite SET live = 0, removed_at = 2 WHERE id = 1"));
        CPPUNIT_ASSERT(!accepts(invited(1, school_.ann, school_.mia)));
    }

    void M1_a_removed_invite_does_not_come_back() {
        CPPUNIT_ASSERT(accepts(invite(1, school_.ann) + invited(1, school_.ann, school_.mia)));
        CPPUNIT_ASSERT(!accepts("UPDATE invite SET live = 0 WHERE id = 1"));
        CPPUNIT_ASSERT(accepts("UPDATE invite SET live = 0, removed_at = 2 WHERE id = 1"));
        CPPUNIT_ASSERT(!accepts("UPDATE invite SET live = 1, removed_at = NULL WHERE id = 1"));
        CPPUNIT_ASSERT(!accepts("UPDATE invite_student SET live = 1 WHERE invite = 1"));
    }

    void M1_an_invite_for_somebody_elses_student() {
        CPPUNIT_ASSERT(accepts(invite(1, school_.ann)));
        CPPUNIT_ASSERT(!accepts(invited(1, school_.ann, school_.kai)));
    }

    void M4_an_invite_without_consent() {
        CPPUNIT_ASSERT(
            !accepts("INSERT INTO invite (evening, parent, guest_name, guest_email, consented_at, created_at) "
                     "VALUES (1, 1, 'G', 'g@x.example', 1, 1)"));
        CPPUNIT_ASSERT(
            !accepts("INSERT INTO invite (evening, parent, guest_name, guest_email, consent_wording, consented_at, "
                     "created_at) VALUES (1, 1, 'G', 'g@x.example', '', 1, 1)"));
    }

    void M4_the_consent_is_kept_with_its_wording_and_time() {
        CPPUNIT_ASSERT(school_.invite(school_.ann, school_.guest_for({school_.mia})));
        // A division by zero is NULL, which NOT NULL refuses: the statement works only for the row that is expected.
        CPPUNIT_ASSERT(
            accepts("UPDATE invite SET created_at = created_at / (consent_wording = 'I agree that Gus is given "
                    "access.' AND consented_at = " +
                    ms(school_.now) + ")"));
    }

    void M12_a_fourth_teacher_of_a_class() {
        const auto row = [&](int position, PersonId teacher) {
            return "INSERT INTO class_teacher (class, position, teacher) VALUES (" + text(school_.joint.value) + ", " +
                   text(position) + ", " + text(teacher.value) + ")";
        };
        CPPUNIT_ASSERT(!accepts(row(4, school_.music_teacher)));
        CPPUNIT_ASSERT(!accepts(row(3, school_.music_teacher)));
        CPPUNIT_ASSERT(!accepts(row(0, school_.music_teacher)));
    }

    void M12_a_fourth_teacher_of_an_appointment() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(!accepts(teacher(1, 4, school_.music_teacher, school_.mia)));
        CPPUNIT_ASSERT(!accepts(teacher(1, 2, school_.music_teacher, school_.mia)));
    }

    void B4_a_teacher_in_two_places() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(accepts(appointment(50, school_.ben, school_.kai, school_.joint, SmallSchool::at(18, 9), 1)));
        CPPUNIT_ASSERT(!accepts(teacher(50, 1, school_.maths_teacher, school_.kai)));
        CPPUNIT_ASSERT(accepts(teacher(50, 1, school_.sports_teacher, school_.kai)));
    }

    void B4_a_parent_in_two_places() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(!accepts(appointment(50, school_.ann, school_.leo, school_.french, SmallSchool::at(17, 55), 6)));
        CPPUNIT_ASSERT(accepts(appointment(50, school_.ann, school_.leo, school_.french, SmallSchool::at(17, 55), 5)));
    }

    void B4_a_booking_into_somebodys_gap() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.french, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(!accepts(appointment(50, school_.ann, school_.leo, school_.maths, SmallSchool::at(18, 19), 5)));
        CPPUNIT_ASSERT(
            !accepts(appointment(50, school_.ann, school_.leo, school_.maths, SmallSchool::at(17, 50), 5, 6)));
        CPPUNIT_ASSERT(accepts(appointment(50, school_.ann, school_.leo, school_.maths, SmallSchool::at(18, 20), 5)));
    }

    void B4_a_student_twice_with_one_teacher() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(!accepts(appointment(50, school_.cara, school_.mia, school_.maths, SmallSchool::at(20, 0), 10)));
        CPPUNIT_ASSERT(accepts(appointment(50, school_.cara, school_.mia, school_.joint, SmallSchool::at(20, 0), 10)));
        CPPUNIT_ASSERT(!accepts(teacher(50, 1, school_.maths_teacher, school_.mia)));
    }

    void B4_an_appointment_moved_over_another() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(!accepts("UPDATE appointment SET starts_at = starts_at + 60000"));
        CPPUNIT_ASSERT(!accepts("UPDATE appointment SET parent = " + text(school_.cara.value)));
        CPPUNIT_ASSERT(!accepts("UPDATE appointment SET gap_minutes = 1"));
    }

    void B4_a_cancelled_appointment_does_not_come_back() {
        const auto booked = school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0));
        CPPUNIT_ASSERT(school_.cancel(school_.ann, booked->id));
        CPPUNIT_ASSERT(!accepts("UPDATE appointment SET state = 'booked'"));
        CPPUNIT_ASSERT(!accepts("UPDATE appointment_teacher SET state = 'booked'"));
    }

    void B4_a_booked_appointment_keeps_its_teachers() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(!accepts("DELETE FROM appointment_teacher"));
        CPPUNIT_ASSERT(!accepts("UPDATE appointment_teacher SET teacher = " + text(school_.music_teacher.value)));
    }

    void B4_cancelling_frees_every_minute() {
        const auto booked = school_.book(school_.ann, school_.mia, school_.joint, SmallSchool::at(18, 0));
        // Four people, 20 minutes and a gap of 5; the CHECK of a table made for it counts them.
        CPPUNIT_ASSERT(
            accepts("CREATE TEMP TABLE counted (n INTEGER CHECK (n = 100)); "
                    "INSERT INTO counted SELECT count(*) FROM occupancy"));
        CPPUNIT_ASSERT(school_.cancel(school_.ann, booked->id));
        CPPUNIT_ASSERT(
            accepts("CREATE TEMP TABLE freed (n INTEGER CHECK (n = 0)); "
                    "INSERT INTO freed SELECT count(*) FROM occupancy"));
    }

    void P1_a_link_is_a_hash_of_256_bits() {
        CPPUNIT_ASSERT(
            !accepts("INSERT INTO link (name, token_hash, purpose, person, created_at, expires_at) VALUES ('" +
                     name('a') + "', randomblob(16), 'sign_in', 1, 1, 2)"));
        CPPUNIT_ASSERT(
            !accepts("INSERT INTO link (name, token_hash, purpose, person, created_at, expires_at) VALUES ('" +
                     name('a') + "', 'the token itself', 'sign_in', 1, 1, 2)"));
    }

    void P1_a_second_live_link_for_a_guest() {
        CPPUNIT_ASSERT(accepts(invite(1, school_.ann)));
        CPPUNIT_ASSERT(accepts(link(name('a'), "purpose, invite", "'guest', 1")));
        CPPUNIT_ASSERT(!accepts(link(name('b'), "purpose, invite", "'guest', 1")));
        CPPUNIT_ASSERT(accepts("UPDATE link SET revoked_at = 2"));
        CPPUNIT_ASSERT(accepts(link(name('b'), "purpose, invite", "'guest', 1")));
    }

    void P2_a_link_opens_one_thing() {
        CPPUNIT_ASSERT(accepts(invite(1, school_.ann)));
        CPPUNIT_ASSERT(!accepts(link(name('a'), "purpose, invite, person", "'guest', 1, 1")));
        CPPUNIT_ASSERT(!accepts(link(name('a'), "purpose, invite", "'sign_in', 1")));
        CPPUNIT_ASSERT(!accepts(link(name('a'), "purpose", "'sign_in'")));
        CPPUNIT_ASSERT(!accepts(link(name('a'), "purpose, person", "'master', 1")));
    }

    void N1_a_mail_that_was_sent_is_not_queued_again() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(accepts("UPDATE mail SET state = 'sent'"));
        CPPUNIT_ASSERT(!accepts("UPDATE mail SET state = 'queued'"));
    }

    void N1_an_address_with_a_line_break() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(!accepts("UPDATE mail SET to_email = 'a@b.example' || char(13) || char(10) || 'DATA'"));
        CPPUNIT_ASSERT(!accepts("UPDATE person SET email = 'a@b.example' || char(10)"));
    }

    void A9_the_audit_trail_is_not_rewritten() {
        CPPUNIT_ASSERT(school_.book(school_.ann, school_.mia, school_.maths, SmallSchool::at(18, 0)));
        CPPUNIT_ASSERT(!accepts("UPDATE audit SET actor_key = 7"));
    }

    void an_appointment_for_somebody_elses_student() {
        CPPUNIT_ASSERT(!accepts(appointment(50, school_.ann, school_.kai, school_.maths, SmallSchool::at(18, 0), 10)));
    }

    void text_where_a_number_belongs() {
        CPPUNIT_ASSERT(!accepts("UPDATE evening SET slot_minutes = 'ten'"));
        CPPUNIT_ASSERT(!accepts("UPDATE evening SET slot_minutes = 0"));
        CPPUNIT_ASSERT(!accepts("UPDATE evening SET ends_at = starts_at"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SchemaTest);
