#include "mail/letters.h"

#include <stdexcept>

#include "mail/catalogue.h"
#include "mail/school_time.h"

namespace parley {

namespace {

/// What every letter is written with.
struct Desk {
    const NewMail& mail;
    const MailFacts& facts;
    const std::string& address;
    const Catalogue& catalogue;
    SchoolTime time;
    Letter letter;

    Desk(const NewMail& m, const std::string& a, const Catalogue& c)
        : mail{m}, facts{m.facts}, address{a}, catalogue{c}, time{c, m.facts.school_zone} {}

    [[nodiscard]] Phrase say(std::string_view key, PhraseValues more = {}) const {
        more.emplace_back("school", Phrase::value(facts.school));
        more.emplace_back("evening", Phrase::value(facts.evening));
        more.emplace_back("parent", Phrase::value(facts.parent));
        more.emplace_back("students", catalogue.list(facts.students));
        return catalogue.phrase(key, more);
    }
    void paragraph(std::string_view key, PhraseValues values = {}) {
        letter.blocks.emplace_back(Paragraph{say(key, std::move(values))});
    }
    void note(std::string_view key, PhraseValues values = {}) {
        letter.blocks.emplace_back(Note{say(key, std::move(values))});
    }
    void heading(Phrase text) { letter.blocks.emplace_back(Heading{std::move(text)}); }
    void button(std::string_view label) {
        if (address.empty()) return;
        letter.blocks.emplace_back(Button{say(label), say("button_fallback"), address});
    }
    void expiry() {
        if (facts.link_expires_at && !address.empty())
            paragraph("link_expires", {{"moment", time.moment(*facts.link_expires_at)}});
    }
};

Phrase where(const Desk& desk, const AppointmentFacts& appointment) {
    switch (appointment.mode) {
        case Mode::video: return desk.say("mode.video");
        case Mode::telephone: return desk.say("mode.telephone");
        case Mode::in_person: break;
    }
    if (appointment.room.empty()) return desk.say("mode.in_person");
    return desk.say("mode.in_room", {{"room", Phrase::value(appointment.room)}});
}

Entry entry_of(const Desk& desk, const AppointmentFacts& appointment) {
    Entry entry{desk.time.range(appointment.starts_at, appointment.ends_at), {}};
    entry.lines.push_back(desk.say("entry", {{"student", Phrase::value(appointment.student)},
                                             {"teachers", desk.catalogue.list(appointment.teachers)}}));
    if (!appointment.class_name.empty()) entry.lines.push_back(Phrase::value(appointment.class_name));
    entry.lines.push_back(where(desk, appointment));
    return entry;
}

/// Under a heading for each day.
void list_appointments(Desk& desk) {
    const auto& all = desk.facts.appointments;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i == 0 || !desk.time.same_day(all[i - 1].starts_at, all[i].starts_at)) {
            desk.heading(desk.time.day(all[i].starts_at));
            desk.letter.blocks.emplace_back(Entries{});
        }
        std::get<Entries>(desk.letter.blocks.back()).entries.push_back(entry_of(desk, all[i]));
    }
    if (!all.empty()) desk.paragraph("time_zone", {{"zone", Phrase::value(desk.time.zone())}});
}

void greet(Desk& desk) {
    desk.paragraph("greeting", {{"name", Phrase::value(desk.mail.to_name)}});
}

void tell_evening(Desk& desk) {
    if (!desk.facts.evening_starts_at || !desk.facts.evening_ends_at) return;
    desk.paragraph("evening_is",
                   {{"day", desk.time.day(*desk.facts.evening_starts_at)},
                    {"range", desk.time.range(*desk.facts.evening_starts_at, *desk.facts.evening_ends_at)}});
}

