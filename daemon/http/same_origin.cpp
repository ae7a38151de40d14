#include "http/same_origin.h"

#include <algorithm>

namespace parley {

namespace {

bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

bool is_same_origin(const Request& request) {
    if (request.origin.empty()) return request.fetch_site == "same-origin";
    return !request.host.empty() && same_letters(request.origin, "https://" + request.host);
}

bool is_json(std::string_view content_type) {
    std::string_view type = content_type.substr(0, content_type.find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
    return same_letters(type, "application/json");
}

bool is_safe(std::string_view method) {
    return method == "GET" || method == "HEAD";
}

}  // namespace parley
