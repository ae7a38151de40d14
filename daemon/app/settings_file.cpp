#include "app/settings_file.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <fstream>

namespace parley {

namespace {

constexpr int most_spares = 8;

bool is_ip(const std::string& text) {
    boost::system::error_code error;
    boost::asio::ip::make_address(text, error);
    return !error;
}

/// A scheme, a host and perhaps a port: what links in mails begin with.
bool is_origin(const std::string& url) {
    constexpr std::string_view scheme = "https://";
    return url.starts_with(scheme) && url.size() > scheme.size() &&
           url.find_first_of("/?#@ \t\r\n\"<>", scheme.size()) == std::string::npos;
}

void read_http(TomlReader& file, Settings& settings) {
    auto& http = settings.http;
    file.section("http");
    file.text("address", http.address);
    if (!is_ip(http.address)) file.refuse("address", "an IPv4 or IPv6 address in digits is needed, or \"::\" for all");
    file.number("port", http.port, 0, 65535);
    file.path("certificate", http.certificate_file);
    file.path("key", http.key_file);
    if (http.certificate_file.empty() != http.key_file.empty()) {
        file.refuse("certificate", "certificate and key go together: set both or neither");
        file.refuse("key", "certificate and key go together: set both or neither");
    }
    file.path("web_root", http.web_root);
    file.text("public_url", settings.public_url);
    if (!settings.public_url.empty() && !is_origin(settings.public_url))
        file.refuse("public_url", "it is like \"https://parley.school.example\", with nothing behind the name or port");
    file.number("max_connections", http.max_connections, 16, 60'000);
    file.number("max_connections_per_address", http.max_connections_per_address, 16, 60'000);
}

void read_mail(TomlReader& file, Settings& settings) {
    auto& smtp = settings.smtp;
    file.section("mail");
    file.text("host", smtp.host);
    file.number("port", smtp.port, 1, 65535);
    file.choice("security", smtp.security,
                {{"none", SmtpSecurity::none}, {"starttls", SmtpSecurity::starttls}, {"smtps", SmtpSecurity::smtps}});
    file.text("user", smtp.user);
    std::filesystem::path password_file;
    file.path("password_file", password_file);
    if (!password_file.empty()) {
        std::string password;
        if (!std::getline(std::ifstream{password_file}, password) || password.empty())
            file.refuse("password_file", "that file cannot be read, or its first line is empty");
        smtp.password = Secret{password};
    }
    file.text("from", smtp.from_address);
    file.text("from_name", smtp.from_name);
    file.flag("verify_certificate", smtp.verify_certificate);
    file.path("ca_file", smtp.ca_file);
    auto timeout = smtp.timeout.count();
    file.number("timeout", timeout, 1, 600);
    smtp.timeout = seconds{timeout};
    file.text("hello_name", smtp.hello_name);
    file.path("locales", settings.mail_locales);
}

void read_calls(TomlReader& file, CallsSettings& calls) {
    file.section("calls");
    file.path("program", calls.call_program);
    file.number("first_port", calls.first_port, 1024, 65535);
    file.number("last_port", calls.last_port, 1024, 65535);
    if (calls.last_port < calls.first_port) file.refuse("last_port", "it must not be below calls.first_port");
    file.number("ports_per_call", calls.ports_per_call, 4, 64);
    file.number("spares", calls.spares, 0, most_spares);
    for (const auto& [key, list] :
         {std::pair{"listen_addresses", &calls.listen_addresses}, {"public_addresses", &calls.public_addresses}}) {
        file.texts(key, *list);
        if (!std::all_of(list->begin(), list->end(), is_ip))
            file.refuse(key, "IPv4 or IPv6 addresses in digits are needed");
    }
    file.flag("ice_tcp", calls.ice_tcp);
    file.number("max_bitrate", calls.max_bitrate, 150'000, 8'000'000);
}

}  // namespace

SettingsFile read_settings(const std::filesystem::path& file) {
    TomlReader reader{file};
    SettingsFile result;
    reader.section("state");
    reader.path("directory", result.settings.state_dir);
    read_http(reader, result.settings);
    read_mail(reader, result.settings);
    read_calls(reader, result.settings.calls);
    reader.finish();
    result.known = reader.known();
    result.changed = reader.changed();
    return result;
}

}  // namespace parley
