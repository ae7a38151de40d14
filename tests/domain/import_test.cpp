#include "domain/import.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

#include "domain/register_port.h"
#include "support/small_school.h"

using namespace parley;

namespace {

template <class Record>
ListOf<Record> all_of(std::vector<Record> records) {
    return {Coverage::complete, std::move(records), {}};
}

/// The small school as a list of its own office would have it, with ids.
SchoolLists whole_school() {
    SchoolLists lists;
    lists.students = all_of<ListedStudent>({{"s1", "Mia", "Abel", {}, "9", {"students.csv", 2, ""}},
                                            {"s2", "Leo", "Abel", {}, "7", {"students.csv", 3, ""}},
                                            {"s3", "Kai", "Bold", {}, "9", {"students.csv", 4, ""}}});
    lists.contacts = all_of<ListedContact>({{"p1", "Ann Abel", "ANN@families.example", {"contacts.csv", 2, ""}},
                                            {"p2", "Ben Bold", "ben@families.example", {"contacts.csv", 3, ""}},
                                            {"p3", "Cara Abel", "cara@families.example", {"contacts.csv", 4, ""}}});
    lists.relations = all_of<ListedRelation>({{"p1", "s1", "mother", 1, {}},
                                              {"p1", "s2", "mother", 1, {}},
                                              {"p3", "s1", "father", 2, {}},
                                              {"p2", "s3", "father", 1, {}}});
    lists.staff = all_of<ListedStaff>({{"t1", "Tess Times", "tess@school.example", {"staff.csv", 2, ""}},
                                       {"t2", "Fred French", "fred@school.example", {"staff.csv", 3, ""}},
                                       {"t3", "Sid Sports", "sid@school.example", {"staff.csv", 4, ""}},
                                       {"t4", "Mo Music", "mo@school.example", {"staff.csv", 5, ""}}});
    lists.classes = all_of<ListedClass>({{"k1", "Maths", "Maths", "9", {"classes.csv", 2, ""}},
                                         {"k2", "French", "French", "9", {"classes.csv", 3, ""}}});
    lists.memberships = all_of<ListedMembership>({{"m1", "k1", "t1", true, true, {}},
                                                  {"m2", "k1", "s1", false, false, {}},
                                                  {"m3", "k1", "s2", false, false, {}},
                                                  {"m4", "k2", "t2", true, true, {}},
                                                  {"m5", "k2", "s1", false, false, {}}});
    return lists;
}

template <class Changes>
std::string counts(const Changes& changes) {
    return "+" + std::to_string(changes.added.size()) + " ~" + std::to_string(changes.changed.size()) + " -" +
           std::to_string(changes.leaving.size()) + " =" + std::to_string(changes.unchanged);
}

template <class Record>
void drop(ListOf<Record>& list, const std::string& id) {
    std::erase_if(list.records, [&](const auto& one) { return one.source_id == id; });
}

class Office : public SmallSchool {
public:
    ImportPreview preview(const SchoolLists& lists, ConflictChoice choice = ConflictChoice::keep) {
        return read([&](Transaction& tx) { return preview_import(tx, lists, choice, now); });
    }
    Outcome<ImportResult> apply(const SchoolLists& lists, const std::string& fingerprint,
                                ConflictChoice choice = ConflictChoice::keep) {
        return write([&](Transaction& tx) { return apply_import(tx, key, admin, lists, choice, fingerprint, now); });
    }
    ImportResult import(const SchoolLists& lists, ConflictChoice choice = ConflictChoice::keep) {
        const auto result = apply(lists, preview(lists, choice).fingerprint, choice);
        CPPUNIT_ASSERT(result);
        return *result;
    }
    RegisterPages pages() {
        return read([](Transaction& tx) { return tx.people.all(); });
    }
    bool is_booked(AppointmentId id) {
        return read([&](Transaction& tx) { return tx.appointments.find(id)->state == AppointmentState::booked; });
    }
};

}  // namespace

/// Lists and the school they meet (A2), over the real store.
class ImportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ImportTest);
    CPPUNIT_TEST(A2_first_import_knows_who_was_entered_by_hand);
    CPPUNIT_TEST(A2_importing_again_changes_nothing);
    CPPUNIT_TEST(A2_dry_run_changes_nothing);
    CPPUNIT_TEST(A2_changes_are_by_source_id);
    CPPUNIT_TEST(A2_who_is_gone_leaves_and_comes_back);
    CPPUNIT_TEST(A2_bookings_and_invites_are_kept_when_asked_to);
    CPPUNIT_TEST(A2_bookings_and_invites_are_cancelled_when_asked_to);
    CPPUNIT_TEST(A2_an_appointment_is_asked_about_once);
    CPPUNIT_TEST(A2_what_was_looked_at_is_what_is_applied);
    CPPUNIT_TEST(A2_references_to_nobody_are_problems);
    CPPUNIT_TEST(A2_fourth_teacher_of_a_class_is_a_problem);
    CPPUNIT_TEST(A2_primary_teacher_stands_first);
    CPPUNIT_TEST(A2_delta_touches_only_what_it_names);
    CPPUNIT_TEST(A2_lists_of_one_kind_leave_the_others_alone);
    CPPUNIT_TEST_SUITE_END();

    Office office_;

