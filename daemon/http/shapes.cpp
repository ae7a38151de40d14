#include "http/shapes.h"

#include "domain/admission.h"

namespace parley {

namespace json = boost::json;

namespace {

json::object class_json(const ClassInfo& info, Role viewer) {
    if (viewer == Role::guest) return {{"id", 0}, {"name", ""}, {"subject", ""}};
    return {{"id", info.id.value}, {"name", info.name}, {"subject", info.subject}};
}

/// The rule itself is asked only while it matters to the second; before and after, the times say enough.
json::object join_json(Transaction& tx, const Appointment& appointment, Identity viewer, Instant now) {
    if (appointment.mode != Mode::video) return {{"state", "none"}};
    const Instant opens_at = call_opens_at(appointment, viewer.role);
    json::object join{{"state", "early"}, {"opens_at", to_text(opens_at)}};
    if (now < opens_at) return join;
    join["state"] = "over";
    if (now >= appointment.ends_at + call_grace) return join;
    const auto ticket = may_join(tx, viewer, appointment.id, now);
    if (!ticket) return join;
    join["state"] = "open";
    join["closes_at"] = to_text(ticket->closes_at);
    return join;
}

const char* mail_state(MailState state) {
    switch (state) {
        case MailState::queued:
        case MailState::sending: return "queued";
        case MailState::sent: return "sent";
        case MailState::failed:
        case MailState::withdrawn: return "failed";
    }
    return "";
}

const char* link_state(RosterEntry::Link link) {
    switch (link) {
        case RosterEntry::Link::connecting: return "connecting";
        case RosterEntry::Link::connected: return "connected";
        case RosterEntry::Link::lost: return "lost";
    }
    return "";
}

}  // namespace

json::value text_or_null(const std::string& text) {
    if (text.empty()) return nullptr;
    return json::value(text);
}

json::value instant_or_null(const std::optional<Instant>& at) {
    if (!at) return nullptr;
    return json::value(to_text(*at));
}

json::object school_json(const School& school, const std::string& consent_wording) {
    return {{"name", school.name},
            {"zone", school.zone},
            {"locale", school.locale},
            {"contact_email", text_or_null(school.contact_email)},
            {"consent_wording", consent_wording}};
}

json::object evening_json(const Evening& evening) {
    return {{"id", evening.id.value},
            {"title", evening.title},
            {"starts_at", to_text(evening.starts_at)},
            {"ends_at", to_text(evening.ends_at)}};
}

json::object student_json(const Student& student, Role viewer) {
    json::object shown{{"id", student.id.value}, {"first_name", student.first_name}};
    if (viewer != Role::guest) shown["last_name"] = student.last_name;
    return shown;
}

json::array students_json(const std::vector<Student>& students, Role viewer) {
    json::array list;
    for (const auto& student : students) list.push_back(student_json(student, viewer));
    return list;
}

json::array teachers_json(const std::vector<PersonBrief>& teachers) {
    json::array list;
    for (const auto& teacher : teachers) {
        list.push_back(json::object{{"id", teacher.id.value}, {"name", teacher.name}});
    }
    return list;
}

json::object invite_json(const Invite& invite) {
    return {{"id", invite.id.value},
            {"guest_name", invite.guest_name},
            {"guest_email", invite.guest_email},
            {"students", students_json(invite.students, Role::parent)},
            {"created_at", to_text(invite.created_at)},
            {"mail",
             {{"state", mail_state(invite.mail.state)},
              {"reason", text_or_null(invite.mail.reason)},
              {"changed_at", to_text(invite.mail.changed_at)}}},
            {"last_opened_at", instant_or_null(invite.last_opened_at)},
            {"knocked_out_at", instant_or_null(invite.knocked_out_at)}};
}

json::object roster_json(const Roster& roster) {
    json::array people;
    for (const auto& person : roster.people) {
        people.push_back(json::object{{"index", person.index},
                                      {"role", to_text(person.role)},
                                      {"name", person.name},
                                      {"muted", person.status.muted},
                                      {"camera_off", person.status.camera_off},
                                      {"link", link_state(person.link)}});
    }
    return {{"call", roster.call.value}, {"waiting", roster.waiting}, {"people", std::move(people)}};
}

json::object appointment_json(Transaction& tx, const Appointment& appointment, Identity viewer, Instant now) {
    json::object shown{{"id", appointment.id.value},
                       {"student", student_json(appointment.student, viewer.role)},
                       {"class", class_json(appointment.class_info, viewer.role)},
                       {"teachers", teachers_json(appointment.teachers)},
                       {"starts_at", to_text(appointment.starts_at)},
                       {"ends_at", to_text(appointment.ends_at)},
                       {"mode", to_text(appointment.mode)},
                       {"join", join_json(tx, appointment, viewer, now)}};
    if (viewer.role == Role::guest) return shown;
    shown["room"] = text_or_null(appointment.room);
    shown["note"] = text_or_null(appointment.note);
    if (viewer.role == Role::teacher) shown["parent_name"] = appointment.parent.name;
    return shown;
}

}  // namespace parley
