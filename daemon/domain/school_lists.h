#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"

namespace parley {

/// Where in what was handed in something stands: a line from 1; no column when it is about the line as a whole.
struct ListPlace {
    std::string file;
    std::size_t line{};
    std::string column;
};

/// What is wrong with one line; each has its sentence in the catalogues (`line.<name>`).
enum class LineFault {
    missing,       ///< a field that must not be empty
    not_a_name,    ///< characters that no name has, or too many
    not_an_email,  ///< not one complete address
    not_a_date,    ///< ISO 8601, or the school's own way of writing dates
    not_a_value,   ///< not one of the words that the format knows
    unknown,       ///< refers to somebody or something that is nowhere
    repeated,      ///< the same id in an earlier line
    too_many       ///< a fourth teacher of a class (M12)
};

constexpr const char* to_text(LineFault fault) {
    switch (fault) {
        case LineFault::missing: return "missing";
        case LineFault::not_a_name: return "not_a_name";
        case LineFault::not_an_email: return "not_an_email";
        case LineFault::not_a_date: return "not_a_date";
        case LineFault::not_a_value: return "not_a_value";
        case LineFault::unknown: return "unknown";
        case LineFault::repeated: return "repeated";
        case LineFault::too_many: return "too_many";
    }
    return "";
}

/// A line that is left out. `value` is what stands there, shortened.
struct LineProblem {
    ListPlace place;
    LineFault fault{};
    std::string value;
};

/// The ids are the school's own (OneRoster: sourcedId): by them a later import knows somebody again.
struct ListedStudent {
    std::string source_id;
    std::string first_name;
    std::string last_name;
    std::optional<Day> born;
    std::string year_group;
    ListPlace place;
};

/// A parent or guardian.
struct ListedContact {
    std::string source_id;
    std::string name;
    std::string email;
    ListPlace place;
};

/// Whose contact somebody is. The least `priority` is asked first; 0 is not said. With changes only, what is said of a
/// student is all there is to say of them.
struct ListedRelation {
    std::string contact;
    std::string student;
    std::string relationship;
    int priority{};
    ListPlace place;
};

struct ListedStaff {
    std::string source_id;
    std::string name;
    std::string email;
    ListPlace place;
};

struct ListedClass {
    std::string source_id;
    std::string name;
    std::string subject;
    std::string year_group;
    ListPlace place;
};

/// That somebody teaches a class, or is a student of it. A class has at most three teachers (M12), the primary first.
struct ListedMembership {
    std::string source_id;  ///< may be empty: then class and person say which it is
    std::string class_id;
    std::string person;
    bool teaches{};
    bool primary{};
    ListPlace place;
};

/// What a list says of those who are not on it.
enum class Coverage {
    absent,    ///< there is no list of this kind: nothing is known
    complete,  ///< all there are: who is missing has left
    changes    ///< those that have changed; who has left is named
};

template <class Record>
struct ListOf {
    Coverage coverage{};
    std::vector<Record> records;
    std::vector<std::string> left;  ///< source ids that are named as gone
};

/// What a school hands in, whatever its format (A2). Ids may refer to people and classes of an earlier import.
struct SchoolLists {
    ListOf<ListedStudent> students;
    ListOf<ListedContact> contacts;
    ListOf<ListedRelation> relations;
    ListOf<ListedStaff> staff;
    ListOf<ListedClass> classes;
    ListOf<ListedMembership> memberships;
    std::vector<LineProblem> problems;  ///< in the order of files and lines
};

}  // namespace parley
