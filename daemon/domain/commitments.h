#pragma once
#include <map>
#include <vector>

#include "domain/register_port.h"

namespace parley {

/// What is agreed with whom, by whom it concerns. `all` must outlive it.
class Commitments {
public:
    using List = std::vector<const Commitment*>;

    explicit Commitments(const std::vector<Commitment>& all);
    [[nodiscard]] List of_student(StudentId) const;
    [[nodiscard]] List of_parent(PersonId) const;
    [[nodiscard]] List of_teacher(PersonId) const;
    [[nodiscard]] List of_class(ClassId) const;
    [[nodiscard]] List of_relation(PersonId parent, StudentId) const;
    [[nodiscard]] List of_enrolment(ClassId, StudentId) const;

private:
    std::map<PersonId, List> by_parent_;
    std::map<StudentId, List> by_student_;
    std::map<PersonId, List> by_teacher_;
    std::map<ClassId, List> by_class_;
};

}  // namespace parley
