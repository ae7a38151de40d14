// openapi.yaml is the contract: it and the route table name the same routes, and what is answered has the shape that it
// promises.
#include <cppunit/extensions/HelperMacros.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>

#include "http/api_school.h"
#include "http/refusals.h"
#include "http/route_table.h"

using namespace parley;

namespace {

const std::string contract = PARLEY_SOURCE_DIR "/daemon/http/openapi.yaml";

/// Reads "  /path:" and "    method:" as the file is written; the schema check reads it as YAML.
std::set<std::string> contract_routes() {
    std::set<std::string> routes;
    std::ifstream file{contract};
    std::string path;
    const std::regex path_line{R"(  (/[^:]*):.*)"};
    const std::regex method_line{R"(    (get|post|put|delete|patch):.*)"};
    for (std::string line; std::getline(file, line);) {
        std::smatch found;
        if (std::regex_match(line, found, path_line)) path = found[1];
        if (!std::regex_match(line, found, method_line)) continue;
        std::string method = found[1];
        for (char& c : method) c = static_cast<char>(std::toupper(c));
        routes.insert(method + ' ' + path);
    }
    return routes;
}

/// Keeps what was answered, one JSON object a line.
class Recorder {
public:
    explicit Recorder(const std::filesystem::path& file) : file_{file} {}
    TestAnswer keep(const std::string& pattern, const std::string& method, TestAnswer answer) {
        const boost::json::object line{
            {"method", method}, {"path", pattern}, {"status", answer.status}, {"body", answer.body}};
        file_ << boost::json::serialize(line) << std::endl;
        return answer;
    }

private:
    std::ofstream file_;
};

}  // namespace

class ApiContractTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApiContractTest);
    CPPUNIT_TEST(the_table_and_the_contract_name_the_same_routes);
    CPPUNIT_TEST(answers_have_the_shapes_of_the_contract);
    CPPUNIT_TEST(every_refusal_has_a_name_and_a_sentence);
    CPPUNIT_TEST_SUITE_END();

public:
    void the_table_and_the_contract_name_the_same_routes() {
        std::set<std::string> table;
        for (const auto& route : route_table())
            table.insert(std::string{route.method} + ' ' + std::string{route.pattern});
        const auto promised = contract_routes();
        for (const auto& route : promised) CPPUNIT_ASSERT_MESSAGE("not in the table: " + route, table.contains(route));
        for (const auto& route : table)
            CPPUNIT_ASSERT_MESSAGE("not in the contract: " + route, promised.contains(route));
    }

    void answers_have_the_shapes_of_the_contract() {
        const TemporaryFolder folder;
        const auto file = folder.path() / "answers.jsonl";
        record_an_evening(file);
        const std::string command =
            "python3 " PARLEY_SOURCE_DIR "/tests/http/api_shapes.py " + contract + ' ' + file.string();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(command, 0, std::system(command.c_str()));
    }

    void every_refusal_has_a_name_and_a_sentence() {
        std::set<std::string> names;
        for (int i = 0; i <= static_cast<int>(Refusal::too_many_requests); ++i) {
            const RefusalText text = describe(static_cast<Refusal>(i));
            CPPUNIT_ASSERT(text.status >= 400);
            CPPUNIT_ASSERT(std::string{text.sentence}.ends_with('.'));
            CPPUNIT_ASSERT_MESSAGE(text.name, names.insert(text.name).second);
        }
    }

private:
    static void record_an_evening(const std::filesystem::path& file) {
        Recorder recorder{file};
        ApiSchool box;
        const Secret ann = box.session_of(box.school.ann);
        const auto get = [&](const Secret& who, const std::string& pattern, const std::string& path) {
            recorder.keep(pattern, "GET", box.ask(who, "GET", path));
        };
        const auto post = [&](const Secret& who, const std::string& pattern, const std::string& path,
                              const std::string& body) {
            return recorder.keep(pattern, "POST", box.ask(who, "POST", path, body));
        };
        const std::string mia = std::to_string(box.school.mia.value);
        const std::string booking = R"({"note":"Hello","student":)" + mia + R"(,"class":)" +
                                    std::to_string(box.school.maths.value) + R"(,"starts_at":"2026-11-23T18:00:00Z"})";
        const std::string invitation =
            R"({"name":"Gus","email":"gus@guests.example","consent":true,"students":[)" + mia + "]}";
        get(ann, "/school", "/school");
        get(ann, "/session", "/session");
        get({}, "/session", "/session");
        post({}, "/sign-in-requests", "/sign-in-requests", R"({"email":"ann@families.example"})");
        post({}, "/sign-in-requests", "/sign-in-requests", R"({"email":"ann"})");
        const auto booked = post(ann, "/evenings/{evening}/appointments", box.evening_path("/appointments"), booking);
        post(ann, "/evenings/{evening}/appointments", box.evening_path("/appointments"), booking);
        post(ann, "/evenings/{evening}/invites", box.evening_path("/invites"), "{}");
        const auto invited = post(ann, "/evenings/{evening}/invites", box.evening_path("/invites"), invitation);
        post(ann, "/invites/{invite}/resend", box.path("/invites/", invited.number("/id"), "/resend"), "");
        const auto link = post({}, "/session", "/session",
                               R"({"token":")" + std::string{box.school.newest_link().reveal()} + R"("})");
        const std::string cookie = link.header("Set-Cookie");
        const Secret guest{cookie.substr(14, cookie.find(';') - 14)};
        const Secret teacher = box.session_of(box.school.maths_teacher);
        const std::string call = box.path("/calls/", booked.number("/id"));
        get(ann, "/calls/{appointment}", call);
        for (const Instant now : {SmallSchool::at(17, 0), SmallSchool::at(17, 57), SmallSchool::at(18, 30)}) {
            box.clock.at = now;
            get(ann, "/evenings/{evening}/bookings", box.evening_path("/bookings"));
            get(ann, "/evenings/{evening}/choices", box.evening_path("/choices"));
            get(ann, "/evenings/{evening}/invites", box.evening_path("/invites"));
            get(teacher, "/evenings/{evening}/schedule", box.evening_path("/schedule"));
            get(guest, "/visit", "/visit");
            get(guest, "/session", "/session");
            for (const auto& who : {ann, teacher, guest}) get(who, "/calls/{appointment}", call);
        }
        box.clock.at = SmallSchool::at(17, 57);
        const std::string page = R"({"page":"0123456789abcdef0123456789abcdef"})";
        post(ann, "/calls/{appointment}/seat", call + "/seat", page);
        box.desk.on_claim = [](const SeatClaim&) { return ClaimAnswer{std::nullopt, {2}}; };
        post(ann, "/calls/{appointment}/seat", call + "/seat", page);
        box.desk.on_claim = [](const SeatClaim&) { return Refusal::media_unavailable; };
        post(ann, "/calls/{appointment}/seat", call + "/seat", page);
        post(ann, "/calls/{appointment}/seat", call + "/seat", "{}");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ApiContractTest);
