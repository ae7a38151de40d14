#pragma once
#include "domain/enrolment_port.h"

namespace parley {

class Database;

class EnrolmentTable final : public Enrolment {
public:
    explicit EnrolmentTable(Database& database) : database_{database} {}

    bool is_empty() override;
    void set_school(const School&) override;
    PersonId add_person(const Person&) override;
    StudentId add_student(const Student&) override;
    void add_contact(PersonId parent, StudentId) override;
    ClassId add_class(const ClassInfo&, const std::vector<PersonId>& teachers) override;
    void enrol(StudentId, ClassId) override;
    EveningId add_evening(const Evening&) override;
    void add_offer(EveningId, const ClassOffer&) override;

private:
    Database& database_;
};

}  // namespace parley
