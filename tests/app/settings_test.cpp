#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "app/settings_file.h"
#include "support/temporary_folder.h"

using namespace parley;

class SettingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SettingsTest);
    CPPUNIT_TEST(an_empty_file_is_the_defaults);
    CPPUNIT_TEST(the_shipped_file_changes_nothing);
    CPPUNIT_TEST(the_shipped_file_names_every_setting_at_its_default);
    CPPUNIT_TEST(what_is_set_arrives);
    CPPUNIT_TEST(relative_paths_count_from_the_file);
    CPPUNIT_TEST(the_password_is_the_first_line_of_its_file);
    CPPUNIT_TEST(a_wrong_value_is_named_with_line_and_what_is_allowed);
    CPPUNIT_TEST(a_wrong_type_is_named);
    CPPUNIT_TEST(a_stranger_is_named_with_those_that_are_known);
    CPPUNIT_TEST(a_setting_outside_of_a_section_is_named);
    CPPUNIT_TEST(all_that_is_wrong_is_told_at_once_by_line);
    CPPUNIT_TEST(addresses_and_the_public_url_are_checked);
    CPPUNIT_TEST(certificate_and_key_go_together);
    CPPUNIT_TEST(no_toml_and_no_file_are_named);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    std::filesystem::path write(const std::string& text, const std::string& name = "parley.toml") {
        const auto file = folder_.path() / name;
        std::ofstream{file} << text;
        return file;
    }
    Settings read(const std::string& text) { return read_settings(write(text)).settings; }
    /// Every complaint, with the file's folder left out.
    std::string complaints(const std::string& text) {
        try {
            read(text);
        } catch (const SettingsError& error) {
            return std::regex_replace(std::string{error.what()}, std::regex{folder_.path().string() + "/"}, "");
        }
        return "";
    }
    static std::string shipped() {
        std::ifstream file{std::filesystem::path{PARLEY_SOURCE_DIR} / "systemd/parley.toml"};
        return {std::istreambuf_iterator<char>{file}, {}};
    }

    void an_empty_file_is_the_defaults() {
        const auto file = read_settings(write(""));
        CPPUNIT_ASSERT(file.changed.empty());
        CPPUNIT_ASSERT_EQUAL(std::string{"/var/lib/parley"}, file.settings.state_dir.string());
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{443}, file.settings.http.port);
        CPPUNIT_ASSERT_EQUAL(2, file.settings.calls.spares);
    }

    void the_shipped_file_changes_nothing() { CPPUNIT_ASSERT(read_settings(write(shipped())).changed.empty()); }

    void the_shipped_file_names_every_setting_at_its_default() {
        const auto switched_on = std::regex_replace(shipped(), std::regex{"(^|\n)#([a-z_]+ = )"}, "$1$2");
        const auto file = read_settings(write(switched_on));
        for (const auto& setting : file.changed) CPPUNIT_FAIL(setting + " stands there with another value");
        std::size_t mentioned = 0;
        const std::regex setting{"(^|\n)#([a-z_]+) = "};
        const auto text = shipped();
        for (std::sregex_iterator at{text.begin(), text.end(), setting}, end; at != end; ++at) ++mentioned;
        CPPUNIT_ASSERT_EQUAL(file.known.size(), mentioned);
    }

    void what_is_set_arrives() {
        const auto settings = read(R"(
[state]
directory = "/srv/parley"
[http]
address = "192.0.2.7"
port = 8443
public_url = "https://parley.school.example"
[mail]
host = "mail.school.example"
port = 465
security = "smtps"
from = "evening@school.example"
verify_certificate = false
timeout = 60
[calls]
program = "/opt/call"
spares = 0
public_addresses = ["198.51.100.4", "2001:db8::4"]
ice_tcp = false
max_bitrate = 800000
)");
        CPPUNIT_ASSERT_EQUAL(std::string{"/srv/parley"}, settings.state_dir.string());
        CPPUNIT_ASSERT_EQUAL(std::string{"192.0.2.7"}, settings.http.address);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{8443}, settings.http.port);
        CPPUNIT_ASSERT_EQUAL(std::string{"https://parley.school.example"}, settings.public_url);
        CPPUNIT_ASSERT(settings.smtp.security == SmtpSecurity::smtps);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{465}, settings.smtp.port);
        CPPUNIT_ASSERT(!settings.smtp.verify_certificate);
        CPPUNIT_ASSERT(settings.smtp.timeout == seconds{60});
        CPPUNIT_ASSERT_EQUAL(0, settings.calls.spares);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, settings.calls.public_addresses.size());
        CPPUNIT_ASSERT(!settings.calls.ice_tcp);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{800'000}, settings.calls.max_bitrate);
    }

    void relative_paths_count_from_the_file() {
        const auto settings =
            read("[state]\ndirectory = \"box\"\n[http]\ncertificate = \"../c.pem\"\nkey = \"k.pem\"\n");
        CPPUNIT_ASSERT_EQUAL((folder_.path() / "box").string(), settings.state_dir.string());
        CPPUNIT_ASSERT_EQUAL((folder_.path().parent_path() / "c.pem").string(), settings.http.certificate_file);
    }

    void the_password_is_the_first_line_of_its_file() {
        write("sesame open\nsecond line\n", "password");
        const auto settings = read("[mail]\nuser = \"box\"\npassword_file = \"password\"\nsecurity = \"starttls\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string{"sesame open"}, std::string{settings.smtp.password.reveal()});
    }

    void a_wrong_value_is_named_with_line_and_what_is_allowed() {
        CPPUNIT_ASSERT_EQUAL(std::string{"parley.toml:2: calls.spares is 99; whole numbers from 0 to 8 are allowed"},
                             complaints("[calls]\nspares = 99\n"));
        CPPUNIT_ASSERT_EQUAL(
            std::string{"parley.toml:3: mail.security is \"tls\"; allowed are \"none\", \"starttls\", \"smtps\""},
            complaints("[mail]\n\nsecurity = \"tls\"\n"));
    }

    void a_wrong_type_is_named() {
        CPPUNIT_ASSERT_EQUAL(
            std::string{"parley.toml:2: http.port is \"443\"; whole numbers from 0 to 65535 are allowed"},
            complaints("[http]\nport = \"443\"\n"));
        CPPUNIT_ASSERT_EQUAL(std::string{"parley.toml:2: calls.ice_tcp is 1; true or false is needed"},
                             complaints("[calls]\nice_tcp = 1\n"));
        CPPUNIT_ASSERT(
            complaints("[calls]\nlisten_addresses = \"::1\"\n").starts_with("parley.toml:2: calls.listen_addr"));
        CPPUNIT_ASSERT(complaints("[calls]\nlisten_addresses = [1, \"::1\"]\n").find("a list") != std::string::npos);
        CPPUNIT_ASSERT(
            complaints("[[http]]\nport = 3\n").starts_with("parley.toml:1: http stands outside of a section"));
    }

    void a_stranger_is_named_with_those_that_are_known() {
        const auto key = complaints("[state]\ndir = \"/srv\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string{"parley.toml:2: state.dir is no setting; [state] has directory"}, key);
        const auto section = complaints("[https]\nport = 1\n");
        CPPUNIT_ASSERT_EQUAL(
            std::string{"parley.toml:1: https is no section; there are [calls], [http], [mail], [state]"}, section);
    }

    void a_setting_outside_of_a_section_is_named() {
        CPPUNIT_ASSERT(
            complaints("port = 443\n").starts_with("parley.toml:1: port stands outside of a section; there"));
    }

    void all_that_is_wrong_is_told_at_once_by_line() {
        const auto all = complaints("[calls]\nspares = -1\n[http]\nport = 70000\ncolour = \"red\"\n");
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{2}, std::count(all.begin(), all.end(), '\n'));
        CPPUNIT_ASSERT(all.find(":2:") < all.find(":4:") && all.find(":4:") < all.find(":5:"));
    }

    void addresses_and_the_public_url_are_checked() {
        CPPUNIT_ASSERT(!complaints("[http]\naddress = \"localhost\"\n").empty());
        CPPUNIT_ASSERT(!complaints("[calls]\npublic_addresses = [\"box.example\"]\n").empty());
        CPPUNIT_ASSERT(!complaints("[http]\npublic_url = \"http://box.example\"\n").empty());
        CPPUNIT_ASSERT(!complaints("[http]\npublic_url = \"https://box.example/\"\n").empty());
        CPPUNIT_ASSERT(!complaints("[calls]\nfirst_port = 5000\nlast_port = 4000\n").empty());
        CPPUNIT_ASSERT_EQUAL(std::string{}, complaints("[http]\npublic_url = \"https://[2001:db8::1]:8443\"\n"));
    }

    void certificate_and_key_go_together() {
        const auto alone = complaints("[http]\ncertificate = \"/etc/parley/certificate.pem\"\n");
        CPPUNIT_ASSERT(alone.find("go together") != std::string::npos);
    }

    void no_toml_and_no_file_are_named() {
        CPPUNIT_ASSERT(complaints("[http]\nport 443\n").starts_with("parley.toml:2: "));
        CPPUNIT_ASSERT_THROW(read_settings(folder_.path() / "nowhere.toml"), SettingsError);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SettingsTest);
