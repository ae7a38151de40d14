#include "domain/text_rules.h"

#include <cppunit/extensions/HelperMacros.h>

#include "domain/utf8.h"
#include "rapidcheck.h"

using namespace parley;

/// What may be typed as a name, an address and a note.
class TextRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TextRulesTest);
    CPPUNIT_TEST(names_of_the_world_are_fine);
    CPPUNIT_TEST(a_name_needs_something_to_see);
    CPPUNIT_TEST(a_name_cannot_break_a_line_or_turn_the_text);
    CPPUNIT_TEST(a_name_has_at_most_100_characters);
    CPPUNIT_TEST(addresses_that_are_fine);
    CPPUNIT_TEST(addresses_that_are_not);
    CPPUNIT_TEST(an_address_has_at_most_254_bytes);
    CPPUNIT_TEST(addresses_are_compared_without_case);
    CPPUNIT_TEST(trims_white_space_of_any_kind);
    CPPUNIT_TEST(utf8_is_strict);
    CPPUNIT_TEST(utf8_there_and_back);
    CPPUNIT_TEST(no_accepted_text_holds_a_line_break);
    CPPUNIT_TEST_SUITE_END();

public:
    void names_of_the_world_are_fine() {
        for (const char* name : {"Zoë \"Zo\" Müller-Łukasz", "O'Connor", "李明", "محمد عبد الله", "שרה כהן", "😀", "A",
                                 "Renée 👩‍👧", "<b>Bobby</b>"}) {
            CPPUNIT_ASSERT_MESSAGE(name, !check_name(name));
        }
    }

    void a_name_needs_something_to_see() {
        for (const char* name :
             {"", " ", "\t\n", "\u00A0\u3000", "\u200B\u200D", "\uFEFF", "\u2800", "\u3164", "\u00AD"}) {
            CPPUNIT_ASSERT(check_name(name) == Refusal::name_missing);
        }
    }

    void a_name_cannot_break_a_line_or_turn_the_text() {
        for (const char* name : {"A\r\nBcc: x@y.example", "A\nB", "A\x01", "A\x7F", "A\u0085", "A\u2028", "A\u202E",
                                 "A\u2066B", "A\xFF", "A\xC0\x80"}) {
            CPPUNIT_ASSERT(check_name(name) == Refusal::name_invalid);
        }
        CPPUNIT_ASSERT(check_name(std::string_view{"A\0B", 3}) == Refusal::name_invalid);
    }

    void a_name_has_at_most_100_characters() {
        std::string name;
        for (int i = 0; i < 100; ++i) name += "Ł";
        CPPUNIT_ASSERT(!check_name(name));
        CPPUNIT_ASSERT(check_name(name + "x") == Refusal::name_invalid);
    }

    void addresses_that_are_fine() {
        for (const char* address :
             {"a@b.example", "first.last+tag@mail.school.example", "o'neil@school.example", "x_y-z@1.example",
              "kim@schule.müller.example", "kim@例え.テスト", "A!#$%&'*/=?^`{|}~@b.co"}) {
            CPPUNIT_ASSERT_MESSAGE(address, !check_email(address));
        }
    }

    void addresses_that_are_not() {
        CPPUNIT_ASSERT(check_email("") == Refusal::email_missing);
        CPPUNIT_ASSERT(check_email(" \t ") == Refusal::email_missing);
        for (const char* address : {"kim",
                                    "@b.example",
                                    "kim@",
                                    "kim@local",
                                    "kim@@b.example",
                                    "a@b@c.example",
                                    ".kim@b.example",
                                    "kim.@b.example",
                                    "k..m@b.example",
                                    "kim@.example",
                                    "kim@b..example",
                                    "kim@b.example.",
                                    "kim@-b.example",
                                    "kim@b-.example",
                                    "kim@b.example\r\nRCPT TO:<x@y.example>",
                                    "kim@b.example,x@y.example",
                                    "Kim <kim@b.example>",
                                    "<kim@b.example>",
                                    "\"kim\"@b.example",
                                    "kim @b.example",
                                    " kim@b.example",
                                    "kim@b.example ",
                                    "kim@[127.0.0.1]",
                                    "kim@127.0.0.1",
                                    "k\u00EDm@b.example",
                                    "kim@b\u200B.example",
                                    "kim@b.exa\xFFmple",
                                    "kim(x)@b.example",
                                    "kim@b_c.example",
                                    "kim;x@b.example",
                                    "kim\n@b.example"}) {
            CPPUNIT_ASSERT_MESSAGE(address, check_email(address) == Refusal::email_invalid);
        }
        CPPUNIT_ASSERT(check_email(std::string_view{"kim\0@b.example", 14}) == Refusal::email_invalid);
    }

    void an_address_has_at_most_254_bytes() {
        const std::string label(60, 'd');
        const std::string domain = label + '.' + label + '.' + label + ".example";
        CPPUNIT_ASSERT(!check_email("k@" + domain));
        CPPUNIT_ASSERT(!check_email(std::string(254 - 1 - domain.size(), 'k') + '@' + domain));
        CPPUNIT_ASSERT(check_email(std::string(255 - 1 - domain.size(), 'k') + '@' + domain) == Refusal::email_invalid);
        CPPUNIT_ASSERT(check_email(std::string(65, 'k') + "@b.example") == Refusal::email_invalid);
        CPPUNIT_ASSERT(check_email("k@" + std::string(64, 'd') + ".example") == Refusal::email_invalid);
    }

    void addresses_are_compared_without_case() {
        CPPUNIT_ASSERT(same_email("Ann@School.Example", "ann@school.example"));
        CPPUNIT_ASSERT(!same_email("ann@school.example", "ann@school.exampl"));
    }

    void trims_white_space_of_any_kind() {
        CPPUNIT_ASSERT_EQUAL(std::string{"a b"}, trimmed(" \t\u00A0a b\u3000\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, trimmed(" \u2003 "));
        CPPUNIT_ASSERT_EQUAL(std::string{" \xFF "}, trimmed(" \xFF "));
    }

    void utf8_is_strict() {
        for (const char* wrong : {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\xAF",
                                  "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xE2\x82"}) {
            CPPUNIT_ASSERT(!decode_utf8(wrong));
        }
        CPPUNIT_ASSERT(character_count("aé€😀") == std::size_t{4});
        CPPUNIT_ASSERT(!character_count("\xFF"));
    }

    void utf8_there_and_back() {
        CPPUNIT_ASSERT(rc::check("what decodes encodes to the same bytes", [](const std::string& bytes) {
            if (const auto text = decode_utf8(bytes)) RC_ASSERT(encode_utf8(*text) == bytes);
        }));
        CPPUNIT_ASSERT(rc::check("every code point survives", [] {
            auto c = *rc::gen::inRange<std::uint32_t>(0, 0x110000);
            if (c >= 0xD800 && c <= 0xDFFF) c = 'x';
            const std::u32string text(1, static_cast<char32_t>(c));
            RC_ASSERT(decode_utf8(encode_utf8(text)) == text);
        }));
    }

    void no_accepted_text_holds_a_line_break() {
        CPPUNIT_ASSERT(rc::check("an accepted name or address is one line", [](std::string text) {
            const auto place = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
            text.insert(place, *rc::gen::element<std::string>("\r", "\n", "\u2028", std::string(1, '\0')));
            RC_ASSERT(check_name(text));
            RC_ASSERT(check_email(text));
        }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TextRulesTest);
