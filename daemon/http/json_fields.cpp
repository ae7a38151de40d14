#include "http/json_fields.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace parley {

namespace json = boost::json;

JsonFields::JsonFields(const std::string& body) {
    boost::system::error_code error;
    value_ = json::parse(body, error);
    unreadable_ = error || !value_.is_object();
}

JsonFields::JsonFields(const json::value& object) : value_(object), unreadable_{!object.is_object()} {}

const json::value* JsonFields::find(const char* name, Need need) {
    if (unreadable_) return nullptr;
    const json::value* found = value_.get_object().if_contains(name);
    if (found == nullptr && need == Need::required) wrong(name);
    return found;
}

void JsonFields::wrong(const char* name) {
    errors_.push_back({name, Refusal::request_invalid});
}

std::string JsonFields::text(const char* name, Need need) {
    const json::value* found = find(name, need);
    if (found == nullptr) return {};
    if (const auto* text = found->if_string()) return std::string{*text};
    wrong(name);
    return {};
}

std::int64_t JsonFields::integer(const char* name) {
    const json::value* found = find(name, Need::required);
    if (found == nullptr) return 0;
    if (const auto* number = found->if_int64()) return *number;
    wrong(name);
    return 0;
}

bool JsonFields::flag(const char* name, Need need) {
    const json::value* found = find(name, need);
    if (found == nullptr) return false;
    if (const auto* flag = found->if_bool()) return *flag;
    wrong(name);
    return false;
}

std::vector<std::int64_t> JsonFields::integers(const char* name, Need need) {
    const json::value* found = find(name, need);
    if (found == nullptr) return {};
    const auto* list = found->if_array();
    const auto is_integer = [](const json::value& item) { return item.is_int64(); };
    if (list == nullptr || list->size() > max_integers || !std::all_of(list->begin(), list->end(), is_integer)) {
        wrong(name);
        return {};
    }
    std::vector<std::int64_t> numbers;
    for (const auto& item : *list) numbers.push_back(item.get_int64());
    return numbers;
}

Instant JsonFields::instant(const char* name) {
    const auto errors_before = errors_.size();
    const auto at = parse_instant(text(name));
    if (at) return *at;
    if (errors_.size() == errors_before && !unreadable_) wrong(name);
    return {};
}

std::string JsonFields::page(const char* name) {
    const auto errors_before = errors_.size();
    std::string page = text(name);
    if (errors_.size() == errors_before && !is_page_name(page)) wrong(name);
    return page;
}

std::vector<json::value> JsonFields::objects(const char* name, std::size_t most) {
    const json::value* found = find(name, Need::required);
    if (found == nullptr) return {};
    const auto* list = found->if_array();
    const auto is_object = [](const json::value& item) { return item.is_object(); };
    if (list == nullptr || list->size() > most || !std::all_of(list->begin(), list->end(), is_object)) {
        wrong(name);
        return {};
    }
    return {list->begin(), list->end()};
}

bool is_page_name(const std::string& text) {
    const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    return text.size() == 32 && std::all_of(text.begin(), text.end(), is_hex);
}

}  // namespace parley
