#include <cppunit/extensions/HelperMacros.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>

#include "app/parleyd.h"

using namespace parley;

/// Every way in which a start can fail ends with 1 and one sentence that names the culprit.
class StartTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StartTest);
    CPPUNIT_TEST(a_configuration_in_order_is_said_to_be);
    CPPUNIT_TEST(wrong_settings_are_all_named);
    CPPUNIT_TEST(wrong_arguments_are_named);
    CPPUNIT_TEST(help_and_version_are_told);
    CPPUNIT_TEST(the_state_folder_of_the_command_line_wins);
    CPPUNIT_TEST(a_second_parleyd_on_the_same_state_is_refused);
    CPPUNIT_TEST(the_demo_is_refused_while_parleyd_runs);
    CPPUNIT_TEST(the_demo_is_refused_in_a_box_with_a_school);
    CPPUNIT_TEST(a_demo_that_nobody_could_enter_is_not_made);
    CPPUNIT_TEST(a_port_that_is_taken_is_named);
    CPPUNIT_TEST(a_certificate_that_cannot_be_read_is_named);
    CPPUNIT_TEST(a_state_folder_that_cannot_be_made_is_named);
    CPPUNIT_TEST(a_link_key_that_others_may_read_is_refused);
    CPPUNIT_TEST(pages_that_are_not_there_are_named);
    CPPUNIT_TEST(sentences_that_are_not_there_are_named);
    CPPUNIT_TEST(a_mail_account_without_protection_is_refused);
    CPPUNIT_TEST(a_call_program_that_is_not_there_is_named);
    CPPUNIT_TEST(a_call_program_that_does_not_fit_the_machine_says_why);
    CPPUNIT_TEST(too_few_ports_for_a_call_are_named);
    CPPUNIT_TEST_SUITE_END();

    Parleyd box_;

    void assert_refused(const Ending& ending, const std::string& culprit) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(ending.said, 1, ending.status);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(ending.said, std::ptrdiff_t{1},
                                     std::count(ending.said.begin(), ending.said.end(), '\n'));
        CPPUNIT_ASSERT_MESSAGE(ending.said, ending.said.starts_with("parleyd: "));
        CPPUNIT_ASSERT_MESSAGE(ending.said, ending.said.find(culprit) != std::string::npos);
    }
    void assert_refused(const std::string& culprit) { assert_refused(box_.run(), culprit); }

    static std::string quoted(const std::string& text) { return '"' + text + '"'; }

    void a_configuration_in_order_is_said_to_be() {
        const auto ending = box_.run({"--check-config"});
        CPPUNIT_ASSERT_EQUAL(0, ending.status);
        CPPUNIT_ASSERT_EQUAL(box_.path("parley.toml") + " is in order.\n", ending.said);
    }

    void wrong_settings_are_all_named() {
        box_.set("calls", "spares", "99");
        box_.set("http", "port", "\"https\"");
        for (const auto& ending : {box_.run(), box_.run({"--check-config"})}) {
            CPPUNIT_ASSERT_EQUAL(1, ending.status);
            CPPUNIT_ASSERT(ending.said.find("calls.spares is 99; whole numbers from 0 to 8") != std::string::npos);
            CPPUNIT_ASSERT(ending.said.find("http.port is \"https\"") != std::string::npos);
        }
    }

    void wrong_arguments_are_named() {
        const auto ending = box_.run({"--demo"});
        CPPUNIT_ASSERT(ending.status != 0);
        CPPUNIT_ASSERT(ending.said.find("--demo") != std::string::npos);
    }

    void help_and_version_are_told() {
        const auto help = box_.run({"--help"});
        CPPUNIT_ASSERT_EQUAL(0, help.status);
        for (const char* option : {"--config", "--state-dir", "--check-config", "--seed-demo", "--version"})
            CPPUNIT_ASSERT_MESSAGE(option, help.said.find(option) != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string{"parleyd " PARLEY_VERSION "\n"}, box_.run({"--version"}).said);
    }

    void the_state_folder_of_the_command_line_wins() {
        const auto other = box_.path("other");
        const auto ending = box_.run({"--state-dir", other, "--seed-demo", box_.path("demo.json")});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(ending.said, 0, ending.status);
        CPPUNIT_ASSERT(std::filesystem::exists(other + "/parley.db"));
        CPPUNIT_ASSERT(!std::filesystem::exists(box_.path("state")));
    }

    void a_second_parleyd_on_the_same_state_is_refused() {
        box_.start();
        Parleyd second;
        second.set("state", "directory", quoted(box_.path("state")));
        assert_refused(second.run(), "in use by another Parley");
    }

    void the_demo_is_refused_while_parleyd_runs() {
        box_.start();
        Parleyd second;
        second.set("state", "directory", quoted(box_.path("state")));
        assert_refused(second.run({"--seed-demo", second.path("demo.json")}), "in use by another Parley");
        CPPUNIT_ASSERT(!std::filesystem::exists(second.path("demo.json")));
    }

    void the_demo_is_refused_in_a_box_with_a_school() {
        CPPUNIT_ASSERT_EQUAL(0, box_.run({"--seed-demo", box_.path("demo.json")}).status);
        assert_refused(box_.run({"--seed-demo", box_.path("again.json")}), "holds a school already");
        for (const char* file : {"again.json", "again.json.new", "demo.json.new"})
            CPPUNIT_ASSERT_MESSAGE(file, !std::filesystem::exists(box_.path(file)));
    }

    void a_demo_that_nobody_could_enter_is_not_made() {
        assert_refused(box_.run({"--seed-demo", box_.path("nowhere/demo.json")}),
                       "nowhere/demo.json cannot be written");
        CPPUNIT_ASSERT_EQUAL(0, box_.run({"--seed-demo", box_.path("demo.json")}).status);
    }

    void a_port_that_is_taken_is_named() {
        box_.start();
        Parleyd second;
        second.set("http", "port", std::to_string(box_.port()));
        assert_refused(second.run(), "127.0.0.1 port " + std::to_string(box_.port()));
    }

    void a_certificate_that_cannot_be_read_is_named() {
        box_.set("http", "certificate", quoted(box_.path("nowhere.pem")));
        box_.set("http", "key", quoted(box_.path("nowhere.key")));
        assert_refused("nowhere.");
        box_.write("nowhere.pem", "no certificate\n");
        box_.write("nowhere.key", "no key\n");
        assert_refused("nowhere.");
    }

    void a_state_folder_that_cannot_be_made_is_named() {
        box_.set("state", "directory", quoted(box_.path("pages/index.html/state")));
        assert_refused("pages/index.html/state");
        box_.set("state", "directory", quoted(box_.path("pages/index.html")));
        assert_refused("pages/index.html");
    }

    void a_link_key_that_others_may_read_is_refused() {
        CPPUNIT_ASSERT_EQUAL(0, box_.run({"--seed-demo", box_.path("demo.json")}).status);
        ::chmod(box_.path("state/link.key").c_str(), 0644);
        assert_refused("link.key, may be read by others");
    }

    void pages_that_are_not_there_are_named() {
        box_.set("http", "web_root", quoted(box_.path("elsewhere")));
        assert_refused("elsewhere");
    }

    void sentences_that_are_not_there_are_named() {
        box_.set("mail", "locales", quoted(box_.path("elsewhere")));
        assert_refused("elsewhere");
    }

    void a_mail_account_without_protection_is_refused() {
        box_.set("mail", "user", quoted("box"));
        assert_refused("in the clear");
        assert_refused(box_.run({"--check-config"}), "in the clear");
    }

    void a_call_program_that_is_not_there_is_named() {
        box_.set("calls", "program", quoted(box_.path("parley-call")));
        assert_refused(box_.path("parley-call"));
    }

    void a_call_program_that_does_not_fit_the_machine_says_why() {
        box_.write("parley-call", "#!/bin/sh\necho 'parley-call: GStreamer has no element nicesrc' >&2\nexit 3\n");
        ::chmod(box_.path("parley-call").c_str(), 0755);
        box_.set("calls", "program", quoted(box_.path("parley-call")));
        assert_refused("GStreamer has no element nicesrc");
    }

    void too_few_ports_for_a_call_are_named() {
        box_.set("calls", "first_port", "40000");
        box_.set("calls", "last_port", "40003");
        assert_refused("40003");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StartTest);
