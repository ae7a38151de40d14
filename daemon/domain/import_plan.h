#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "domain/register_port.h"
#include "domain/school_lists.h"

namespace parley {

/// What becomes of one kind of record.
template <class Key, class Record>
struct Changes {
    std::vector<Record> added;
    std::vector<Registered<Key, Record>> changed;  ///< as they will be, with their ids
    std::vector<Registered<Key, Record>> leaving;  ///< as they are
    std::size_t unchanged{};
};

/// Who would be gone although something is agreed with them.
enum class ConflictKind { student_leaves, contact_leaves, relation_ends, staff_leaves, class_ends, enrolment_ends };

constexpr const char* to_text(ConflictKind kind) {
    switch (kind) {
        case ConflictKind::student_leaves: return "student_leaves";
        case ConflictKind::contact_leaves: return "contact_leaves";
        case ConflictKind::relation_ends: return "relation_ends";
        case ConflictKind::staff_leaves: return "staff_leaves";
        case ConflictKind::class_ends: return "class_ends";
        case ConflictKind::enrolment_ends: return "enrolment_ends";
    }
    return "";
}

struct ImportConflict {
    ConflictKind kind{};
    std::string who;  ///< names, for the person who decides
    std::vector<AppointmentId> appointments;
    std::vector<InviteId> invites;
};

/// What is done about the conflicts: they stay as they are until the evening is over, or their appointments are
/// cancelled and their invites removed, and the people concerned are mailed.
enum class ConflictChoice { keep, cancel };

/// All the teachers that a class has from now on, in their order; `person` is the source id of whom has no id yet.
struct NewTeachers {
    struct Teacher {
        std::optional<PersonId> id;
        std::string person;
        std::string source_id;
        bool listed{};
    };
    std::string class_id;
    std::vector<Teacher> teachers;
};

/// What an import would do. Nothing in it has happened yet.
struct ImportPlan {
    Changes<StudentId, ListedStudent> students;
    Changes<PersonId, ListedContact> contacts;
    Changes<PersonId, ListedStaff> staff;
    Changes<ClassId, ListedClass> classes;
    // People and classes that are only added now have no id yet, so the new ones are named by their source ids.
    std::vector<ListedRelation> new_relations;
    std::vector<RegisteredRelation> ended_relations;
    std::vector<ListedMembership> new_enrolments;
    std::vector<RegisteredEnrolment> ended_enrolments;
    std::vector<NewTeachers> teachers;
    std::vector<LineProblem> problems;
    std::vector<ImportConflict> conflicts;
};

/// Compares the lists with the register. Somebody is the same by source id, else by address (people entered by hand
/// who are listed for the first time) or by full name and birth date (students). Pure.
ImportPlan plan_import(const RegisterPages&, const std::vector<Commitment>&, const SchoolLists&, ConflictChoice);

}  // namespace parley
