#include "lists/oneroster.h"

#include <algorithm>
#include <set>

#include "lists/list_error.h"
#include "lists/list_table.h"
#include "lists/oneroster_values.h"
#include "lists/text_decoding.h"

namespace parley {

namespace {

using Words = std::vector<std::string>;

struct User {
    OneRosterRole role{OneRosterRole::other};
    bool known_role{};
};

class Reader {
public:
    explicit Reader(const std::map<std::string, std::string>& files) : files_{files} {}

    SchoolLists read() {
        read_manifest();
        if (!files_.contains("users.csv")) throw ListError{ListFault::file_missing, "users.csv"};
        read_roles();
        read_birth_dates();
        read_users();
        read_course_titles();
        read_classes();
        read_enrollments();
        relate();
        std::stable_sort(lists_.problems.begin(), lists_.problems.end(), [](const auto& a, const auto& b) {
            return std::tie(a.place.file, a.place.line) < std::tie(b.place.file, b.place.line);
        });
        return std::move(lists_);
    }

private:
    /// Nothing when it is not there or lacks a column.
    std::optional<ListTable> table(const std::string& name, const Words& columns) {
        const auto found = files_.find(name);
        if (found == files_.end()) return std::nullopt;
        ListTable result{read_csv(decode_text(found->second, name).text, name), lists_.problems};
        return result.require(columns) ? std::optional{std::move(result)} : std::nullopt;
    }

    /// An archive without one is read as a whole school of version 1.1.
    void read_manifest() {
        const auto manifest = table("manifest.csv", {"propertyName", "value"});
        if (!manifest) return;
        manifest->each([&](const ListLine& line) {
            const auto property = line.get("propertyName");
            if (!property.starts_with("file.")) return;
            const auto mode = line.word("value", {"absent", "bulk", "delta"});
            const auto file = std::string{property.substr(5)} + ".csv";
            if (mode) manifest_[file] = static_cast<Coverage>(*mode);
            const bool ours =
                std::find(oneroster_files().begin(), oneroster_files().end(), file) != oneroster_files().end();
            if (ours && mode.value_or(0) != 0 && !files_.contains(file)) throw ListError{ListFault::file_missing, file};
        });
    }

    [[nodiscard]] Coverage coverage(const std::string& file) const {
        if (!files_.contains(file)) return Coverage::absent;
        const auto said = manifest_.find(file);
        return said == manifest_.end() ? Coverage::complete : said->second;
    }

    /// Whether it says that its record is gone; another word than the standard's is a problem.
    static bool is_gone(const ListLine& line) {
        const auto status = line.get("status");
        if (status == "tobedeleted" || status == "inactive") return true;
        if (!status.empty() && status != "active") line.refuse("status", LineFault::not_a_value);
        return false;
    }

    void read_roles() {
        const auto roles = table("roles.csv", {"userSourcedId", "role"});
        if (!roles) return;
        roles->each([&](const ListLine& line) {
            if (is_gone(line)) return;
            auto& user = users_[std::string{line.get("userSourcedId")}];
            const auto role = oneroster_role(line.get("role"));
            // Who teaches here and has a child here is both; the primary one decides, or the first.
            if (user.known_role && line.get("roleType") != "primary") return;
            user = {role, true};
        });
    }

    void read_birth_dates() {
        const auto demographics = table("demographics.csv", {"sourcedId", "birthDate"});
        if (!demographics) return;
        demographics->each([&](const ListLine& line) {
            if (is_gone(line) || line.get("birthDate").empty()) return;
            const auto date = oneroster_date(line.get("birthDate"));
            if (date)
                born_[std::string{line.get("sourcedId")}] = *date;
            else
                line.refuse("birthDate", LineFault::not_a_date);
        });
    }

    void read_users() {
        const auto file = table("users.csv", {"sourcedId", "givenName", "familyName"});
        lists_.students.coverage = lists_.contacts.coverage = lists_.staff.coverage = coverage("users.csv");
        if (!file) return;
        file->each([&](const ListLine& line) { read_user(line); });
    }

    void read_user(const ListLine& line) {
        const auto id = line.id("sourcedId");
        if (!id) return;
        if (!seen_.insert(*id).second) return line.refuse("sourcedId", LineFault::repeated);
        const auto said = users_.find(*id);
        const auto role = said != users_.end() ? said->second.role : oneroster_role(line.get("role"));
        if (is_gone(line) || line.get("enabledUser") == "false") return leave(*id, role);
        switch (role) {
            case OneRosterRole::student: return read_student(line, *id);
            case OneRosterRole::contact: return read_contact(line, *id);
            case OneRosterRole::staff: return read_staff(line, *id);
            case OneRosterRole::other: return;
        }
    }

    /// Whose role is not said any more may have been anybody.
    void leave(const std::string& id, OneRosterRole role) {
        if (role == OneRosterRole::student || role == OneRosterRole::other) lists_.students.left.push_back(id);
        if (role == OneRosterRole::contact || role == OneRosterRole::other) lists_.contacts.left.push_back(id);
        if (role == OneRosterRole::staff || role == OneRosterRole::other) lists_.staff.left.push_back(id);
    }

