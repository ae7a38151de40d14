#include "http/api_school.h"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "http/session_cookie.h"

namespace parley {

namespace json = boost::json;

namespace {

std::string named(const char* what, Identity identity) {
    return std::string{what} + ' ' + to_text(identity.role) + ' ' + std::to_string(identity.key);
}

json::value read_json(const Response& response) {
    const auto is_json = [](const auto& header) {
        return header.first == "Content-Type" && header.second == "application/json";
    };
    if (std::none_of(response.headers.begin(), response.headers.end(), is_json)) return nullptr;
    return json::parse(response.body);
}

}  // namespace

void RecordingDesk::claim(SeatClaim claim, std::function<void(Outcome<ClaimAnswer>)> done) {
    asked.push_back(named("claim", claim.ticket.identity));
    claims.push_back(claim);
    if (on_claim) return done(on_claim(claim));
    done(ClaimAnswer{SeatOffer{seat_of(claim.ticket.identity), 0, "v=0\r\n"}, {}});
}

std::string RecordingDesk::seat_of(Identity identity) {
    std::string digits = std::to_string(identity.key * 10 + static_cast<int>(identity.role));
    return digits.insert(0, 32 - digits.size(), 'a');
}

Outcome<Done> RecordingDesk::note(const char* what, Identity identity, const std::string& seat) {
    asked.push_back(named(what, identity));
    if (seat != seat_of(identity)) return Refusal::seat_gone;
    return Done{};
}

Outcome<Done> RecordingDesk::answer(Identity identity, const std::string& seat, std::string) {
    return note("answer", identity, seat);
}

Outcome<Done> RecordingDesk::add_candidates(Identity identity, const std::string& seat,
                                            std::vector<RemoteCandidate> list) {
    candidates = std::move(list);
    return note("add_candidates", identity, seat);
}

Outcome<Done> RecordingDesk::set_status(Identity identity, const std::string& seat, SeatStatus) {
    return note("set_status", identity, seat);
}

Outcome<Done> RecordingDesk::leave(Identity identity, const std::string& seat) {
    return note("leave", identity, seat);
}

void RecordingDesk::stop_waiting(AppointmentId, Identity identity) {
    asked.push_back(named("stop_waiting", identity));
}

void RecordingDesk::put_out(Identity identity) {
    asked.push_back(named("put_out", identity));
}

void RecordingDesk::close_call(AppointmentId id) {
    asked.push_back("close_call " + std::to_string(id.value));
}

Roster RecordingDesk::roster(AppointmentId id) const {
    return {id, {{1, Role::teacher, "Tess Times", {true, false}, RosterEntry::Link::connected}}, 2};
}

void RecordingDesk::page_online(Identity identity, const std::string&) {
    asked.push_back(named("page_online", identity));
}

void RecordingDesk::page_offline(Identity identity, const std::string&) {
    asked.push_back(named("page_offline", identity));
}

std::string TestAnswer::header(const std::string& name) const {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

std::string TestAnswer::error() const {
    if (status < 400) return {};
    return text("/error");
}

std::string TestAnswer::field_error(const std::string& field) const {
    for (const auto& entry : at("/fields").as_array()) {
        if (entry.at("field").as_string() == field) return std::string{entry.at("error").as_string()};
    }
    return {};
}

const json::value& TestAnswer::at(std::string_view pointer) const {
    return body.at_pointer(pointer);
}

std::string TestAnswer::text(std::string_view pointer) const {
    return std::string{at(pointer).as_string()};
}

std::int64_t TestAnswer::number(std::string_view pointer) const {
    return at(pointer).to_number<std::int64_t>();
}

void ApiSchool::Jobs::push(std::function<void()> job) {
    const std::lock_guard lock{mutex};
    queue.push_back(std::move(job));
    filled.notify_one();
}

void ApiSchool::Jobs::run_one() {
    std::function<void()> job;
    {
        std::unique_lock lock{mutex};
        filled.wait(lock, [this] { return !queue.empty(); });
        job = std::move(queue.front());
        queue.pop_front();
    }
    job();
}

ApiSchool::ApiSchool(Store::Limits limits, ApiSettings settings)
    : school{limits, [this](auto job) { jobs_.push(std::move(job)); }},
      events{clock,
             [this](Identity identity, const std::string& page, bool online) {
                 online ? desk.page_online(identity, page) : desk.page_offline(identity, page);
             }},
      api{school.store, school.key, desk, events, clock, log, std::move(settings), [this] { ++mails_queued; }} {}

Request ApiSchool::request(const Secret& session, const std::string& method, const std::string& path,
                           const std::string& body) {
    Request request;
    request.method = method;
    request.path = "/api/v1" + path.substr(0, path.find('?'));
    if (path.find("page=") != std::string::npos) request.query["page"] = path.substr(path.find("page=") + 5, 32);
    if (path.find("call=") != std::string::npos) request.query["call"] = path.substr(path.find("call=") + 5);
    request.body = body;
    if (!body.empty()) request.content_type = "application/json";
    if (!session.empty()) request.session = session;
    request.host = "school.example:8443";
    request.origin = "https://school.example:8443";
    request.client = "192.0.2.1";
    return request;
}

TestAnswer ApiSchool::ask(const Secret& session, const std::string& method, const std::string& path,
                          const std::string& body) {
    return send(request(session, method, path, body));
}

TestAnswer ApiSchool::send(Request request) {
    std::optional<Answer> answer;
    api.handle(std::move(request), [&](Answer given) {
        CPPUNIT_ASSERT_MESSAGE("a second answer", !answer);
        answer = std::move(given);
    });
    while (!answer) jobs_.run_one();
    TestAnswer result;
    if (auto* stream = std::get_if<std::shared_ptr<EventSource>>(&*answer)) {
        result.status = 200;
        result.stream = *stream;
        return result;
    }
    result.response = std::get<Response>(*std::move(answer));
    result.status = result.response.status;
    result.body = read_json(result.response);
    return result;
}

Secret ApiSchool::open(const Secret& link) {
    const auto answer = ask({}, "POST", "/session", R"({"token":")" + std::string{link.reveal()} + R"("})");
    CPPUNIT_ASSERT_EQUAL(201, answer.status);
    const std::string cookie = answer.header("Set-Cookie");
    const auto begin = cookie.find('=') + 1;
    return Secret{cookie.substr(begin, cookie.find(';') - begin)};
}

Secret ApiSchool::link_of(PersonId person) {
    const LinkRow row = school.write(
        [&](Transaction& tx) { return evening_sign_in_link(tx, school.key, person, school.evening, clock.at); });
    return link_token(school.key, row.name);
}

void ApiSchool::settle() {
    bool settled = false;
    school.store.write([](Transaction&) { return Done{}; }, [&](const Result<Done>&) { settled = true; });
    while (!settled) jobs_.run_one();
}

std::string ApiSchool::path(const char* before, std::int64_t id, const char* after) const {
    return before + std::to_string(id) + after;
}

std::string ApiSchool::drain(EventSource& stream) {
    std::string all;
    for (std::string part = stream.take(4096); !part.empty(); part = stream.take(4096)) all += part;
    return all;
}

}  // namespace parley
