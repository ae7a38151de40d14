#include "lists/oneroster.h"

#include "lists/lists_support.h"

using namespace parley;

namespace {

using Files = std::map<std::string, std::string>;

/// A small school as version 1.1 has it: the role stands with the user.
Files version_1_1() {
    return {
        {"manifest.csv",
         "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\nfile.classes,bulk\n"
         "file.enrollments,bulk\nfile.courses,bulk\nfile.demographics,bulk\nfile.lineItems,absent\n"},
        {"users.csv",
         "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
         "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
         "s1,,,true,o1,student,mia,,Mia,Abel,,,,,,\"p1,p2\",09,\n"
         "s2,,,true,o1,student,leo,,Leo,Abel,,,,,,p1,07,\n"
         "p1,,,true,o1,parent,ann,,Ann,Abel,,,ann@families.example,,,,,\n"
         "p2,,,true,o1,guardian,ben,,Ben,Bond,,,ben@families.example,,,s2,,\n"
         "t1,,,true,o1,teacher,tess,,Tess,Times,,,tess@school.example,,,,,\n"
         "t2,,,true,o1,teacher,fred,,Fred,French,,,fred@school.example,,,,,\n"},
        {"demographics.csv", "sourcedId,status,dateLastModified,birthDate,sex\ns1,,,2012-02-29,female\n"},
        {"courses.csv", "sourcedId,status,dateLastModified,schoolYearSourcedId,title\nc1,,,,Mathematics\n"},
        {"classes.csv",
         "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType\n"
         "k1,,,9A Maths,09,c1,9A,scheduled\nk2,,,7B Tutor,07,,7B,homeroom\n"},
        {"enrollments.csv",
         "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n"
         "e1,,,k1,o1,s1,student,\ne2,,,k1,o1,t1,teacher,true\ne3,,,k2,o1,s2,student,\ne4,,,k2,o1,t2,teacher,false\n"},
    };
}

std::string problems(const SchoolLists& lists) {
    std::string all;
    for (const auto& problem : lists.problems)
        all += problem.place.file + ':' + std::to_string(problem.place.line) + ' ' + problem.place.column + ' ' +
               to_text(problem.fault) + ' ' + problem.value + '\n';
    return all;
}

template <class Record>
std::string ids(const std::vector<Record>& records) {
    std::string all;
    for (const auto& record : records) all += record.source_id + ' ';
    return all;
}

std::string relations(const SchoolLists& lists) {
    std::string all;
    for (const auto& one : lists.relations.records)
        all += one.contact + '>' + one.student + '#' + std::to_string(one.priority) + ' ';
    return all;
}

/// Adds a line to one of the files.
Files with(Files files, const std::string& name, const std::string& line) {
    files[name] += line + '\n';
    return files;
}

}  // namespace

/// OneRoster as the standard's two versions have it (A2).
class OneRosterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OneRosterTest);
    CPPUNIT_TEST(A2_version_1_1);
    CPPUNIT_TEST(A2_version_1_2_has_roles_of_their_own);
    CPPUNIT_TEST(A2_delta_names_who_has_left);
    CPPUNIT_TEST(A2_archive_without_a_manifest_is_a_whole_school);
    CPPUNIT_TEST(A2_file_that_is_promised_and_missing_is_named);
    CPPUNIT_TEST(A2_missing_columns_are_named);
    CPPUNIT_TEST(A2_each_bad_line_is_named_with_its_column);
    CPPUNIT_TEST(A2_disabled_users_have_left);
    CPPUNIT_TEST_SUITE_END();

