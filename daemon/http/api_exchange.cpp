#include "http/api_exchange.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "http/refusals.h"

namespace parley {

namespace json = boost::json;

namespace {

json::object error_object(const char* name, const char* message) {
    return {{"error", name}, {"message", message}};
}

json::array field_array(const FieldErrors& fields) {
    json::array list;
    for (const auto& [field, refusal] : fields) {
        const RefusalText text = describe(refusal);
        list.push_back(json::object{{"field", field}, {"error", text.name}, {"message", text.sentence}});
    }
    return list;
}

}  // namespace

Response json_response(int status, const json::value& value) {
    return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, json::serialize(value)};
}

Response refusal_response(Refusal refusal, const FieldErrors& fields, const char* message) {
    const RefusalText text = describe(refusal);
    json::object body = error_object(text.name, message != nullptr ? message : text.sentence);
    if (!fields.empty()) body["fields"] = field_array(fields);
    return json_response(text.status, body);
}

Response too_many_response(seconds retry_after) {
    const RefusalText text = describe(Refusal::too_many_requests);
    json::object body = error_object(text.name, text.sentence);
    body["retry_after"] = retry_after.count();
    Response response = json_response(text.status, body);
    response.headers.emplace_back("Retry-After", std::to_string(retry_after.count()));
    return response;
}

Response unavailable_response() {
    Response response = json_response(
        503,
        error_object("unavailable",
                     "The school's system cannot do this at the moment. Nothing was changed; try again in a minute."));
    response.headers.emplace_back("Retry-After", "5");
    return response;
}

void ApiExchange::answer(Answer answer) {
    if (const auto reply = std::exchange(reply_, nullptr)) reply(std::move(answer));
}

void ApiExchange::answer_json(int status, const json::value& value) {
    answer(json_response(status, value));
}

void ApiExchange::answer_nothing() {
    answer(Response{204, {{"Cache-Control", "no-store"}}, {}});
}

void ApiExchange::refuse(Refusal refusal) {
    answer(refusal_response(refusal));
}

void ApiExchange::refuse(Refusal refusal, const FieldErrors& fields) {
    answer(refusal_response(refusal, fields));
}

}  // namespace parley
