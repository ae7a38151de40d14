#include "domain/import_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/commitments.h"
#include "domain/listed_kind.h"

namespace parley {

namespace {

constexpr std::size_t most_teachers = 3;

std::string name_of(const ListedStudent& student) {
    return student.first_name + ' ' + student.last_name;
}
template <class Record>
std::string name_of(const Record& record) {
    return record.name;
}

class Planner {
public:
    Planner(const RegisterPages& pages, const std::vector<Commitment>& commitments, const SchoolLists& lists,
            ConflictChoice choice)
        : pages_{pages},
          lists_{lists},
          choice_{choice},
          commitments_{commitments},
          students_{pages.students, lists.students},
          contacts_{pages.contacts, lists.contacts},
          staff_{pages.staff, lists.staff},
          classes_{pages.classes, lists.classes} {
        plan_.problems = lists.problems;
    }

    ImportPlan plan() {
        compare(students_, plan_.students, ConflictKind::student_leaves,
                [this](StudentId id) { return commitments_.of_student(id); });
        compare(contacts_, plan_.contacts, ConflictKind::contact_leaves,
                [this](PersonId id) { return commitments_.of_parent(id); });
        compare(staff_, plan_.staff, ConflictKind::staff_leaves,
                [this](PersonId id) { return commitments_.of_teacher(id); });
        compare(classes_, plan_.classes, ConflictKind::class_ends,
                [this](ClassId id) { return commitments_.of_class(id); });
        if (lists_.relations.coverage != Coverage::absent) relate();
        if (lists_.memberships.coverage != Coverage::absent) {
            enrol();
            assign_teachers();
        }
        return std::move(plan_);
    }

private:
    template <class Kind, class Key, class Record, class Agreed>
    void compare(Kind& kind, Changes<Key, Record>& changes, ConflictKind conflict, Agreed agreed) {
        kind.compare(changes, plan_.problems);
        for (const auto* one : kind.gone()) {
            if (may_go(conflict, name_of(one->record), agreed(one->id)))
                changes.leaving.push_back(*one);
            else
                ++changes.unchanged;
        }
    }

    /// Notes a conflict where something is agreed; false when all is to stay therefore.
    bool may_go(ConflictKind kind, const std::string& who, const Commitments::List& agreed) {
        if (agreed.empty()) return true;
        ImportConflict conflict{kind, who, {}, {}};
        for (const auto* one : agreed) {
            // An appointment goes with its student, its parent and its class: it is asked about once.
            if (!told_.insert(one).second) continue;
            if (one->appointment) conflict.appointments.push_back(*one->appointment);
            if (one->invite) conflict.invites.push_back(*one->invite);
        }
        if (!conflict.appointments.empty() || !conflict.invites.empty()) plan_.conflicts.push_back(std::move(conflict));
        return choice_ == ConflictChoice::cancel;
    }

    template <class Kind>
    bool refers(const Kind& kind, const std::string& source_id, const ListPlace& place) {
        if (kind.refer(source_id)) return true;
        plan_.problems.push_back({place, LineFault::unknown, source_id});
        return false;
    }

    void relate() {
        using Pair = std::pair<PersonId, StudentId>;
        std::map<Pair, const RegisteredRelation*> now;
        for (const auto& one : pages_.relations) now[{one.contact, one.student}] = &one;
        std::set<Pair> wanted;
        for (const auto& one : lists_.relations.records) {
            if (!refers(contacts_, one.contact, one.place) || !refers(students_, one.student, one.place)) continue;
            const auto contact = contacts_.refer(one.contact)->id;
            const auto student = students_.refer(one.student)->id;
            const auto old = contact && student ? now.find({*contact, *student}) : now.end();
            if (old != now.end()) wanted.insert(old->first);
            if (old == now.end() || !says_the_same(*old->second, one)) plan_.new_relations.push_back(one);
        }
        for (const auto& one : pages_.relations) {
            if (one.listed && !wanted.contains({one.contact, one.student}) && is_spoken_of(one)) end(one);
        }
    }

    static bool says_the_same(const RegisteredRelation& known, const ListedRelation& listed) {
        return known.listed && known.priority == listed.priority && known.relationship == listed.relationship;
    }

    /// Changes say of a student whom they name all there is to say; of others nothing.
    bool is_spoken_of(const RegisteredRelation& one) {
        if (lists_.relations.coverage == Coverage::complete) return true;
        if (changed_students_.empty())
            for (const auto& student : lists_.students.records) changed_students_.insert(student.source_id);
        const auto* student = students_.find(one.student);
        return student != nullptr && changed_students_.contains(student->record.source_id);
    }

    void end(const RegisteredRelation& one) {
        const auto* student = students_.find(one.student);
        const auto* contact = contacts_.find(one.contact);
        if (student == nullptr || contact == nullptr) return;
        const auto who = name_of(contact->record) + ", " + name_of(student->record);
        if (may_go(ConflictKind::relation_ends, who, commitments_.of_relation(one.contact, one.student)))
            plan_.ended_relations.push_back(one);
    }

