#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "domain/ids.h"
#include "domain/school_lists.h"

namespace parley {

/// Somebody or something of the school, as a list would say it. `source_id` is empty for what was entered by hand.
template <class Key, class Record>
struct Registered {
    Key id;
    Record record;
    bool left{};  ///< not of the school any more; kept for what refers to it
};
using RegisteredStudent = Registered<StudentId, ListedStudent>;
using RegisteredContact = Registered<PersonId, ListedContact>;
using RegisteredStaff = Registered<PersonId, ListedStaff>;
using RegisteredClass = Registered<ClassId, ListedClass>;

struct RegisteredRelation {
    PersonId contact;
    StudentId student;
    std::string relationship;
    int priority{};
    bool listed{};  ///< it came with a list; else by hand
};

struct RegisteredTeaching {
    ClassId class_id;
    PersonId teacher;
    std::string source_id;
    bool listed{};
};

struct RegisteredEnrolment {
    ClassId class_id;
    StudentId student;
    std::string source_id;
    bool listed{};
};

/// Something that is agreed and not over: it must not lose who it is about.
struct Commitment {
    std::optional<AppointmentId> appointment;
    std::optional<InviteId> invite;  ///< one of the two
    PersonId parent;
    std::vector<StudentId> students;
    std::optional<ClassId> class_id;
    std::vector<PersonId> teachers;
};

/// Everything at once, by id.
struct RegisterPages {
    std::vector<RegisteredStudent> students;
    std::vector<RegisteredContact> contacts;
    std::vector<RegisteredStaff> staff;
    std::vector<RegisteredClass> classes;
    std::vector<RegisteredRelation> relations;
    std::vector<RegisteredTeaching> teaching;  ///< a class's teachers in their order
    std::vector<RegisteredEnrolment> enrolments;
};

/// Who belongs to the school, as the office keeps it (A2). An id that is given is changed, else one is added; whoever
/// was gone belongs to the school again.
class Register {
public:
    virtual ~Register() = default;
    virtual RegisterPages all() = 0;
    /// Booked appointments and live invites of evenings that are not over.
    virtual std::vector<Commitment> commitments(Instant now) = 0;

    virtual StudentId put(std::optional<StudentId>, const ListedStudent&) = 0;
    virtual PersonId put(std::optional<PersonId>, const ListedContact&) = 0;
    virtual PersonId put(std::optional<PersonId>, const ListedStaff&) = 0;
    virtual ClassId put(std::optional<ClassId>, const ListedClass&) = 0;
    /// Sessions and links of people end; nobody finds them any more.
    virtual void leave(StudentId, Instant now) = 0;
    virtual void leave(PersonId, Instant now) = 0;
    virtual void leave(ClassId, Instant now) = 0;

    virtual void put(const RegisteredRelation&) = 0;
    virtual void remove(const RegisteredRelation&) = 0;
    /// In this order; one to three, or none.
    virtual void set_teachers(ClassId, const std::vector<RegisteredTeaching>&) = 0;
    virtual void put(const RegisteredEnrolment&) = 0;
    virtual void remove(const RegisteredEnrolment&) = 0;
};

}  // namespace parley
