#pragma once
#include <string>
#include <vector>

#include "domain/model.h"

namespace parley {

/// How people, classes and evenings come into the box: the demo now, the imports later.
class Enrolment {
public:
    virtual ~Enrolment() = default;
    virtual bool is_empty() = 0;  ///< no school, no people
    virtual void set_school(const School&) = 0;
    virtual PersonId add_person(const Person&) = 0;  ///< ids given are ignored
    virtual StudentId add_student(const Student&) = 0;
    virtual void add_contact(PersonId parent, StudentId) = 0;
    virtual ClassId add_class(const ClassInfo&, const std::vector<PersonId>& teachers) = 0;  ///< 1 to 3 teachers
    virtual void enrol(StudentId, ClassId) = 0;
    virtual EveningId add_evening(const Evening&) = 0;
    virtual void add_offer(EveningId, const ClassOffer&) = 0;  ///< the teachers are the class's
};

}  // namespace parley
