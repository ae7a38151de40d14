#include "domain/listed_kind.h"

#include "domain/text_rules.h"

namespace parley {

namespace {

template <class Named>
bool same_person(const Named& a, const Named& b) {
    return a.source_id == b.source_id && a.name == b.name && a.email == b.email;
}

}  // namespace

std::string hand_key(const ListedStudent& one) {
    return one.first_name + '\n' + one.last_name + '\n' + (one.born ? to_text(*one.born) : std::string{});
}

std::string hand_key(const ListedContact& one) {
    return lower_case(one.email);
}

std::string hand_key(const ListedStaff& one) {
    return lower_case(one.email);
}

std::string hand_key(const ListedClass& one) {
    return one.name;
}

bool same_record(const ListedStudent& a, const ListedStudent& b) {
    return a.source_id == b.source_id && a.first_name == b.first_name && a.last_name == b.last_name &&
           a.born == b.born && a.year_group == b.year_group;
}

bool same_record(const ListedContact& a, const ListedContact& b) {
    return same_person(a, b);
}

bool same_record(const ListedStaff& a, const ListedStaff& b) {
    return same_person(a, b);
}

bool same_record(const ListedClass& a, const ListedClass& b) {
    return a.source_id == b.source_id && a.name == b.name && a.subject == b.subject && a.year_group == b.year_group;
}

}  // namespace parley
