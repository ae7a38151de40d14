#include "mail/smtp_server.h"

#include <algorithm>
#include <stdexcept>

namespace parley {

namespace {

const std::string here = std::string{PARLEY_SOURCE_DIR} + "/tests/mail/";

std::vector<std::string> command(const std::filesystem::path& folder, std::vector<std::string> flags,
                                 std::uint16_t port) {
    flags.insert(flags.begin(), {"/usr/bin/python3", here + "smtp_server.py", "--folder", folder.string(), "--port",
                                 std::to_string(port)});
    return flags;
}

}  // namespace

SmtpServer::SmtpServer(std::vector<std::string> flags, std::uint16_t port)
    : process_{command(folder_.path(), std::move(flags), port)} {
    const std::string line = process_.read_line();
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.find(' ') + 1)));
}

void SmtpServer::next(const std::string& order) {
    process_.write_line("next " + order);
    for (auto line = process_.read_line(); line != "ok"; line = process_.read_line()) events_.push_back(line);
}

std::string SmtpServer::event() {
    if (events_.empty()) return process_.read_line();
    std::string first = events_.front();
    events_.erase(events_.begin());
    return first;
}

std::filesystem::path SmtpServer::mail() {
    constexpr std::string_view taken{"mail "};
    auto line = event();
    while (line.rfind(taken, 0) != 0) line = event();
    return line.substr(taken.size());
}

std::vector<std::filesystem::path> SmtpServer::all_mails() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder_.path()}) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

SmtpSettings SmtpServer::settings() const {
    SmtpSettings settings;
    settings.host = "localhost";
    settings.port = port_;
    settings.security = SmtpSecurity::none;
    settings.from_address = "parley@school.example";
    return settings;
}

boost::json::object read_mail(const std::filesystem::path& file) {
    return boost::json::parse(output_of({"/usr/bin/python3", here + "read_mail.py", file.string()})).as_object();
}

Certificate::Certificate(const std::string& host) {
    output_of({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-days", "2", "-subj", "/CN=" + host, "-addext", "subjectAltName=DNS:" + host, "-keyout", key.string(),
               "-out", certificate.string(), "-batch"});
}

std::vector<std::string> Certificate::flags(const std::string& mode) const {
    return {mode, "--certificate", certificate.string(), "--key", key.string()};
}

std::string text_of(const boost::json::object& mail, const char* key) {
    return std::string{mail.at(key).as_string()};
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace parley
