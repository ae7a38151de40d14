#include "domain/mail_facts.h"

#include <boost/json.hpp>
#include <stdexcept>

namespace parley {

namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
    return std::string{value.as_string()};
}

Mode mode_from(const std::string& text) {
    for (const Mode mode : {Mode::video, Mode::in_person, Mode::telephone}) {
        if (text == to_text(mode)) return mode;
    }
    throw std::runtime_error{"unknown mode"};
}

Instant instant_from(const json::value& value) {
    const auto instant = parse_instant(value.as_string());
    if (!instant) throw std::runtime_error{"unreadable time"};
    return *instant;
}

std::optional<Instant> maybe_instant(const json::object& object, const char* key) {
    const auto* value = object.if_contains(key);
    if (value == nullptr) return std::nullopt;
    return instant_from(*value);
}

void put(json::object& object, const char* key, const std::optional<Instant>& instant) {
    if (instant) object[key] = to_text(*instant);
}

json::array list(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

std::vector<std::string> list_from(const json::value& value) {
    std::vector<std::string> texts;
    for (const auto& text : value.as_array()) texts.push_back(text_of(text));
    return texts;
}

json::object object_of(const AppointmentFacts& facts) {
    return {{"uid", facts.uid},
            {"sequence", facts.sequence},
            {"student", facts.student},
            {"teachers", list(facts.teachers)},
            {"class", facts.class_name},
            {"starts_at", to_text(facts.starts_at)},
            {"ends_at", to_text(facts.ends_at)},
            {"mode", to_text(facts.mode)},
            {"room", facts.room}};
}

AppointmentFacts appointment_from(const json::object& object) {
    AppointmentFacts facts;
    facts.uid = text_of(object.at("uid"));
    facts.sequence = object.at("sequence").to_number<int>();
    facts.student = text_of(object.at("student"));
    facts.teachers = list_from(object.at("teachers"));
    facts.class_name = text_of(object.at("class"));
    facts.starts_at = instant_from(object.at("starts_at"));
    facts.ends_at = instant_from(object.at("ends_at"));
    facts.mode = mode_from(text_of(object.at("mode")));
    facts.room = text_of(object.at("room"));
    return facts;
}

MailFacts facts_from(const json::object& object) {
    MailFacts facts;
    facts.school = text_of(object.at("school"));
    facts.school_zone = text_of(object.at("school_zone"));
    facts.contact_email = text_of(object.at("contact_email"));
    facts.evening = text_of(object.at("evening"));
    facts.evening_starts_at = maybe_instant(object, "evening_starts_at");
    facts.evening_ends_at = maybe_instant(object, "evening_ends_at");
    facts.parent = text_of(object.at("parent"));
    facts.students = list_from(object.at("students"));
    for (const auto& entry : object.at("appointments").as_array()) {
        facts.appointments.push_back(appointment_from(entry.as_object()));
    }
    facts.link_expires_at = maybe_instant(object, "link_expires_at");
    facts.resent = object.at("resent").as_bool();
    return facts;
}

}  // namespace

std::string to_json(const MailFacts& facts) {
    json::array appointments;
    for (const auto& appointment : facts.appointments) appointments.emplace_back(object_of(appointment));
    json::object object{{"school", facts.school},
                        {"school_zone", facts.school_zone},
                        {"contact_email", facts.contact_email},
                        {"evening", facts.evening},
                        {"parent", facts.parent},
                        {"students", list(facts.students)},
                        {"appointments", std::move(appointments)},
                        {"resent", facts.resent}};
    put(object, "evening_starts_at", facts.evening_starts_at);
    put(object, "evening_ends_at", facts.evening_ends_at);
    put(object, "link_expires_at", facts.link_expires_at);
    return json::serialize(object);
}

MailFacts mail_facts_from_json(std::string_view text) try {
    return facts_from(json::parse(json::string_view{text.data(), text.size()}).as_object());
} catch (const std::exception& e) {
    throw std::runtime_error{std::string{"the facts of a mail in the database cannot be read: "} + e.what()};
}

}  // namespace parley
