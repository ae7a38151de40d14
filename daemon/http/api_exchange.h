#pragma once
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/instant.h"
#include "domain/ids.h"
#include "domain/outcome.h"
#include "http/exchange.h"

namespace parley {

/// One request on its way to its one answer: who asks, for what, and when. Loop thread only; kept alive by whoever will
/// answer.
class ApiExchange {
public:
    ApiExchange(Request request, Instant now, std::function<void(Answer)> reply)
        : request{std::move(request)}, now{now}, reply_{std::move(reply)} {}

    const Request request;
    const Instant now;
    std::map<std::string, std::string> parameters;  ///< of the path
    std::optional<Identity> identity;               ///< set wherever the route asks for one

    /// A number of the path; the route table lets nothing else through.
    template <class AnyId>
    [[nodiscard]] AnyId id(const std::string& name) const {
        return {std::stoll(parameters.at(name))};
    }

    /// The first answer counts; later ones are dropped.
    void answer(Answer);
    void answer_json(int status, const boost::json::value&);
    void answer_nothing();  ///< 204
    void refuse(Refusal);
    void refuse(Refusal, const FieldErrors&);
    template <class T>
    void refuse(const Outcome<T>& outcome) {
        refuse(outcome.refusal(), outcome.fields());
    }

private:
    std::function<void(Answer)> reply_;
};

using ExchangePtr = std::shared_ptr<ApiExchange>;

/// JSON that nobody keeps: answers are personal.
Response json_response(int status, const boost::json::value&);

/// The Error of openapi.yaml, and its status; `message` replaces the refusal's own sentence.
Response refusal_response(Refusal, const FieldErrors& = {}, const char* message = nullptr);

/// 429 with Retry-After (RFC 9110 10.2.3).
Response too_many_response(seconds retry_after);

/// The box cannot do it now: a full disk, a full queue. 503.
Response unavailable_response();

}  // namespace parley
