#include "domain/links.h"
#include "domain/text_rules.h"
#include "http/api_parts.h"
#include "http/json_fields.h"
#include "http/routes.h"
#include "http/session_cookie.h"
#include "http/session_view.h"

namespace parley::routes {

namespace {

struct OpenedSession {
    Session session;
    boost::json::object shown;
};

void answer_opened(const ExchangePtr& exchange, const OpenedSession& opened) {
    Response response = json_response(201, opened.shown);
    const Session& session = opened.session;
    response.headers.emplace_back("Set-Cookie", session_cookie(session.token, session.expires_at, exchange->now));
    exchange->answer(std::move(response));
}

std::string counted_address(const std::string& email) {
    std::string address = trimmed(email);
    for (char& c : address) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return session_name(Secret{address});
}

/// Whether there is somebody with the address must show neither in the answer nor in how long it takes: it is given
/// before anybody looks.
void mail_sign_in_link(ApiParts& parts, std::string email, Instant now) {
    auto rule = [key = parts.key, email = std::move(email), now](Transaction& tx) {
        return parley::request_sign_in(tx, key, email, now);
    };
    parts.store.write(std::move(rule), [weak = parts.weak_from_this()](Result<Outcome<Done>> result) {
        const auto alive = weak.lock();
        if (!alive) return;
        try {
            result.value();
            alive->mail_queued();
        } catch (const std::exception& broken) {
            alive->log.write(Severity::error, std::string{"a sign-in mail could not be queued: "} + broken.what());
        }
    });
}

}  // namespace

void open_session(ApiParts& parts, const ExchangePtr& exchange) {
    JsonFields body{exchange->request.body};
    const Secret token{body.text("token")};
    if (!body.good()) return exchange->refuse(Refusal::request_invalid, body.errors());
    auto rule = [token, now = exchange->now,
                 wording = parts.settings.consent_wording](Transaction& tx) -> Outcome<OpenedSession> {
        const auto session = open_link(tx, token.reveal(), now);
        if (!session) return session.refusal();
        return OpenedSession{*session, session_json(tx, wording, session->identity, now)};
    };
    write(parts, exchange, std::move(rule), [exchange](ApiParts& parts, const OpenedSession& opened) {
        parts.limits.give_back(RateClass::link, client_key(exchange->request.client));
        answer_opened(exchange, opened);
    });
}

void session(ApiParts& parts, const ExchangePtr& exchange) {
    exchange->answer_json(200, parts.store.read([&](Transaction& tx) {
        return session_json(tx, parts.settings.consent_wording, exchange->identity.value(), exchange->now);
    }));
}

void close_session(ApiParts& parts, const ExchangePtr& exchange) {
    auto rule = [token = exchange->request.session.value(), now = exchange->now](Transaction& tx) -> Outcome<Done> {
        sign_out(tx, token.reveal(), now);
        return Done{};
    };
    write(parts, exchange, std::move(rule), [exchange](ApiParts& parts, Done) {
        parts.events.sign_out_session(exchange->identity.value(), session_name(exchange->request.session.value()));
        exchange->answer(Response{204, {{"Cache-Control", "no-store"}, {"Set-Cookie", no_session_cookie()}}, {}});
    });
}

void request_sign_in(ApiParts& parts, const ExchangePtr& exchange) {
    JsonFields body{exchange->request.body};
    std::string email = body.text("email");
    if (!body.good()) return exchange->refuse(Refusal::request_invalid, body.errors());
    if (const auto wrong = check_email(trimmed(email))) return exchange->refuse(*wrong, {{"email", *wrong}});
    const auto wait = parts.limits.take(RateClass::sign_in_address, counted_address(email), exchange->now);
    if (wait) return exchange->answer(too_many_response(*wait));
    exchange->answer(Response{202, {{"Cache-Control", "no-store"}}, {}});
    mail_sign_in_link(parts, std::move(email), exchange->now);
}

}  // namespace parley::routes
