#include "domain/import.h"

#include <map>

#include "base/crypto.h"
#include "domain/appointments_port.h"
#include "domain/audit_port.h"
#include "domain/booking.h"
#include "domain/invite.h"
#include "domain/invites_port.h"
#include "domain/transaction.h"

namespace parley {

namespace {

/// Tells one plan from another by what is asked about and by how much is done: enough to notice that somebody has
/// booked, or that another import came between.
std::string fingerprint_of(const ImportPlan& plan) {
    std::string text;
    const auto count = [&](std::size_t number) { text += std::to_string(number) + ' '; };
    const auto counts = [&](const auto& changes) {
        for (const auto number :
             {changes.added.size(), changes.changed.size(), changes.leaving.size(), changes.unchanged})
            count(number);
        for (const auto& one : changes.leaving) count(static_cast<std::size_t>(one.id.value));
    };
    counts(plan.students);
    counts(plan.contacts);
    counts(plan.staff);
    counts(plan.classes);
    for (const auto number : {plan.new_relations.size(), plan.ended_relations.size(), plan.new_enrolments.size(),
                              plan.ended_enrolments.size(), plan.teachers.size()})
        count(number);
    for (const auto& conflict : plan.conflicts) {
        for (const auto id : conflict.appointments) count(static_cast<std::size_t>(id.value));
        for (const auto id : conflict.invites) count(static_cast<std::size_t>(id.value));
    }
    return to_hex(hash_token(text)).substr(0, 32);
}

/// Carries a plan out, with the ids that those who are new get.
class Import {
public:
    Import(Transaction& tx, const RegisterPages& before, const ImportPlan& plan, Instant now)
        : tx_{tx}, plan_{plan}, now_{now} {
        know(before.students, students_);
        know(before.contacts, contacts_);
        know(before.staff, staff_);
        know(before.classes, classes_);
    }

    void apply() {
        put(plan_.students, students_);
        put(plan_.contacts, contacts_);
        put(plan_.staff, staff_);
        put(plan_.classes, classes_);
        for (const auto& one : plan_.ended_relations) tx_.people.remove(one);
        for (const auto& one : plan_.ended_enrolments) tx_.people.remove(one);
        for (const auto& one : plan_.new_relations)
            tx_.people.put(RegisteredRelation{contacts_.at(one.contact), students_.at(one.student), one.relationship,
                                              one.priority, true});
        for (const auto& one : plan_.new_enrolments)
            tx_.people.put(
                RegisteredEnrolment{classes_.at(one.class_id), students_.at(one.person), one.source_id, true});
        for (const auto& one : plan_.teachers) assign(one);
        leave(plan_.students);
        leave(plan_.contacts);
        leave(plan_.staff);
        leave(plan_.classes);
    }

private:
    template <class Known, class Ids>
    static void know(const Known& all, Ids& ids) {
        for (const auto& one : all)
            if (!one.record.source_id.empty()) ids[one.record.source_id] = one.id;
    }

    template <class Key, class Record>
    void put(const Changes<Key, Record>& changes, std::map<std::string, Key>& ids) {
        for (const auto& one : changes.changed)
            ids[one.record.source_id] = tx_.people.put(std::optional{one.id}, one.record);
        for (const auto& one : changes.added) ids[one.source_id] = tx_.people.put(std::optional<Key>{}, one);
    }

    template <class Key, class Record>
    void leave(const Changes<Key, Record>& changes) {
        for (const auto& one : changes.leaving) tx_.people.leave(one.id, now_);
    }

    void assign(const NewTeachers& of) {
        const auto class_id = classes_.at(of.class_id);
        std::vector<RegisteredTeaching> teachers;
        for (const auto& one : of.teachers)
            teachers.push_back({class_id, one.id ? *one.id : staff_.at(one.person), one.source_id, one.listed});
        tx_.people.set_teachers(class_id, teachers);
    }

    Transaction& tx_;
    const ImportPlan& plan_;
    Instant now_;
    std::map<std::string, StudentId> students_;
    std::map<std::string, PersonId> contacts_;
    std::map<std::string, PersonId> staff_;
    std::map<std::string, ClassId> classes_;
};

}  // namespace

ImportPreview preview_import(Transaction& tx, const SchoolLists& lists, ConflictChoice choice, Instant now) {
    auto plan = plan_import(tx.people.all(), tx.people.commitments(now), lists, choice);
    auto fingerprint = fingerprint_of(plan);
    return {std::move(plan), std::move(fingerprint)};
}

Outcome<ImportResult> apply_import(Transaction& tx, const LinkKey& key, PersonId admin, const SchoolLists& lists,
                                   ConflictChoice choice, const std::string& fingerprint, Instant now) {
    const RegisterPages before = tx.people.all();
    ImportResult result{plan_import(before, tx.people.commitments(now), lists, choice), {}, {}};
    if (fingerprint_of(result.plan) != fingerprint) return Refusal::import_outdated;
    if (choice == ConflictChoice::cancel) {
        for (const auto& conflict : result.plan.conflicts) {
            for (const auto id : conflict.appointments) result.cancelled.push_back(call_off(tx, key, id, admin, now));
            for (const auto id : conflict.invites) result.removed.push_back(withdraw_invite(tx, id, admin, now));
        }
    }
    Import{tx, before, result.plan, now}.apply();
    tx.audit.record({Identity{Role::admin, admin.value}, "lists.imported", "school", now});
    return result;
}

}  // namespace parley
