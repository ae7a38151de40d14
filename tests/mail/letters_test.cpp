#include "mail/letters.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

#include "mail/plural.h"
#include "mail/sample_mail.h"
#include "mail/school_time.h"

using namespace parley;

namespace {

const std::vector<std::string> languages{"en-GB", "ar"};

std::string text_in(const NewMail& mail) {
    return text_of(read_bytes(built(mail).bytes), "text");
}

/// Without the plural's form: languages have different ones.
std::string stem(const std::string& key) {
    for (const char* form : {"_zero", "_one", "_two", "_few", "_many", "_other"}) {
        const std::string end{form};
        if (key.size() > end.size() && key.compare(key.size() - end.size(), end.size(), end) == 0)
            return key.substr(0, key.size() - end.size());
    }
    return key;
}

std::set<std::string> stems(const char* locale) {
    std::set<std::string> all;
    for (const auto& key : mail_catalogues().of(locale).keys()) all.insert(stem(key));
    return all;
}

}  // namespace

/// What the mails say, in each language, to somebody who reads them.
class LettersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LettersTest);
    CPPUNIT_TEST(M6_invitation_says_all_that_a_guest_needs);
    CPPUNIT_TEST(M6_invitation_before_anything_is_booked);
    CPPUNIT_TEST(M6_invitation_over_two_days_names_each_once);
    CPPUNIT_TEST(M7_only_a_resent_invitation_speaks_of_an_old_link);
    CPPUNIT_TEST(B7_confirmation_says_how_to_attend);
    CPPUNIT_TEST(every_kind_in_every_language_as_text_and_html);
    CPPUNIT_TEST(every_sentence_is_there_in_every_language);
    CPPUNIT_TEST(names_keep_their_place_among_letters_of_the_other_direction);
    CPPUNIT_TEST(times_are_the_schools);
    CPPUNIT_TEST(counts_have_their_plural_forms);
    CPPUNIT_TEST(catalogue_that_cannot_be_used_is_named);
    CPPUNIT_TEST_SUITE_END();