    void enrol() {
        using Pair = std::pair<ClassId, StudentId>;
        std::map<Pair, const RegisteredEnrolment*> now;
        for (const auto& one : pages_.enrolments) now[{one.class_id, one.student}] = &one;
        std::set<Pair> wanted;
        for (const auto& one : lists_.memberships.records) {
            if (one.teaches || !refers(classes_, one.class_id, one.place) || !refers(students_, one.person, one.place))
                continue;
            const auto of = classes_.refer(one.class_id)->id;
            const auto student = students_.refer(one.person)->id;
            const auto old = of && student ? now.find({*of, *student}) : now.end();
            if (old != now.end()) wanted.insert(old->first);
            if (old == now.end() || !old->second->listed) plan_.new_enrolments.push_back(one);
        }
        for (const auto& one : pages_.enrolments) {
            if (one.listed && !wanted.contains({one.class_id, one.student}) && is_ended(one.source_id)) end(one);
        }
    }

    bool is_ended(const std::string& source_id) {
        if (lists_.memberships.coverage == Coverage::complete) return true;
        if (ended_.empty()) ended_.insert(lists_.memberships.left.begin(), lists_.memberships.left.end());
        return ended_.contains(source_id);
    }

    void end(const RegisteredEnrolment& one) {
        const auto* student = students_.find(one.student);
        const auto* of = classes_.find(one.class_id);
        if (student == nullptr || of == nullptr) return;
        const auto who = name_of(student->record) + ", " + name_of(of->record);
        if (may_go(ConflictKind::enrolment_ends, who, commitments_.of_enrolment(one.class_id, one.student)))
            plan_.ended_enrolments.push_back(one);
    }

    /// Of each class that is spoken of, all its teachers: those that stay, then those that are new.
    void assign_teachers() {
        std::map<std::string, std::vector<TeacherSeat>> classes;
        for (const auto& one : pages_.teaching) seat_known(one, classes);
        for (const auto& one : lists_.memberships.records) {
            if (one.teaches && refers(classes_, one.class_id, one.place) && refers(staff_, one.person, one.place))
                seat_listed(one, classes[one.class_id]);
        }
        for (auto& [id, seats] : classes) settle(id, seats);
    }

    /// `kept` by the list, or by hand.
    struct TeacherSeat {
        std::string person;  ///< source id; of whom was entered by hand it is empty
        std::optional<PersonId> id;
        std::string source_id;
        bool listed{};
        bool kept{};
        bool was{};
        bool primary{};
        ListPlace place;
    };

    void seat_known(const RegisteredTeaching& one, std::map<std::string, std::vector<TeacherSeat>>& classes) {
        const auto* of = classes_.find(one.class_id);
        const auto* teacher = staff_.find(one.teacher);
        if (of == nullptr || teacher == nullptr || of->record.source_id.empty()) return;
        const bool kept = !one.listed || !is_ended(one.source_id);
        classes[of->record.source_id].push_back(
            {teacher->record.source_id, one.teacher, one.source_id, one.listed, kept, true, false, {}});
    }

    void seat_listed(const ListedMembership& one, std::vector<TeacherSeat>& seats) {
        const auto id = staff_.refer(one.person)->id;
        const auto same = [&](const TeacherSeat& seat) {
            return id ? seat.id == id : !seat.id && seat.person == one.person;
        };
        const auto old = std::find_if(seats.begin(), seats.end(), same);
        if (old == seats.end())
            seats.push_back({one.person, id, one.source_id, true, true, false, one.primary, one.place});
        else
            old->kept = old->listed = true, old->primary = one.primary, old->source_id = one.source_id;
    }

    void settle(const std::string& class_id, std::vector<TeacherSeat>& seats) {
        const auto before = seats;
        std::erase_if(seats, [](const TeacherSeat& seat) { return !seat.kept; });
        std::stable_sort(seats.begin(), seats.end(),
                         [](const auto& a, const auto& b) { return a.primary > b.primary; });
        for (; seats.size() > most_teachers; seats.pop_back())
            plan_.problems.push_back({seats.back().place, LineFault::too_many, seats.back().person});
        const auto unchanged = [](const TeacherSeat& a, const TeacherSeat& b) {
            return a.was && b.was && a.id == b.id;
        };
        if (std::equal(seats.begin(), seats.end(), before.begin(), before.end(), unchanged)) return;
        NewTeachers teachers{class_id, {}};
        for (const auto& seat : seats) teachers.teachers.push_back({seat.id, seat.person, seat.source_id, seat.listed});
        plan_.teachers.push_back(std::move(teachers));
    }

    const RegisterPages& pages_;
    const SchoolLists& lists_;
    ConflictChoice choice_;
    Commitments commitments_;
    ListedKind<StudentId, ListedStudent> students_;
    ListedKind<PersonId, ListedContact> contacts_;
    ListedKind<PersonId, ListedStaff> staff_;
    ListedKind<ClassId, ListedClass> classes_;
    std::set<const Commitment*> told_;
    std::set<std::string> changed_students_;
    std::set<std::string> ended_;
    ImportPlan plan_;
};

}  // namespace

ImportPlan plan_import(const RegisterPages& pages, const std::vector<Commitment>& commitments, const SchoolLists& lists,
                       ConflictChoice choice) {
    return Planner{pages, commitments, lists, choice}.plan();
}

}  // namespace parley
