#pragma once
#include <boost/json.hpp>
#include <fstream>

#include "mail/catalogue.h"
#include "mail/message.h"
#include "mail/smtp_server.h"
#include "mail/smtp_settings.h"

namespace parley {

constexpr std::array<MailKind, 4> all_mail_kinds{MailKind::guest_invite, MailKind::booking_confirmation,
                                                 MailKind::booking_cancelled, MailKind::sign_in};

inline Instant utc_time(int month, int day, int hour, int minute) {
    return Instant{std::chrono::sys_days{std::chrono::year{2026} / month / day} + std::chrono::hours{hour} +
                   minutes{minute}};
}

/// A mail of this kind with everything in it that the kind can say.
inline NewMail sample_mail(MailKind kind, const std::string& locale = "en-GB") {
    NewMail mail;
    mail.kind = kind;
    mail.to_name = "Ann Abel";
    mail.to_email = "ann@families.example";
    mail.locale = locale;
    mail.message_id = "0123456789abcdef0123456789abcdef@school.example";
    mail.created_at = utc_time(11, 20, 9, 30);
    auto& facts = mail.facts;
    facts.school = "Test School";
    facts.school_zone = "Europe/London";
    facts.contact_email = "office@school.example";
    facts.evening = "Autumn evening";
    facts.evening_starts_at = utc_time(11, 23, 18, 0);
    facts.evening_ends_at = utc_time(11, 23, 21, 0);
    facts.parent = "Petra Parent";
    facts.students = {"Mia", "Leo"};
    facts.link_expires_at = utc_time(12, 7, 21, 0);
    facts.appointments.push_back({"uid-1",
                                  1,
                                  "Mia Abel",
                                  {"Tess Times", "Fred French"},
                                  "Maths",
                                  utc_time(11, 23, 18, 10),
                                  utc_time(11, 23, 18, 20),
                                  Mode::video,
                                  ""});
    if (kind == MailKind::sign_in) facts.appointments.clear();
    return mail;
}

inline const Catalogues& mail_catalogues() {
    static const Catalogues all{std::filesystem::path{PARLEY_SOURCE_DIR} / "web-ui/locales"};
    return all;
}

inline SmtpSettings sample_settings() {
    SmtpSettings settings;
    settings.host = "localhost";
    settings.from_address = "parley@school.example";
    return settings;
}

inline const std::string sample_link{"https://parley.school.example/in#abcDEF123-_"};

inline Message built(const NewMail& mail, const SmtpSettings& settings = sample_settings()) {
    return build_message(mail, sample_link, settings, mail_catalogues().of(mail.locale));
}

/// As an independent parser sees it.
inline boost::json::object read_bytes(const std::string& bytes) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "mail.eml";
    std::ofstream{file, std::ios::binary} << bytes;
    return read_mail(file);
}

/// One property of the mail's only calendar entry, unescaped; throws when it is not there exactly once.
inline boost::json::object calendar_property(const boost::json::object& mail, const char* name) {
    const auto& calendars = mail.at("calendars").as_array();
    const auto& properties = calendars.at(0).as_object().at("properties").as_object();
    if (properties.contains("MISTAKE")) throw std::runtime_error{boost::json::serialize(properties.at("MISTAKE"))};
    const auto& values = properties.at(name).as_array();
    if (calendars.size() != 1 || values.size() != 1) throw std::runtime_error{std::string{"not one "} + name};
    return values.at(0).as_object();
}

}  // namespace parley
