// What parleyd itself reads of a request: the path, the query's page, the JSON of the body, the sender's address.
#include <algorithm>
#include <string>
#include <string_view>

#include "check.h"
#include "http/json_fields.h"
#include "http/rate_limits.h"
#include "http/route_table.h"

using namespace parley;

namespace {

/// Takes a line off the front.
std::string_view take_line(std::string_view& rest) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

void check_path(std::string_view path) {
    for (const char* method : {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "get"}) {
        const auto found = find_route(method, path);
        check(found.route == nullptr || !found.allow.empty());
        for (const auto& [name, value] : found.parameters) {
            check(!value.empty() && value.size() <= 64 && value.find('/') == std::string::npos);
            const bool number = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
            check(name == "seat" || (number && std::stoll(value) > 0));
        }
    }
}

/// Whatever stands there, a field is what it has to be, or there is an error that names it.
void check_body(const std::string& body) {
    JsonFields fields{body};
    for (const char* name : {"name", "students", "consent", "starts_at", "page", "candidates"}) {
        const auto before = fields.errors().size();
        fields.text(name, JsonFields::Need::optional);
        const auto page = fields.page(name);
        check(is_page_name(page) || !fields.good());
        check(fields.integers(name, JsonFields::Need::optional).size() <= JsonFields::max_integers);
        check(fields.objects(name, 10).size() <= 10);
        fields.integer(name);
        fields.flag(name, JsonFields::Need::optional);
        fields.instant(name);
        check(fields.errors().size() >= before);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    check_path(take_line(rest));
    const std::string address{take_line(rest)};
    check(client_key(address).size() <= std::max<std::size_t>(address.size(), 16));
    check_body(std::string{rest});
    return 0;
}
