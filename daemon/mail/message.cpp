#include "mail/message.h"

#include <Poco/String.h>
#include <gmime/gmime.h>

#include <algorithm>

#include "domain/text_rules.h"
#include "mail/calendar.h"
#include "mail/catalogue.h"
#include "mail/gobject.h"
#include "mail/html_letter.h"
#include "mail/letters.h"
#include "mail/text_letter.h"

namespace parley {

namespace {

using PartPtr = GObjectPtr<GMimePart>;
using MultipartPtr = GObjectPtr<GMimeMultipart>;

void refuse_forbidden_characters(const std::vector<std::string>& texts) {
    if (std::any_of(texts.begin(), texts.end(), has_forbidden_characters)) throw Unmailable{MailTrouble::bad_text};
}

/// Whoever wrote it: nothing in a mail breaks a line or hides what follows.
void check_texts(const NewMail& mail) {
    const auto& facts = mail.facts;
    refuse_forbidden_characters(
        {mail.to_name, mail.message_id, facts.school, facts.contact_email, facts.evening, facts.parent});
    refuse_forbidden_characters(facts.students);
    for (const auto& appointment : facts.appointments) {
        refuse_forbidden_characters(appointment.teachers);
        refuse_forbidden_characters({appointment.uid, appointment.student, appointment.class_name, appointment.room});
    }
}

SmtpAddress address_of(const std::string& text) {
    auto address = to_smtp_address(text);
    if (!address) throw Unmailable{MailTrouble::bad_address};
    return *address;
}

/// Nobody types an RFC 2047 word, but readers decode one wherever it stands, with the line breaks it hides.
std::string without_encoded_words(const std::string& text) {
    return Poco::replace(text, "=?", "= ?");
}

void add_mailbox(GMimeMessage* message, GMimeAddressType type, const std::string& name, const SmtpAddress& address) {
    const GObjectPtr<InternetAddress> mailbox{internet_address_mailbox_new(
        name.empty() ? nullptr : without_encoded_words(name).c_str(), address.text.c_str())};
    internet_address_set_charset(mailbox.get(), "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox.get());
}

void set_date(GMimeMessage* message, Instant instant) {
    const auto whole = std::chrono::floor<seconds>(instant).time_since_epoch().count();
    GDateTime* date = g_date_time_new_from_unix_utc(whole);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
}

void set_content(GMimePart* part, const std::string& content, GMimeContentEncoding encoding) {
    const GObjectPtr<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(content.data(), content.size())};
    const GObjectPtr<GMimeDataWrapper> wrapper{
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)};
    g_mime_part_set_content(part, wrapper.get());
    g_mime_part_set_content_encoding(part, encoding);
}

PartPtr text_part(const char* subtype, const std::string& content) {
    PartPtr part{g_mime_part_new_with_type("text", subtype)};
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    set_content(part.get(), content, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return part;
}

PartPtr calendar_part(const CalendarEntry& entry) {
    PartPtr part{g_mime_part_new_with_type("text", "calendar")};
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "method", to_text(entry.method));
    g_mime_object_set_disposition(GMIME_OBJECT(part.get()), "attachment");
    g_mime_part_set_filename(part.get(), "appointment.ics");
    set_content(part.get(), to_icalendar(entry), GMIME_CONTENT_ENCODING_BASE64);
    return part;
}

/// Out of no random source, so that a second copy has the same; "=_" stands in no encoded body (RFC 2045 6.7).
MultipartPtr multipart(const char* subtype, const std::string& message_id) {
    MultipartPtr part{g_mime_multipart_new_with_subtype(subtype)};
    std::string boundary = std::string{"=_"} + subtype + '_';
    std::copy_if(message_id.begin(), message_id.begin() + std::min<std::ptrdiff_t>(32, std::ssize(message_id)),
                 std::back_inserter(boundary), [](unsigned char c) { return c < 0x80 && std::isalnum(c) != 0; });
    g_mime_multipart_set_boundary(part.get(), boundary.c_str());
    return part;
}

template <class Part>
void add(const MultipartPtr& multipart, const Part& part) {
    g_mime_multipart_add(multipart.get(), GMIME_OBJECT(part.get()));
}

struct Builder {
    const NewMail& mail;
    const SmtpSettings& settings;
    const Catalogue& catalogue;
    Envelope envelope;
    Letter letter;

