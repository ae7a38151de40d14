#include "http/self_signed.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gnutls/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>
#include <type_traits>

#include "base/crypto.h"
#include "base/file_descriptor.h"
#include "http/server.h"

namespace parley {

namespace {

using Certificate = std::unique_ptr<std::remove_pointer_t<gnutls_x509_crt_t>, decltype(&gnutls_x509_crt_deinit)>;
using Key = std::unique_ptr<std::remove_pointer_t<gnutls_x509_privkey_t>, decltype(&gnutls_x509_privkey_deinit)>;

constexpr std::time_t an_hour = 3600;
constexpr std::time_t ten_years = 10L * 365 * 24 * an_hour;

void need(int status) {
    if (status < 0) throw ServerError(fmt::format("no certificate can be made: {}", gnutls_strerror(status)));
}

Key make_key() {
    gnutls_x509_privkey_t key = nullptr;
    need(gnutls_x509_privkey_init(&key));
    Key owner{key, &gnutls_x509_privkey_deinit};
    need(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
    return owner;
}

void name_host(gnutls_x509_crt_t certificate, const std::string& host) {
    boost::system::error_code no_address;
    const auto ip = boost::asio::ip::make_address(host, no_address);
    const auto set = [&](gnutls_x509_subject_alt_name_t type, const void* data, std::size_t size) {
        need(gnutls_x509_crt_set_subject_alt_name(certificate, type, data, static_cast<unsigned>(size),
                                                  GNUTLS_FSAN_SET));
    };
    if (no_address)
        set(GNUTLS_SAN_DNSNAME, host.data(), host.size());
    else if (ip.is_v4())
        set(GNUTLS_SAN_IPADDRESS, ip.to_v4().to_bytes().data(), 4);
    else
        set(GNUTLS_SAN_IPADDRESS, ip.to_v6().to_bytes().data(), 16);
}

Certificate make_certificate(const Key& key, const std::string& host) {
    gnutls_x509_crt_t certificate = nullptr;
    need(gnutls_x509_crt_init(&certificate));
    Certificate owner{certificate, &gnutls_x509_crt_deinit};
    auto serial = *from_hex(random_name());
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7FU) | 1U);  // a positive number (RFC 5280, 4.1.2.2)
    const auto now = std::time(nullptr);
    need(gnutls_x509_crt_set_version(certificate, 3));
    need(gnutls_x509_crt_set_serial(certificate, serial.data(), serial.size()));
    need(gnutls_x509_crt_set_activation_time(certificate, now - an_hour));
    need(gnutls_x509_crt_set_expiration_time(certificate, now + ten_years));
    need(gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, "Parley", 6));
    name_host(certificate, host);
    need(gnutls_x509_crt_set_basic_constraints(certificate, 0, -1));
    need(gnutls_x509_crt_set_key_usage(certificate, GNUTLS_KEY_DIGITAL_SIGNATURE));
    need(gnutls_x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0));
    need(gnutls_x509_crt_set_key(certificate, key.get()));
    need(gnutls_x509_crt_sign2(certificate, certificate, key.get(), GNUTLS_DIG_SHA256, 0));
    return owner;
}

/// There under its name whole, or not at all: a full disk must leave nothing that the next start would take for a
/// certificate.
template <class Export>
void write_pem(const std::filesystem::path& file, mode_t mode, Export exported) {
    std::array<char, 8192> pem{};
    std::size_t size = pem.size();
    need(exported(pem.data(), &size));
    auto fresh = file;
    fresh += ".new";
    const FileDescriptor fd{::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
    if (!fd || ::write(fd.get(), pem.data(), size) != static_cast<ssize_t>(size) || ::fsync(fd.get()) != 0 ||
        ::rename(fresh.c_str(), file.c_str()) != 0)
        throw ServerError(fmt::format("{} cannot be written: {}", file.string(), std::strerror(errno)));
}

}  // namespace

void write_self_signed_certificate(const std::string& host, const std::filesystem::path& certificate_file,
                                   const std::filesystem::path& key_file) {
    const auto key = make_key();
    const auto certificate = make_certificate(key, host);
    // An old one would not fit the new key.
    ::unlink(certificate_file.c_str());
    write_pem(key_file, S_IRUSR | S_IWUSR, [&](char* pem, std::size_t* size) {
        return gnutls_x509_privkey_export(key.get(), GNUTLS_X509_FMT_PEM, pem, size);
    });
    write_pem(certificate_file, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH, [&](char* pem, std::size_t* size) {
        return gnutls_x509_crt_export(certificate.get(), GNUTLS_X509_FMT_PEM, pem, size);
    });
}

}  // namespace parley
