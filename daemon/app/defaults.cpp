#include "app/defaults.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "app/link_key.h"
#include "http/self_signed.h"

namespace parley {

namespace {

constexpr std::uint16_t https_port = 443;

std::string machine_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0' ? name.data() : "localhost";
}

/// The host in "https://host:port", without the brackets of an IPv6 address.
std::string host_of(const std::string& url) {
    auto host = url.substr(url.find("//") + 2);
    if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.rfind(':'));
}

void make_state_dir(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        throw StartError(fmt::format("the state folder {} cannot be made: {}", folder.string(), std::strerror(errno)));
}

}  // namespace

void complete(Settings& settings) {
    make_state_dir(settings.state_dir);
    auto& http = settings.http;
    if (settings.public_url.empty()) {
        settings.public_url = "https://" + machine_name();
        if (http.port != https_port && http.port != 0) settings.public_url += fmt::format(":{}", http.port);
    }
    if (!http.certificate_file.empty()) return;
    http.certificate_file = settings.state_dir / "certificate.pem";
    http.key_file = settings.state_dir / "key.pem";
    if (!std::filesystem::exists(http.certificate_file) || !std::filesystem::exists(http.key_file))
        write_self_signed_certificate(host_of(settings.public_url), http.certificate_file, http.key_file);
}

}  // namespace parley
