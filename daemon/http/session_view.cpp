#include "http/session_view.h"

#include "domain/bookings.h"
#include "domain/directory_port.h"
#include "domain/invites_port.h"
#include "domain/transaction.h"
#include "http/shapes.h"

namespace parley {

namespace json = boost::json;

namespace {

struct Visitor {
    std::string name;
    std::string locale;
    std::optional<Evening> evening;
};

Visitor find_visitor(Transaction& tx, const School& school, Identity identity, Instant now) {
    if (identity.role == Role::guest) {
        const Invite invite = tx.invites.find(identity.invite()).value();
        return {invite.guest_name, school.locale, tx.directory.evening(invite.evening)};
    }
    const Person person = tx.directory.person(identity.person()).value();
    Visitor visitor{person.name, person.locale.empty() ? school.locale : person.locale, std::nullopt};
    if (const auto evening = current_evening(tx, now)) visitor.evening = *evening;
    return visitor;
}

}  // namespace

json::object session_json(Transaction& tx, const std::string& consent_wording, Identity identity, Instant now) {
    const School school = tx.directory.school();
    const Visitor visitor = find_visitor(tx, school, identity, now);
    json::object shown{{"role", to_text(identity.role)},
                       {"name", visitor.name},
                       {"locale", visitor.locale},
                       {"school", school_json(school, consent_wording)},
                       {"evening", nullptr},
                       {"now", to_text(now)}};
    if (visitor.evening) shown["evening"] = evening_json(*visitor.evening);
    return shown;
}

}  // namespace parley
