#include "lists/csv_file.h"

#include "lists/lists_support.h"
#include "lists/text_decoding.h"

using namespace parley;

namespace {

/// "2:Mia|Abel 3:Leo|Abel": each row with the line in which it begins.
std::string shown(const CsvFile& file) {
    std::string all;
    for (const auto& row : file.rows) {
        all += (all.empty() ? "" : " ") + std::to_string(row.line) + ':';
        for (std::size_t i = 0; i < row.fields.size(); ++i) all += (i == 0 ? "" : "|") + row.fields[i];
    }
    return all;
}

std::string rows_of(const std::string& text) {
    return shown(read_csv(text, "students.csv"));
}

std::string text_of(const std::string& bytes) {
    return decode_text(bytes, "students.csv").text;
}

}  // namespace

/// What school offices export, as it comes (A2).
class CsvFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CsvFileTest);
    CPPUNIT_TEST(A2_comma_semicolon_and_tab);
    CPPUNIT_TEST(A2_quoted_separators_quotes_and_line_ends);
    CPPUNIT_TEST(A2_every_kind_of_line_end_keeps_the_line_numbers);
    CPPUNIT_TEST(A2_blank_lines_count_and_are_passed_over);
    CPPUNIT_TEST(A2_quotation_mark_that_is_never_closed_is_named);
    CPPUNIT_TEST(A2_more_than_a_school_has_is_refused);
    CPPUNIT_TEST(A2_header_alone_is_empty);
    CPPUNIT_TEST(A2_utf8_with_and_without_a_mark);
    CPPUNIT_TEST(A2_windows_1252);
    CPPUNIT_TEST(A2_utf16_of_excel);
    CPPUNIT_TEST(A2_binary_junk_is_no_text);
    CPPUNIT_TEST_SUITE_END();

public:
    void A2_comma_semicolon_and_tab() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2:Mia|Abel"}, rows_of("first,last\nMia,Abel\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2:Mia|Abel, née Bond"}, rows_of("first;last\nMia;Abel, née Bond\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2:Mia|Abel; Bond"}, rows_of("first\tlast\nMia\tAbel; Bond\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2:Mia"}, rows_of("first\nMia"));
        CPPUNIT_ASSERT_EQUAL(';', read_csv("\"last, first\";id\na;b\n", "x").delimiter);
        CPPUNIT_ASSERT_EQUAL(std::string{"2:|Mia|"}, rows_of("a\tb\tc\n\tMia\t\n"));
    }

    void A2_quoted_separators_quotes_and_line_ends() {
        CPPUNIT_ASSERT_EQUAL(std::string{"2:Abel, Mia|He said \"hi\" 3: x |two\nlines 5:y|z"},
                             rows_of("a,b\n\"Abel, Mia\",\"He said \"\"hi\"\"\"\n\" x \",\"two\nlines\"\ny,z\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2:5\" ruler|b"}, rows_of("a,b\n5\" ruler, b \n"));
    }

    void A2_every_kind_of_line_end_keeps_the_line_numbers() {
        for (const auto* end : {"\n", "\r\n", "\r"}) {
            const std::string e{end};
            CPPUNIT_ASSERT_EQUAL(std::string{"2:1|2 3:3|4"}, rows_of("a,b" + e + "1,2" + e + "3,4" + e));
        }
    }

    void A2_blank_lines_count_and_are_passed_over() {
        CPPUNIT_ASSERT_EQUAL(std::string{"4:1|2 8:3|4"}, rows_of("\na,b\n   \n1,2\n,\n\t\n \n3,4\n\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"2:x\n\ny|1 5:z|2"}, rows_of("a,b\n\"x\n\ny\",1\nz,2\n"));
    }

    void A2_quotation_mark_that_is_never_closed_is_named() {
        CPPUNIT_ASSERT_EQUAL(std::string{"quote_open in students.csv:3"},
                             fault_of([] { rows_of("a,b\n1,2\n3,\"4\n5,6\n7,8\n"); }));
    }

    void A2_more_than_a_school_has_is_refused() {
        const auto read = [](const std::string& text) { read_csv(text, "x.csv", {2, 3, 5}); };
        CPPUNIT_ASSERT_EQUAL(std::string{"nothing"}, fault_of([&] { read("a,b,c\n1,2,3\n1,2,12345\n"); }));
        CPPUNIT_ASSERT_EQUAL(std::string{"too_big in x.csv:4"}, fault_of([&] { read("a\n1\n2\n3\n"); }));
        CPPUNIT_ASSERT_EQUAL(std::string{"too_big in x.csv:2"}, fault_of([&] { read("a\n1,2,3,4\n"); }));
        CPPUNIT_ASSERT_EQUAL(std::string{"too_big in x.csv:3"}, fault_of([&] { read("a\n1\n\"12\n345\"\n"); }));
        CPPUNIT_ASSERT_EQUAL(std::string{"too_big in x.csv:2"}, fault_of([&] { read("a\n123456"); }));
    }

    void A2_header_alone_is_empty() {
        for (const auto* text : {"", "\n\n", "a,b", "a,b\n", "a,b\n,\n"})
            CPPUNIT_ASSERT_EQUAL(std::string{"empty in students.csv"}, fault_of([&] { rows_of(text); }));
    }

    void A2_utf8_with_and_without_a_mark() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Zoë Łukasz 👩🏽‍🏫"}, text_of("Zoë Łukasz 👩🏽‍🏫"));
        CPPUNIT_ASSERT_EQUAL(std::string{"Zoë"}, text_of("\xEF\xBB\xBFZoë"));
    }

    void A2_windows_1252() {
        CPPUNIT_ASSERT_EQUAL(std::string{"Zoë O’Neill – 5 €"}, text_of("Zo\xEB O\x92Neill \x96 5 \x80"));
        CPPUNIT_ASSERT(decode_text("Zo\xEB", "x").encoding == TextEncoding::windows_1252);
        // One wrong byte makes the whole file something else; that shows, and nothing is lost.
        CPPUNIT_ASSERT_EQUAL(std::string{"ZoÃ« \xC3\xAB"}, text_of("Zo\xC3\xAB \xEB"));
    }

    void A2_utf16_of_excel() {
        using namespace std::string_literals;
        CPPUNIT_ASSERT_EQUAL("Zoë\tA\r\n"s, text_of("\xFF\xFEZ\0o\0\xEB\0\t\0A\0\r\0\n\0"s));
        CPPUNIT_ASSERT_EQUAL("Zoë"s, text_of("\xFE\xFF\0Z\0o\0\xEB"s));
    }

    void A2_binary_junk_is_no_text() {
        using namespace std::string_literals;
        for (const auto& bytes : {"PK\x03\x04\x14\0\x06\0"s, "\x89PNG\r\n\x1A\n"s, "\xFF\xFE\0\xD8"s, "\xFF\xFEZ"s,
                                  "a,b\n1,\x81\n"s, "a\0b"s, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s})
            CPPUNIT_ASSERT_EQUAL("not_text in x"s, fault_of([&] { decode_text(bytes, "x"); }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CsvFileTest);
