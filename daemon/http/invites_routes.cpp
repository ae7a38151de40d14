#include "domain/call_desk.h"
#include "domain/directory_port.h"
#include "domain/invite.h"
#include "domain/invites_port.h"
#include "domain/transaction.h"
#include "http/announce.h"
#include "http/api_parts.h"
#include "http/json_fields.h"
#include "http/routes.h"
#include "http/shapes.h"

namespace parley::routes {

namespace json = boost::json;

namespace {

struct Invited {
    Invite invite;
    Changes changes;
};

json::object managed_json(const ManagedInvites& managed, bool evening_over) {
    json::array invites;
    for (const auto& invite : managed.invites) invites.push_back(invite_json(invite));
    return {{"invites", std::move(invites)},
            {"available_students", students_json(managed.available, Role::parent)},
            {"can_invite", !managed.available.empty() && !evening_over}};
}

/// A member that is missing is an empty field of the form: the domain has the better sentence for it (M4).
InviteRequest read_invite(JsonFields& body, const std::string& wording_shown) {
    constexpr auto optional = JsonFields::Need::optional;
    InviteRequest request;
    request.name = body.text("name", optional);
    request.email = body.text("email", optional);
    for (const auto id : body.integers("students", optional)) request.students.push_back({id});
    request.consent = body.flag("consent", optional);
    request.consent_wording = body.text("consent_wording", optional);
    if (request.consent_wording.empty()) request.consent_wording = wording_shown;
    return request;
}

/// The old link and what was opened with it is dead: out of the call within a second (M8), and no more events.
void put_guest_out(ApiParts& parts, InviteId id) {
    const Identity guest{Role::guest, id.value};
    parts.calls.put_out(guest);
    parts.events.sign_out(guest);
}

}  // namespace

void invites(ApiParts& parts, const ExchangePtr& exchange) {
    parts.store.read([&](Transaction& tx) {
        const auto evening = exchange->id<EveningId>("evening");
        const auto managed = managed_invites(tx, exchange->identity->person(), evening, exchange->now);
        if (!managed) return exchange->refuse(managed);
        const bool over = tx.directory.evening(evening).value().ends_at <= exchange->now;
        exchange->answer_json(200, managed_json(*managed, over));
    });
}

void invite(ApiParts& parts, const ExchangePtr& exchange) {
    JsonFields body{exchange->request.body};
    InviteRequest request = read_invite(body, parts.settings.consent_wording);
    if (!body.good()) return exchange->refuse(Refusal::request_invalid, body.errors());
    auto rule = [key = parts.key, parent = exchange->identity->person(), evening = exchange->id<EveningId>("evening"),
                 request = std::move(request), now = exchange->now](Transaction& tx) -> Outcome<Invited> {
        const auto made = invite_guest(tx, key, parent, evening, request, now);
        if (!made && !made.fields().empty()) return made.fields();
        if (!made) return made.refusal();
        return Invited{*made, changes_of(tx, *made)};
    };
    write(parts, exchange, std::move(rule), [exchange](ApiParts& parts, const Invited& invited) {
        exchange->answer_json(201, invite_json(invited.invite));
        parts.mail_queued();
        announce(parts.events, invited.changes);
    });
}

void resend_invite(ApiParts& parts, const ExchangePtr& exchange) {
    auto rule = [key = parts.key, parent = exchange->identity->person(), id = exchange->id<InviteId>("invite"),
                 now = exchange->now](Transaction& tx) { return parley::resend_invite(tx, key, parent, id, now); };
    write(parts, exchange, std::move(rule), [exchange](ApiParts& parts, const Invite& invite) {
        exchange->answer_json(200, invite_json(invite));
        parts.mail_queued();
        put_guest_out(parts, invite.id);
        announce(parts.events, {{exchange->identity.value(), "invites"}});
    });
}

void remove_invite(ApiParts& parts, const ExchangePtr& exchange) {
    auto rule = [parent = exchange->identity->person(), id = exchange->id<InviteId>("invite"),
                 now = exchange->now](Transaction& tx) -> Outcome<Invited> {
        const auto live = tx.invites.find(id);
        const Changes changes = live ? changes_of(tx, *live) : Changes{};
        const auto removed = parley::remove_invite(tx, parent, id, now);
        if (!removed) return removed.refusal();
        return Invited{*removed, changes};
    };
    write(parts, exchange, std::move(rule), [exchange](ApiParts& parts, const Invited& removed) {
        exchange->answer_nothing();
        put_guest_out(parts, removed.invite.id);
        announce(parts.events, removed.changes);
    });
}

}  // namespace parley::routes
