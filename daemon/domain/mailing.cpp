#include "domain/mailing.h"

#include "base/crypto.h"
#include "domain/directory_port.h"
#include "domain/text_rules.h"
#include "domain/transaction.h"

namespace parley {

namespace {

/// RFC 5322 wants a domain of the sender's behind the @; the school's own address has one.
std::string make_message_id(const School& school) {
    const bool usable = !check_email(school.contact_email);
    const auto domain = usable ? school.contact_email.substr(school.contact_email.find('@') + 1) : "parley.invalid";
    return random_name() + '@' + domain;
}

std::vector<std::string> names_of(const std::vector<PersonBrief>& people) {
    std::vector<std::string> names;
    names.reserve(people.size());
    for (const auto& person : people) names.push_back(person.name);
    return names;
}

}  // namespace

NewMail blank_mail(Transaction& tx, MailKind kind, Instant now) {
    const School school = tx.directory.school();
    NewMail mail;
    mail.kind = kind;
    mail.locale = school.locale;
    mail.message_id = make_message_id(school);
    mail.facts.school = school.name;
    mail.facts.school_zone = school.zone;
    mail.facts.contact_email = school.contact_email;
    mail.created_at = now;
    return mail;
}

NewMail mail_to_person(Transaction& tx, MailKind kind, const Person& person, const Evening& evening,
                       const LinkRow& link, Instant now) {
    NewMail mail = blank_mail(tx, kind, now);
    mail.to_name = person.name;
    mail.to_email = person.email;
    mail.locale = person.locale;
    mail.person = person.id;
    mail.link = link.id;
    mail.facts.link_expires_at = link.expires_at;
    mail.facts.parent = person.name;
    add_evening(mail.facts, evening);
    return mail;
}

void add_evening(MailFacts& facts, const Evening& evening) {
    facts.evening = evening.title;
    facts.evening_starts_at = evening.starts_at;
    facts.evening_ends_at = evening.ends_at;
}

AppointmentFacts facts_for_guest(const Appointment& appointment) {
    AppointmentFacts facts;
    facts.uid = appointment.uid;
    facts.sequence = appointment.sequence;
    facts.student = appointment.student.first_name;
    facts.teachers = names_of(appointment.teachers);
    facts.starts_at = appointment.starts_at;
    facts.ends_at = appointment.ends_at;
    facts.mode = appointment.mode;
    return facts;
}

AppointmentFacts facts_for_parent(const Appointment& appointment) {
    AppointmentFacts facts = facts_for_guest(appointment);
    facts.student = appointment.student.full_name();
    facts.class_name = appointment.class_info.name;
    facts.room = appointment.room;
    return facts;
}

}  // namespace parley
