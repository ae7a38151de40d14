#include "domain/commitments.h"

#include <algorithm>

namespace parley {

namespace {

template <class Key>
Commitments::List list_at(const std::map<Key, Commitments::List>& lists, Key id) {
    const auto found = lists.find(id);
    return found == lists.end() ? Commitments::List{} : found->second;
}

Commitments::List about(Commitments::List list, StudentId student) {
    std::erase_if(list, [&](const Commitment* one) {
        return std::find(one->students.begin(), one->students.end(), student) == one->students.end();
    });
    return list;
}

}  // namespace

Commitments::Commitments(const std::vector<Commitment>& all) {
    for (const auto& one : all) {
        by_parent_[one.parent].push_back(&one);
        for (const auto student : one.students) by_student_[student].push_back(&one);
        for (const auto teacher : one.teachers) by_teacher_[teacher].push_back(&one);
        if (one.class_id) by_class_[*one.class_id].push_back(&one);
    }
}

Commitments::List Commitments::of_student(StudentId id) const {
    return list_at(by_student_, id);
}
Commitments::List Commitments::of_parent(PersonId id) const {
    return list_at(by_parent_, id);
}
Commitments::List Commitments::of_teacher(PersonId id) const {
    return list_at(by_teacher_, id);
}
Commitments::List Commitments::of_class(ClassId id) const {
    return list_at(by_class_, id);
}
Commitments::List Commitments::of_relation(PersonId parent, StudentId student) const {
    return about(of_parent(parent), student);
}
Commitments::List Commitments::of_enrolment(ClassId id, StudentId student) const {
    return about(of_class(id), student);
}

}  // namespace parley