void write_invitation(Desk& desk) {
    desk.letter.subject = desk.say("invite.subject");
    desk.letter.title = desk.say("invite.title");
    greet(desk);
    desk.paragraph("invite.lead");
    if (desk.facts.resent) desk.note("invite.resent");
    tell_evening(desk);
    if (desk.facts.appointments.empty())
        desk.paragraph("invite.nothing_yet");
    else
        desk.letter.blocks.emplace_back(
            Paragraph{desk.catalogue.counted("invite.appointments", desk.facts.appointments.size())});
    list_appointments(desk);
    desk.button("invite.button");
    desk.heading(desk.say("join.title"));
    desk.letter.blocks.emplace_back(Steps{{desk.say("join.open"), desk.say("join.press"), desk.say("join.allow")}});
    desk.paragraph("join.needed");
    desk.note("invite.only_you");
    desk.expiry();
    desk.letter.footer.push_back(desk.say("invite.why"));
}

const AppointmentFacts& only_appointment(const Desk& desk) {
    if (desk.facts.appointments.empty()) throw std::runtime_error{"a mail about an appointment without one"};
    return desk.facts.appointments.front();
}

PhraseValues about(const Desk& desk, const AppointmentFacts& appointment) {
    return {{"student", Phrase::value(appointment.student)},
            {"teachers", desk.catalogue.list(appointment.teachers)},
            {"day", desk.time.day(appointment.starts_at)},
            {"time", desk.time.time(appointment.starts_at)}};
}

const char* how_to_attend(Mode mode) {
    switch (mode) {
        case Mode::video: return "booked.video";
        case Mode::in_person: return "booked.in_person";
        case Mode::telephone: return "booked.telephone";
    }
    return "";
}

void write_confirmation(Desk& desk) {
    const auto& appointment = only_appointment(desk);
    desk.letter.subject = desk.say("booked.subject", about(desk, appointment));
    desk.letter.title = desk.say("booked.title");
    greet(desk);
    desk.paragraph("booked.lead");
    list_appointments(desk);
    desk.paragraph(how_to_attend(appointment.mode));
    desk.button("booked.button");
    if (appointment.mode == Mode::video) desk.paragraph("join.needed");
    desk.paragraph("booked.calendar");
    desk.note("booked.only_you");
    desk.expiry();
    desk.letter.footer.push_back(desk.say("booked.why"));
}

void write_cancellation(Desk& desk) {
    const auto& appointment = only_appointment(desk);
    desk.letter.subject = desk.say("cancelled.subject", about(desk, appointment));
    desk.letter.title = desk.say("cancelled.title");
    greet(desk);
    desk.paragraph("cancelled.lead");
    list_appointments(desk);
    desk.paragraph("cancelled.calendar");
    desk.paragraph("cancelled.again");
    desk.button("cancelled.button");
    desk.expiry();
    desk.letter.footer.push_back(desk.say("booked.why"));
}

void write_sign_in(Desk& desk) {
    desk.letter.subject = desk.say("sign_in.subject");
    desk.letter.title = desk.say("sign_in.title");
    greet(desk);
    desk.paragraph("sign_in.lead");
    desk.button("sign_in.button");
    desk.expiry();
    desk.note("sign_in.only_you");
    desk.letter.footer.push_back(desk.say("sign_in.why"));
}

void write_kind(Desk& desk) {
    switch (desk.mail.kind) {
        case MailKind::guest_invite: return write_invitation(desk);
        case MailKind::booking_confirmation: return write_confirmation(desk);
        case MailKind::booking_cancelled: return write_cancellation(desk);
        case MailKind::sign_in: return write_sign_in(desk);
    }
}

}  // namespace

Letter write_letter(const NewMail& mail, const std::string& address, const Catalogue& catalogue) {
    Desk desk{mail, address, catalogue};
    desk.letter.language = catalogue.language();
    desk.letter.right_to_left = catalogue.right_to_left();
    desk.letter.sender = Phrase::value(mail.facts.school);
    write_kind(desk);
    if (!mail.facts.contact_email.empty())
        desk.letter.footer.push_back(desk.say("questions", {{"email", Phrase::value(mail.facts.contact_email)}}));
    desk.letter.footer.push_back(desk.say("nothing_recorded"));
    return desk.letter;
}

}  // namespace parley
