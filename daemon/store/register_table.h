#pragma once
#include "domain/register_port.h"

namespace parley {

class Database;

class RegisterTable final : public Register {
public:
    explicit RegisterTable(Database& database) : database_{database} {}

    RegisterPages all() override;
    std::vector<Commitment> commitments(Instant now) override;

    StudentId put(std::optional<StudentId>, const ListedStudent&) override;
    PersonId put(std::optional<PersonId>, const ListedContact&) override;
    PersonId put(std::optional<PersonId>, const ListedStaff&) override;
    ClassId put(std::optional<ClassId>, const ListedClass&) override;
    void leave(StudentId, Instant now) override;
    void leave(PersonId, Instant now) override;
    void leave(ClassId, Instant now) override;

    void put(const RegisteredRelation&) override;
    void remove(const RegisteredRelation&) override;
    void set_teachers(ClassId, const std::vector<RegisteredTeaching>&) override;
    void put(const RegisteredEnrolment&) override;
    void remove(const RegisteredEnrolment&) override;

private:
    template <class Record>
    std::vector<Registered<PersonId, Record>> people(Role);
    template <class Record>
    PersonId put_person(Role, std::optional<PersonId>, const Record&);
    std::vector<RegisteredStudent> students();
    std::vector<RegisteredClass> classes();
    std::vector<RegisteredRelation> relations();
    std::vector<RegisteredTeaching> teaching();
    std::vector<RegisteredEnrolment> enrolments();
    std::vector<Commitment> appointments(Instant now);
    std::vector<Commitment> invites(Instant now);

    Database& database_;
};

}  // namespace parley
