#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "domain/model.h"

namespace parley {

/// Who and what the school is. Read only; lists are in the order a person would read them.
class Directory {
public:
    virtual ~Directory() = default;
    /// Throws when the box has not been set up.
    virtual School school() = 0;
    virtual std::optional<Person> person(PersonId) = 0;
    /// Everybody with this address, ASCII case aside: a teacher may be a parent as well.
    virtual std::vector<Person> people_with_email(std::string_view) = 0;
    virtual std::vector<Person> people(Role) = 0;
    virtual std::optional<Evening> evening(EveningId) = 0;
    /// By start; at most 1000.
    virtual std::vector<Evening> evenings() = 0;
    /// The parent's students who take part in the evening: enrolled in a class that is offered there (M1).
    virtual std::vector<Student> students_of(PersonId parent, EveningId) = 0;
    /// The classes of the student that are offered in the evening.
    virtual std::vector<ClassOffer> offers_for(StudentId, EveningId) = 0;
};

}  // namespace parley
