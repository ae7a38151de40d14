#include <algorithm>

#include "domain/booking.h"
#include "domain/bookings.h"
#include "domain/call_desk.h"
#include "http/announce.h"
#include "http/api_parts.h"
#include "http/json_fields.h"
#include "http/routes.h"
#include "http/shapes.h"

namespace parley::routes {

namespace json = boost::json;

namespace {

/// What the parent cannot see on this page and should look at: a guest who gets no mail comes before one too many.
json::value trouble_json(const std::vector<Invite>& invites) {
    const auto failed = [](const Invite& one) { return one.mail.state == MailState::failed; };
    const auto knocked_out = [](const Invite& one) { return one.knocked_out_at.has_value(); };
    if (std::any_of(invites.begin(), invites.end(), failed)) return "mail_failed";
    if (std::any_of(invites.begin(), invites.end(), knocked_out)) return "knocked_out";
    return nullptr;
}

json::object bookings_json(Transaction& tx, const MyBookings& mine, Identity parent, Instant now) {
    json::array appointments;
    for (const auto& appointment : mine.appointments) {
        appointments.push_back(appointment_json(tx, appointment, parent, now));
    }
    return {{"evening", evening_json(mine.evening)},
            {"students", students_json(mine.students, Role::parent)},
            {"appointments", std::move(appointments)},
            {"invites_sent", mine.invites.invites.size()},
            {"invite_trouble", trouble_json(mine.invites.invites)},
            {"can_book", booking_is_open(mine.evening, now)},
            {"now", to_text(now)}};
}

json::object class_choice_json(const ClassChoice& choice) {
    json::array slots;
    for (const auto& slot : choice.free) {
        if (!slot.you_are_busy) slots.push_back(json::value(to_text(slot.starts_at)));
    }
    const ClassInfo& info = choice.offer.class_info;
    json::value booked;
    if (choice.booked) booked = to_text(choice.booked->starts_at);
    return {{"id", info.id.value},
            {"name", info.name},
            {"subject", info.subject},
            {"teachers", teachers_json(choice.offer.teachers)},
            {"mode", to_text(choice.offer.mode)},
            {"room", text_or_null(choice.offer.room)},
            {"booked", std::move(booked)},
            {"slots", std::move(slots)}};
}

json::object choices_json(const Choices& choices) {
    json::array students;
    for (const auto& row : choices.students) {
        json::array classes;
        for (const auto& choice : row.classes) classes.push_back(class_choice_json(choice));
        students.push_back(
            json::object{{"student", student_json(row.student, Role::parent)}, {"classes", std::move(classes)}});
    }
    return {{"students", std::move(students)}};
}

struct Booked {
    json::object shown;
    Changes changes;
};

struct Cancelled {
    AppointmentId id;
    Changes changes;
};

}  // namespace

void my_bookings(ApiParts& parts, const ExchangePtr& exchange) {
    parts.store.read([&](Transaction& tx) {
        const Identity parent = exchange->identity.value();
        const auto mine = parley::my_bookings(tx, parent.person(), exchange->id<EveningId>("evening"), exchange->now);
        if (!mine) return exchange->refuse(mine);
        exchange->answer_json(200, bookings_json(tx, *mine, parent, exchange->now));
    });
}

void choices(ApiParts& parts, const ExchangePtr& exchange) {
    const auto found = parts.store.read([&](Transaction& tx) {
        return parley::choices(tx, exchange->identity->person(), exchange->id<EveningId>("evening"), exchange->now);
    });
    if (!found) return exchange->refuse(found);
    exchange->answer_json(200, choices_json(*found));
}

void book(ApiParts& parts, const ExchangePtr& exchange) {
    JsonFields body{exchange->request.body};
    BookRequest request{{body.integer("student")}, {body.integer("class")}, body.instant("starts_at"), {}};
    request.note = body.text("note", JsonFields::Need::optional);
    if (!body.good()) return exchange->refuse(Refusal::request_invalid, body.errors());
    auto rule = [key = parts.key, parent = exchange->identity.value(), evening = exchange->id<EveningId>("evening"),
                 request = std::move(request), now = exchange->now](Transaction& tx) -> Outcome<Booked> {
        const auto made = parley::book(tx, key, parent.person(), evening, request, now);
        if (!made && !made.fields().empty()) return made.fields();
        if (!made) return made.refusal();
        return Booked{appointment_json(tx, *made, parent, now), changes_of(tx, *made)};
    };
    write(parts, exchange, std::move(rule), [exchange](ApiParts& parts, const Booked& booked) {
        exchange->answer_json(201, booked.shown);
        parts.mail_queued();
        announce(parts.events, booked.changes);
    });
}

void cancel(ApiParts& parts, const ExchangePtr& exchange) {
    auto rule = [key = parts.key, parent = exchange->identity->person(),
                 id = exchange->id<AppointmentId>("appointment"),
                 now = exchange->now](Transaction& tx) -> Outcome<Cancelled> {
        const auto gone = parley::cancel(tx, key, parent, id, now);
        if (!gone) return gone.refusal();
        return Cancelled{id, changes_of(tx, *gone)};
    };
    write(parts, exchange, std::move(rule), [exchange](ApiParts& parts, const Cancelled& cancelled) {
        exchange->answer_nothing();
        parts.mail_queued();
        parts.calls.close_call(cancelled.id);
        announce(parts.events, cancelled.changes);
    });
}

}  // namespace parley::routes