    void read_student(const ListLine& line, const std::string& id) {
        const auto first = line.name(line.get("preferredGivenName").empty() ? "givenName" : "preferredGivenName");
        const auto last = line.name(line.get("preferredFamilyName").empty() ? "familyName" : "preferredFamilyName");
        if (!first || !last) return;
        const auto born = born_.find(id);
        lists_.students.records.push_back({id, *first, *last,
                                           born == born_.end() ? std::nullopt : std::optional{born->second},
                                           grade_in(line), line.place()});
        for (auto& agent : oneroster_ids(line.get("agentSourcedIds")))
            wanted_relations_.push_back({std::move(agent), id, {}, 0, line.place("agentSourcedIds")});
    }

    static std::string grade_in(const ListLine& line) {
        const auto grades = oneroster_ids(line.get("grades"));
        return grades.empty() ? std::string{} : grades.front();
    }

    void read_contact(const ListLine& line, const std::string& id) {
        const auto name = line.full_name("givenName", "familyName");
        const auto email = line.email("email");
        if (!name || !email) return;
        lists_.contacts.records.push_back({id, *name, *email, line.place()});
        for (auto& agent : oneroster_ids(line.get("agentSourcedIds")))
            wanted_relations_.push_back({id, std::move(agent), {}, 0, line.place("agentSourcedIds")});
    }

    void read_staff(const ListLine& line, const std::string& id) {
        const auto name = line.full_name("givenName", "familyName");
        const auto email = line.email("email");
        if (name && email) lists_.staff.records.push_back({id, *name, *email, line.place()});
    }

    void read_course_titles() {
        const auto courses = table("courses.csv", {"sourcedId", "title"});
        if (!courses) return;
        courses->each([&](const ListLine& line) {
            course_titles_[std::string{line.get("sourcedId")}] = std::string{line.get("title")};
        });
    }

    void read_classes() {
        const auto file = table("classes.csv", {"sourcedId", "title"});
        lists_.classes.coverage = coverage("classes.csv");
        if (!file) return;
        file->each([&](const ListLine& line) {
            const auto id = line.id("sourcedId");
            if (!id) return;
            if (!classes_.insert(*id).second) return line.refuse("sourcedId", LineFault::repeated);
            if (is_gone(line)) return lists_.classes.left.push_back(*id);
            if (const auto title = line.name("title"))
                lists_.classes.records.push_back({*id, *title, subject_of(line, *title), grade_in(line), line.place()});
        });
    }

    /// Its own, else its course's title, else its own title.
    std::string subject_of(const ListLine& line, const std::string& title) const {
        const auto own = oneroster_ids(line.get("subjects"));
        if (!own.empty()) return own.front();
        const auto course = course_titles_.find(std::string{line.get("courseSourcedId")});
        return course == course_titles_.end() || course->second.empty() ? title : course->second;
    }

    void read_enrollments() {
        const auto file = table("enrollments.csv", {"classSourcedId", "userSourcedId", "role"});
        lists_.memberships.coverage = coverage("enrollments.csv");
        if (!file) return;
        file->each([&](const ListLine& line) { read_enrollment(line); });
    }

    void read_enrollment(const ListLine& line) {
        const std::string id{line.get("sourcedId")};
        if (is_gone(line)) return lists_.memberships.left.push_back(id);
        const bool teaches = line.get("role") == "teacher";
        if (!teaches && line.get("role") != "student") return;
        const auto of = line.id("classSourcedId");
        const auto user = line.id("userSourcedId");
        if (!of || !user) return;
        lists_.memberships.records.push_back(
            {id, *of, *user, teaches, line.get("primary") == "true", line.place("userSourcedId")});
    }

    /// Said at the student, at the parent, or at both.
    void relate() {
        lists_.relations.coverage = lists_.students.coverage;
        std::set<std::pair<std::string, std::string>> told;
        std::map<std::string, int> asked;
        for (auto& relation : wanted_relations_) {
            if (!told.emplace(relation.contact, relation.student).second) continue;
            relation.priority = ++asked[relation.student];
            lists_.relations.records.push_back(std::move(relation));
        }
    }

    const std::map<std::string, std::string>& files_;
    SchoolLists lists_;
    std::map<std::string, Coverage> manifest_;
    std::map<std::string, User> users_;
    std::map<std::string, Day> born_;
    std::map<std::string, std::string> course_titles_;
    std::set<std::string> classes_;
    std::set<std::string> seen_;
    std::vector<ListedRelation> wanted_relations_;
};

}  // namespace

const std::vector<std::string>& oneroster_files() {
    static const std::vector<std::string> files{
        "manifest.csv",    "users.csv",   "roles.csv", "demographics.csv",     "classes.csv",
        "enrollments.csv", "courses.csv", "orgs.csv",  "academicSessions.csv", "userProfiles.csv"};
    return files;
}

SchoolLists read_oneroster(const std::map<std::string, std::string>& files) {
    return Reader{files}.read();
}

}  // namespace parley
