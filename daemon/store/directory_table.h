#pragma once
#include "domain/directory_port.h"

namespace parley {

class Database;

class DirectoryTable final : public Directory {
public:
    explicit DirectoryTable(Database& database) : database_{database} {}

    School school() override;
    std::optional<Person> person(PersonId) override;
    std::vector<Person> people_with_email(std::string_view) override;
    std::vector<Person> people(Role) override;
    std::optional<Evening> evening(EveningId) override;
    std::vector<Evening> evenings() override;
    std::vector<Student> students_of(PersonId, EveningId) override;
    std::vector<ClassOffer> offers_for(StudentId, EveningId) override;

private:
    std::vector<PersonBrief> teachers_of(ClassId);

    Database& database_;
};

}  // namespace parley