public:
    void A2_first_import_knows_who_was_entered_by_hand() {
        const auto plan = office_.preview(whole_school()).plan;
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~3 -0 =0"}, counts(plan.students));
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~3 -0 =0"}, counts(plan.contacts));
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~4 -0 =0"}, counts(plan.staff));
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~2 -0 =0"}, counts(plan.classes));
        CPPUNIT_ASSERT(plan.problems.empty() && plan.conflicts.empty());
        office_.import(whole_school());
        const auto pages = office_.pages();
        CPPUNIT_ASSERT(pages.students.size() == 3 && pages.contacts.size() == 3 && pages.staff.size() == 4);
        CPPUNIT_ASSERT(pages.students.front().id == office_.mia && pages.students.front().record.source_id == "s1");
    }

    void A2_importing_again_changes_nothing() {
        office_.import(whole_school());
        const auto plan = office_.preview(whole_school()).plan;
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~0 -0 =3"}, counts(plan.students));
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~0 -0 =3"}, counts(plan.contacts));
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~0 -0 =4"}, counts(plan.staff));
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~0 -0 =2"}, counts(plan.classes));
        CPPUNIT_ASSERT(plan.new_relations.empty() && plan.ended_relations.empty() && plan.teachers.empty());
        CPPUNIT_ASSERT(plan.new_enrolments.empty() && plan.ended_enrolments.empty());
    }

    void A2_dry_run_changes_nothing() {
        auto lists = whole_school();
        lists.students.records.push_back({"s9", "New", "Comer", {}, "", {}});
        office_.preview(lists);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, office_.pages().students.size());
    }

    void A2_changes_are_by_source_id() {
        office_.import(whole_school());
        auto lists = whole_school();
        lists.students.records.front().last_name = "Abel-Bond";
        lists.contacts.records.front().email = "ann@new.example";
        lists.relations.records.front().relationship = "guardian";
        const auto plan = office_.import(lists).plan;
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~1 -0 =2"}, counts(plan.students));
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~1 -0 =2"}, counts(plan.contacts));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, plan.new_relations.size());
        const auto pages = office_.pages();
        CPPUNIT_ASSERT_EQUAL(std::string{"Abel-Bond"}, pages.students.front().record.last_name);
        CPPUNIT_ASSERT_EQUAL(std::string{"ann@new.example"}, pages.contacts.front().record.email);
    }

    void A2_who_is_gone_leaves_and_comes_back() {
        office_.import(whole_school());
        auto lists = whole_school();
        drop(lists.students, "s3");
        drop(lists.staff, "t4");
        std::erase_if(lists.relations.records, [](const auto& one) { return one.student == "s3"; });
        const auto plan = office_.import(lists).plan;
        CPPUNIT_ASSERT(plan.students.leaving.size() == 1 && plan.staff.leaving.size() == 1);
        CPPUNIT_ASSERT(office_.pages().students.back().left);
        const auto found = [&] {
            return office_.read([](Transaction& tx) { return tx.directory.people_with_email("mo@school.example"); });
        };
        CPPUNIT_ASSERT(found().empty());
        office_.import(whole_school());
        CPPUNIT_ASSERT(!office_.pages().students.back().left && found().size() == 1);
    }

    void A2_bookings_and_invites_are_kept_when_asked_to() {
        office_.import(whole_school());
        const auto booked = office_.book(office_.ann, office_.mia, office_.maths, SmallSchool::at(18, 10));
        const auto invite = office_.invite(office_.ann, office_.guest_for({office_.mia}));
        auto lists = whole_school();
        drop(lists.students, "s1");
        const auto plan = office_.import(lists).plan;
        CPPUNIT_ASSERT(plan.students.leaving.empty() && plan.conflicts.size() == 1);
        const auto& conflict = plan.conflicts.front();
        CPPUNIT_ASSERT(conflict.kind == ConflictKind::student_leaves && conflict.who == "Mia Abel");
        CPPUNIT_ASSERT(conflict.appointments == std::vector{booked->id} && conflict.invites == std::vector{invite->id});
        CPPUNIT_ASSERT(office_.is_booked(booked->id) && !office_.pages().students.front().left);
    }

    void A2_bookings_and_invites_are_cancelled_when_asked_to() {
        office_.import(whole_school());
        const auto booked = office_.book(office_.ann, office_.mia, office_.maths, SmallSchool::at(18, 10));
        const auto invite = office_.invite(office_.ann, office_.guest_for({office_.mia}));
        office_.take_mail();
        auto lists = whole_school();
        drop(lists.students, "s1");
        const auto result = office_.import(lists, ConflictChoice::cancel);
        CPPUNIT_ASSERT(result.cancelled.size() == 1 && result.removed.size() == 1);
        CPPUNIT_ASSERT(!office_.is_booked(booked->id) && office_.pages().students.front().left);
        const auto mails = office_.take_mail();
        CPPUNIT_ASSERT(mails.size() == 1 && mails.front().kind == MailKind::booking_cancelled);
        CPPUNIT_ASSERT(office_.read([&](Transaction& tx) { return tx.invites.find(invite->id)->removed_at; }));
    }

    void A2_an_appointment_is_asked_about_once() {
        office_.import(whole_school());
        office_.book(office_.ann, office_.mia, office_.maths, SmallSchool::at(18, 10));
        auto lists = whole_school();
        drop(lists.students, "s1");
        drop(lists.contacts, "p1");
        drop(lists.staff, "t1");
        drop(lists.classes, "k1");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, office_.preview(lists).plan.conflicts.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, office_.import(lists, ConflictChoice::cancel).cancelled.size());
    }

    void A2_what_was_looked_at_is_what_is_applied() {
        office_.import(whole_school());
        auto lists = whole_school();
        drop(lists.students, "s1");
        const auto before = office_.preview(lists);
        office_.book(office_.ann, office_.mia, office_.maths, SmallSchool::at(18, 10));
        CPPUNIT_ASSERT(office_.apply(lists, before.fingerprint).refusal() == Refusal::import_outdated);
        CPPUNIT_ASSERT(!office_.pages().students.front().left);
    }

    void A2_references_to_nobody_are_problems() {
        auto lists = whole_school();
        lists.relations.records.push_back({"p9", "s1", "", 3, {"contacts.csv", 9, "student"}});
        lists.memberships.records.push_back({"m9", "k1", "s9", false, false, {"members.csv", 9, "student"}});
        lists.memberships.records.push_back({"m8", "k9", "s1", false, false, {"members.csv", 8, "class"}});
        const auto plan = office_.import(lists).plan;
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, plan.problems.size());
        for (const auto& problem : plan.problems) CPPUNIT_ASSERT(problem.fault == LineFault::unknown);
    }

    void A2_fourth_teacher_of_a_class_is_a_problem() {
        auto lists = whole_school();
        for (const char* teacher : {"t2", "t3", "t4"})
            lists.memberships.records.push_back({"", "k1", teacher, true, false, {"members.csv", 9, "teacher"}});
        const auto plan = office_.import(lists).plan;
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, plan.problems.size());
        CPPUNIT_ASSERT(plan.problems.front().fault == LineFault::too_many && plan.problems.front().value == "t4");
    }

    void A2_primary_teacher_stands_first() {
        auto lists = whole_school();
        lists.memberships.records.front().primary = false;
        lists.memberships.records.push_back({"m9", "k1", "t3", true, true, {}});
        office_.import(lists);
        const auto pages = office_.pages();
        const auto first = std::ranges::find(pages.teaching, office_.maths, &RegisteredTeaching::class_id);
        CPPUNIT_ASSERT(first->teacher == office_.sports_teacher);
    }

    void A2_delta_touches_only_what_it_names() {
        office_.import(whole_school());
        SchoolLists delta;
        delta.students = {Coverage::changes, {{"s4", "Nia", "New", {}, "7", {}}}, {"s3"}};
        delta.memberships = {Coverage::changes, {{"m6", "k2", "s4", false, false, {}}}, {"m5"}};
        const auto plan = office_.import(delta).plan;
        CPPUNIT_ASSERT_EQUAL(std::string{"+1 ~0 -1 =0"}, counts(plan.students));
        CPPUNIT_ASSERT(plan.new_enrolments.size() == 1 && plan.ended_enrolments.size() == 1);
        CPPUNIT_ASSERT(plan.problems.empty() && plan.teachers.empty());
        const auto pages = office_.pages();
        CPPUNIT_ASSERT(!pages.students.front().left && pages.students.size() == 4);
    }

    void A2_lists_of_one_kind_leave_the_others_alone() {
        office_.import(whole_school());
        SchoolLists staff;
        staff.staff = whole_school().staff;
        drop(staff.staff, "t4");
        const auto plan = office_.import(staff).plan;
        CPPUNIT_ASSERT_EQUAL(std::string{"+0 ~0 -1 =3"}, counts(plan.staff));
        CPPUNIT_ASSERT(plan.students.leaving.empty() && plan.ended_enrolments.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ImportTest);