public:
    void A2_version_1_1() {
        const auto lists = read_oneroster(version_1_1());
        CPPUNIT_ASSERT_EQUAL(std::string{}, problems(lists));
        CPPUNIT_ASSERT_EQUAL(std::string{"s1 s2 "}, ids(lists.students.records));
        const auto& mia = lists.students.records.front();
        CPPUNIT_ASSERT(mia.first_name == "Mia" && mia.last_name == "Abel" && mia.year_group == "09");
        using namespace std::chrono;
        CPPUNIT_ASSERT(mia.born == year{2012} / February / 29 && !lists.students.records.back().born);
        CPPUNIT_ASSERT_EQUAL(std::string{"p1 p2 "}, ids(lists.contacts.records));
        CPPUNIT_ASSERT_EQUAL(std::string{"Ben Bond"}, lists.contacts.records.back().name);
        CPPUNIT_ASSERT_EQUAL(std::string{"p1>s1#1 p2>s1#2 p1>s2#1 p2>s2#2 "}, relations(lists));
        CPPUNIT_ASSERT_EQUAL(std::string{"t1 t2 "}, ids(lists.staff.records));
        CPPUNIT_ASSERT_EQUAL(std::string{"Mathematics"}, lists.classes.records.front().subject);
        CPPUNIT_ASSERT_EQUAL(std::string{"7B Tutor"}, lists.classes.records.back().subject);
        CPPUNIT_ASSERT_EQUAL(std::string{"e1 e2 e3 e4 "}, ids(lists.memberships.records));
        CPPUNIT_ASSERT(lists.memberships.records[1].teaches && lists.memberships.records[1].primary);
        CPPUNIT_ASSERT(lists.students.coverage == Coverage::complete);
    }

    void A2_version_1_2_has_roles_of_their_own() {
        auto files = version_1_1();
        files["manifest.csv"] =
            "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\nfile.roles,bulk\n"
            "file.classes,bulk\nfile.enrollments,bulk\nfile.userProfiles,absent\n";
        files["users.csv"] =
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
            "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,"
            "preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
            "s1,,,true,,,Amelia,Abel,,,,,,p1,09,,,,Mia,,,,\n"
            "p1,,,true,,,Ann,Abel,,,ann@families.example,,,,,,,,,,,,\n"
            "t1,,,true,,,Tess,Times,,,tess@school.example,,,,,,,,,,,,\n"
            "x1,,,true,,,Rex,Relay,,,,,,,,,,,,,,,\n";
        files["roles.csv"] =
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n"
            "r1,,,s1,primary,student,,,o1\nr2,,,p1,primary,parent,,,o1\nr3,,,t1,secondary,parent,,,o1\n"
            "r4,,,t1,primary,teacher,,,o1\n";
        const auto lists = read_oneroster(files);
        CPPUNIT_ASSERT_EQUAL(std::string{}, problems(lists));
        CPPUNIT_ASSERT_EQUAL(std::string{"Mia"}, lists.students.records.front().first_name);
        CPPUNIT_ASSERT_EQUAL(std::string{"s1 "}, ids(lists.students.records));
        CPPUNIT_ASSERT_EQUAL(std::string{"p1 "}, ids(lists.contacts.records));
        CPPUNIT_ASSERT_EQUAL(std::string{"t1 "}, ids(lists.staff.records));
    }

    void A2_delta_names_who_has_left() {
        const auto lists = read_oneroster(
            {{"manifest.csv", "propertyName,value\noneroster.version,1.1\nfile.users,delta\nfile.enrollments,delta\n"},
             {"users.csv",
              "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,givenName,familyName,email\n"
              "s1,tobedeleted,2026-11-01T00:00:00Z,true,o1,student,Mia,Abel,\n"
              "t3,active,2026-11-01T00:00:00Z,true,o1,teacher,Nina,New,nina@school.example\n"},
             {"enrollments.csv",
              "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n"
              "e1,tobedeleted,,k1,o1,s1,student,\ne9,active,,k1,o1,t3,teacher,true\n"}});
        CPPUNIT_ASSERT_EQUAL(std::string{}, problems(lists));
        CPPUNIT_ASSERT(lists.students.coverage == Coverage::changes && lists.classes.coverage == Coverage::absent);
        CPPUNIT_ASSERT(lists.students.left == std::vector<std::string>{"s1"});
        CPPUNIT_ASSERT(lists.memberships.left == std::vector<std::string>{"e1"});
        CPPUNIT_ASSERT_EQUAL(std::string{"t3 "}, ids(lists.staff.records));
    }

    void A2_archive_without_a_manifest_is_a_whole_school() {
        auto files = version_1_1();
        files.erase("manifest.csv");
        CPPUNIT_ASSERT(read_oneroster(files).students.coverage == Coverage::complete);
    }

    void A2_file_that_is_promised_and_missing_is_named() {
        auto files = version_1_1();
        files.erase("classes.csv");
        CPPUNIT_ASSERT_EQUAL(std::string{"file_missing in classes.csv"}, fault_of([&] { read_oneroster(files); }));
        CPPUNIT_ASSERT_EQUAL(std::string{"file_missing in users.csv"}, fault_of([] { read_oneroster({}); }));
    }

    void A2_missing_columns_are_named() {
        auto files = version_1_1();
        files["users.csv"] = "sourcedid,givenName\n1,Mia\n";
        CPPUNIT_ASSERT_EQUAL(std::string{"users.csv:1 sourcedId missing \nusers.csv:1 familyName missing \n"},
                             problems(read_oneroster(files)));
    }

    void A2_each_bad_line_is_named_with_its_column() {
        const auto found = [](const std::string& file, const std::string& line) {
            return problems(read_oneroster(with(version_1_1(), file, line)));
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"users.csv:8 givenName missing \n"},
                             found("users.csv", "s9,,,true,o1,student,,,,Abel,,,,,,,,"));
        CPPUNIT_ASSERT_EQUAL(std::string{"users.csv:8 email not_an_email ann at home\n"},
                             found("users.csv", "p9,,,true,o1,parent,,,Ann,Abel,,,ann at home,,,,,"));
        CPPUNIT_ASSERT_EQUAL(std::string{"users.csv:8 sourcedId repeated s1\n"},
                             found("users.csv", "s1,,,true,o1,student,,,Mia,Abel,,,,,,,,"));
        CPPUNIT_ASSERT_EQUAL(std::string{"users.csv:8 sourcedId missing \n"},
                             found("users.csv", ",,,true,o1,student,,,Mia,Abel,,,,,,,,"));
        CPPUNIT_ASSERT_EQUAL(std::string{"users.csv:8 status not_a_value gone\n"},
                             found("users.csv", "s9,gone,,true,o1,student,,,Mia,Abel,,,,,,,,"));
        CPPUNIT_ASSERT_EQUAL(std::string{"demographics.csv:3 birthDate not_a_date 29.02.2013\n"},
                             found("demographics.csv", "s2,,,29.02.2013,"));
        CPPUNIT_ASSERT_EQUAL(std::string{"demographics.csv:3 birthDate not_a_date 2013-02-29\n"},
                             found("demographics.csv", "s2,,,2013-02-29,"));
        CPPUNIT_ASSERT_EQUAL(std::string{"manifest.csv:10 value not_a_value whole\n"},
                             found("manifest.csv", "file.orgs,whole"));
    }

    void A2_disabled_users_have_left() {
        const auto lists = read_oneroster(with(version_1_1(), "users.csv", "s9,,,false,o1,student,,,Max,Gone,,,,,,,,"));
        CPPUNIT_ASSERT(lists.students.left == std::vector<std::string>{"s9"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OneRosterTest);