    [[nodiscard]] const std::string& sender_name() const {
        return settings.from_name.empty() ? mail.facts.school : settings.from_name;
    }

    [[nodiscard]] MultipartPtr words() const {
        auto part = multipart("alternative", mail.message_id);
        add(part, text_part("plain", to_plain_text(letter)));
        add(part, text_part("html", to_html(letter)));
        return part;
    }

    [[nodiscard]] CalendarEntry entry_for(const AppointmentFacts& appointment) const {
        CalendarEntry entry;
        entry.method = mail.kind == MailKind::booking_cancelled ? CalendarMethod::cancel : CalendarMethod::request;
        entry.appointment = appointment;
        entry.summary = catalogue
                            .phrase("calendar.summary", {{"student", Phrase::value(appointment.student)},
                                                         {"teachers", catalogue.list(appointment.teachers)},
                                                         {"school", Phrase::value(mail.facts.school)}})
                            .plain();
        entry.location = appointment.mode == Mode::in_person
                             ? appointment.room
                             : catalogue.phrase(std::string{"mode."} + to_text(appointment.mode)).plain();
        entry.organizer_name = sender_name();
        entry.organizer = envelope.from;
        entry.attendee_name = mail.to_name;
        entry.attendee = envelope.to;
        entry.stamp = mail.created_at;
        return entry;
    }

    [[nodiscard]] MultipartPtr body() const {
        const bool about_a_booking =
            mail.kind == MailKind::booking_confirmation || mail.kind == MailKind::booking_cancelled;
        if (!about_a_booking) return words();
        auto part = multipart("mixed", mail.message_id);
        add(part, words());
        for (const auto& appointment : mail.facts.appointments) add(part, calendar_part(entry_for(appointment)));
        return part;
    }

    [[nodiscard]] GObjectPtr<GMimeMessage> message() const {
        GObjectPtr<GMimeMessage> message{g_mime_message_new(TRUE)};
        add_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, sender_name(), envelope.from);
        add_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, mail.to_name, envelope.to);
        if (const auto office = to_smtp_address(mail.facts.contact_email); office && !office->needs_smtputf8)
            add_mailbox(message.get(), GMIME_ADDRESS_TYPE_REPLY_TO, mail.facts.school, *office);
        g_mime_message_set_subject(message.get(), without_encoded_words(letter.subject.plain()).c_str(), "utf-8");
        set_date(message.get(), mail.created_at);
        g_mime_message_set_message_id(message.get(), address_of(mail.message_id).text.c_str());
        g_mime_object_set_header(GMIME_OBJECT(message.get()), "Auto-Submitted", "auto-generated", nullptr);
        g_mime_object_set_header(GMIME_OBJECT(message.get()), "Content-Language", letter.language.c_str(), nullptr);
        g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(body().get()));
        return message;
    }
};

std::string bytes_of(GMimeMessage* message) {
    const std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> format{
        g_mime_format_options_new(), &g_mime_format_options_free};
    g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
    const GObjectPtr<GMimeStream> stream{g_mime_stream_mem_new()};
    if (g_mime_object_write_to_stream(GMIME_OBJECT(message), format.get(), stream.get()) < 0)
        throw std::runtime_error{"a message cannot be written"};
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

}  // namespace

Message build_message(const NewMail& mail, const std::string& address, const SmtpSettings& settings,
                      const Catalogue& catalogue) {
    start_gmime();
    check_texts(mail);
    const Builder builder{mail,
                          settings,
                          catalogue,
                          {address_of(settings.from_address), address_of(mail.to_email)},
                          write_letter(mail, address, catalogue)};
    return {builder.envelope, bytes_of(builder.message().get())};
}

}  // namespace parley
