#include "domain/call_desk.h"
#include "http/api_parts.h"
#include "http/json_fields.h"
#include "http/routes.h"

namespace parley::routes {

namespace {

constexpr std::size_t max_sdp_bytes = 64 * 1024;
constexpr std::size_t max_candidates = 32;  ///< in one request
constexpr std::size_t max_candidate_bytes = 1024;
constexpr std::int64_t max_mline = 15;

void answer_done(const ExchangePtr& exchange, const Outcome<Done>& done) {
    if (!done) return exchange->refuse(done);
    exchange->answer_nothing();
}

/// Empty when any of them is not as it should be.
std::vector<RemoteCandidate> read_candidates(const std::vector<boost::json::value>& items) {
    std::vector<RemoteCandidate> candidates;
    for (const auto& item : items) {
        JsonFields fields{item};
        const std::int64_t mline = fields.integer("mline");
        std::string text = fields.text("candidate");
        if (!fields.good() || mline < 0 || mline > max_mline || text.size() > max_candidate_bytes) return {};
        candidates.push_back({static_cast<unsigned>(mline), std::move(text)});
    }
    return candidates;
}

const std::string& seat_of(const ExchangePtr& exchange) {
    return exchange->parameters.at("seat");
}

}  // namespace

void answer(ApiParts& parts, const ExchangePtr& exchange) {
    JsonFields body{exchange->request.body};
    std::string sdp = body.text("sdp");
    if (!body.good()) return exchange->refuse(Refusal::request_invalid, body.errors());
    if (sdp.empty() || sdp.size() > max_sdp_bytes) {
        return exchange->refuse(Refusal::sdp_invalid, {{"sdp", Refusal::sdp_invalid}});
    }
    answer_done(exchange, parts.calls.answer(exchange->identity.value(), seat_of(exchange), std::move(sdp)));
}

void add_candidates(ApiParts& parts, const ExchangePtr& exchange) {
    JsonFields body{exchange->request.body};
    const auto items = body.objects("candidates", max_candidates);
    if (!body.good()) return exchange->refuse(Refusal::request_invalid, body.errors());
    auto candidates = read_candidates(items);
    if (candidates.size() != items.size()) {
        return exchange->refuse(Refusal::request_invalid, {{"candidates", Refusal::request_invalid}});
    }
    answer_done(exchange,
                parts.calls.add_candidates(exchange->identity.value(), seat_of(exchange), std::move(candidates)));
}

void set_status(ApiParts& parts, const ExchangePtr& exchange) {
    JsonFields body{exchange->request.body};
    const SeatStatus status{body.flag("muted"), body.flag("camera_off")};
    if (!body.good()) return exchange->refuse(Refusal::request_invalid, body.errors());
    answer_done(exchange, parts.calls.set_status(exchange->identity.value(), seat_of(exchange), status));
}

void leave(ApiParts& parts, const ExchangePtr& exchange) {
    answer_done(exchange, parts.calls.leave(exchange->identity.value(), seat_of(exchange)));
}

}  // namespace parley::routes