public:
    void M6_invitation_says_all_that_a_guest_needs() {
        const auto mail = read_bytes(built(sample_mail(MailKind::guest_invite)).bytes);
        for (const auto* form : {"text", "html_words"}) {
            const auto said = text_of(mail, form);
            for (const auto* part :
                 {"Petra Parent has given you access", "Mia and Leo", "Test School", "Autumn evening",
                  "Monday 23 November 2026", "18:10–18:20", "Tess Times and Fred French", "Europe/London",
                  "How to join", "Press Join", "camera and a microphone", "This link is for you alone",
                  "works until Monday 7 December 2026", "office@school.example", "never recorded"})
                CPPUNIT_ASSERT_MESSAGE(std::string{part} + " in " + form, holds(said, part));
        }
        CPPUNIT_ASSERT(holds(text_of(mail, "text"), '\n' + sample_link + '\n'));
        for (const auto& link : mail.at("html_links").as_array())
            CPPUNIT_ASSERT(std::string{link.as_string()} == sample_link);
    }

    void M6_invitation_before_anything_is_booked() {
        auto mail = sample_mail(MailKind::guest_invite);
        mail.facts.appointments.clear();
        const auto text = text_in(mail);
        CPPUNIT_ASSERT(holds(text, "No video appointment has been booked yet."));
        CPPUNIT_ASSERT(holds(text, sample_link));
    }

    void M6_invitation_over_two_days_names_each_once() {
        auto mail = sample_mail(MailKind::guest_invite);
        auto& all = mail.facts.appointments;
        all.push_back(all.front());
        all.push_back(all.front());
        all.back().starts_at += std::chrono::hours{24};
        all.back().ends_at += std::chrono::hours{24};
        const auto text = text_in(mail);
        CPPUNIT_ASSERT(holds(text, "These are the 3 appointments."));
        const auto heading = std::string{"Tuesday 24 November 2026\n------------------------\n"};
        CPPUNIT_ASSERT(holds(text, heading));
        CPPUNIT_ASSERT_EQUAL(text.find("Monday 23 November 2026\n---"), text.rfind("Monday 23 November 2026\n---"));
    }

    void M7_only_a_resent_invitation_speaks_of_an_old_link() {
        auto mail = sample_mail(MailKind::guest_invite);
        CPPUNIT_ASSERT(!holds(text_in(mail), "no longer works"));
        mail.facts.resent = true;
        CPPUNIT_ASSERT(holds(text_in(mail), "The link in our earlier email no longer works."));
    }

    void B7_confirmation_says_how_to_attend() {
        const auto said = [](Mode mode) {
            auto mail = sample_mail(MailKind::booking_confirmation);
            mail.facts.appointments.front().mode = mode;
            mail.facts.appointments.front().room = "B 12";
            return text_in(mail);
        };
        CPPUNIT_ASSERT(holds(said(Mode::video), "press Join") && holds(said(Mode::video), "camera"));
        CPPUNIT_ASSERT(holds(said(Mode::in_person), "At the school: B 12"));
        CPPUNIT_ASSERT(!holds(said(Mode::in_person), "camera"));
        CPPUNIT_ASSERT(holds(said(Mode::telephone), "calls you by telephone"));
    }

    void every_kind_in_every_language_as_text_and_html() {
        for (const auto& locale : languages) {
            for (const auto kind : all_mail_kinds) {
                const auto mail = read_bytes(built(sample_mail(kind, locale)).bytes);
                const std::string what = locale + ' ' + to_text(kind);
                const bool arabic = locale == "ar";
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string{"[]"}, boost::json::serialize(mail.at("defects")));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string{arabic ? "rtl" : "ltr"},
                                             text_of(mail, "html_direction"));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string{arabic ? "ar" : "en"}, text_of(mail, "html_language"));
                for (const auto* form : {"subject", "text", "html_words"})
                    CPPUNIT_ASSERT_MESSAGE(what, !holds(text_of(mail, form), "{{"));
                CPPUNIT_ASSERT_MESSAGE(what, mail.at("html_balanced").as_bool());
            }
        }
    }

    void every_sentence_is_there_in_every_language() {
        const auto english = stems("en-GB");
        const auto arabic = stems("ar");
        CPPUNIT_ASSERT(english == arabic);
        for (const auto& locale : languages)
            for (std::size_t count = 0; count < 200; ++count)
                CPPUNIT_ASSERT(!mail_catalogues().of(locale).counted("invite.appointments", count).empty());
        CPPUNIT_ASSERT_EQUAL(std::string{"ar"}, mail_catalogues().of("ar-EG").language());
        CPPUNIT_ASSERT_EQUAL(std::string{"en"}, mail_catalogues().of("cy-GB").language());
    }

    void names_keep_their_place_among_letters_of_the_other_direction() {
        auto mail = sample_mail(MailKind::sign_in);
        mail.to_name = "שרה כהן";
        // Isolated by U+2068 and U+2069: the comma behind the name stays behind it.
        CPPUNIT_ASSERT(holds(text_in(mail), "Hello \u2068שרה כהן\u2069,"));
        const auto arabic = text_in(sample_mail(MailKind::booking_confirmation, "ar"));
        CPPUNIT_ASSERT(holds(arabic, "\u206818:10–18:20\u2069"));
        CPPUNIT_ASSERT(holds(text_of(read_bytes(built(mail).bytes), "html"), "<bdi>שרה כהן</bdi>"));
    }

    void times_are_the_schools() {
        const SchoolTime summer{mail_catalogues().of("en"), "Europe/London"};
        CPPUNIT_ASSERT_EQUAL(std::string{"18:00"}, summer.time(utc_time(6, 30, 17, 0)).plain());
        CPPUNIT_ASSERT_EQUAL(std::string{"18:00"}, summer.time(utc_time(11, 30, 18, 0)).plain());
        // The night the clocks go back: one day all the same, and two half past ones.
        CPPUNIT_ASSERT_EQUAL(std::string{"01:30–01:30"},
                             summer.range(utc_time(10, 25, 0, 30), utc_time(10, 25, 1, 30)).plain());
        CPPUNIT_ASSERT(!summer.same_day(utc_time(6, 30, 22, 30), utc_time(6, 30, 23, 30)));
        const SchoolTime auckland{mail_catalogues().of("en"), "Pacific/Auckland"};
        CPPUNIT_ASSERT_EQUAL(std::string{"Tuesday 24 November 2026"}, auckland.day(utc_time(11, 23, 18, 0)).plain());
        const SchoolTime nowhere{mail_catalogues().of("en"), "Middle/Earth"};
        CPPUNIT_ASSERT_EQUAL(std::string{"18:00"}, nowhere.time(utc_time(6, 30, 18, 0)).plain());
        CPPUNIT_ASSERT_EQUAL(std::string{"UTC"}, nowhere.zone());
    }

    void counts_have_their_plural_forms() {
        const auto forms = [](const char* language, std::initializer_list<std::size_t> counts) {
            std::string all;
            for (const auto count : counts) all += std::string{plural_category(language, count)} + ' ';
            return all;
        };
        CPPUNIT_ASSERT_EQUAL(std::string{"other one other "}, forms("en", {0, 1, 2}));
        CPPUNIT_ASSERT_EQUAL(std::string{"zero one two few few many many other other few many "},
                             forms("ar", {0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111}));
    }

    void catalogue_that_cannot_be_used_is_named() {
        const TemporaryFolder folder;
        const auto file = folder.path() / "mail.en.json";
        const auto sentence = [&](const char* content) {
            if (content != nullptr) std::ofstream{file} << content;
            try {
                Catalogue::load(file, "en");
            } catch (const std::runtime_error& e) {
                return std::string{e.what()};
            }
            return std::string{};
        };
        for (const char* content : {static_cast<const char*>(nullptr), "", "{", "[]", R"({"direction":1})"})
            CPPUNIT_ASSERT_MESSAGE(content == nullptr ? "no file" : content, holds(sentence(content), "mail.en.json"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LettersTest);
