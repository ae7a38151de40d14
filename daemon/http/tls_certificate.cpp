#include "http/tls_certificate.h"

#include <fmt/format.h>
#include <gnutls/abstract.h>

#include <array>
#include <fstream>
#include <iterator>

#include "http/server.h"

namespace parley {

namespace {

constexpr std::size_t largest_file = std::size_t{1} << 20U;
constexpr unsigned longest_chain = 16;

std::string read_pem(const char* what, const std::string& file) {
    std::ifstream stream{file, std::ios::binary};
    std::string text(largest_file + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.empty()) throw ServerError(fmt::format("the {} cannot be read from {}; see [http] {}", what, file, what));
    if (text.size() > largest_file) throw ServerError(fmt::format("{} is too large for a {}", file, what));
    return text;
}

gnutls_datum_t datum(std::string& text) {
    return {reinterpret_cast<unsigned char*>(text.data()), static_cast<unsigned>(text.size())};
}

[[noreturn]] void refuse(const char* what, const std::string& file, int error) {
    throw ServerError(fmt::format("{} holds no usable {} in PEM: {}", file, what, gnutls_strerror(error)));
}

}  // namespace

struct TlsCertificate::Parts {
    std::array<gnutls_pcert_st, longest_chain> chain{};
    unsigned length{0};
    gnutls_privkey_t key{nullptr};

    Parts() = default;
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() {
        for (unsigned i = 0; i < length; ++i) gnutls_pcert_deinit(&chain.at(i));
        if (key != nullptr) gnutls_privkey_deinit(key);
    }
};

TlsCertificate::TlsCertificate(const std::string& certificate_file, const std::string& key_file)
    : parts_{std::make_unique<Parts>()} {
    std::string certificate = read_pem("certificate", certificate_file);
    std::string key = read_pem("key", key_file);
    const gnutls_datum_t certificate_data = datum(certificate);
    const gnutls_datum_t key_data = datum(key);

    unsigned length = longest_chain;
    if (const int error =
            gnutls_pcert_list_import_x509_raw(parts_->chain.data(), &length, &certificate_data, GNUTLS_X509_FMT_PEM, 0);
        error < 0)
        refuse("certificate", certificate_file, error);
    parts_->length = length;
    if (length == 0) refuse("certificate", certificate_file, GNUTLS_E_NO_CERTIFICATE_FOUND);
    gnutls_privkey_init(&parts_->key);
    if (const int error = gnutls_privkey_import_x509_raw(parts_->key, &key_data, GNUTLS_X509_FMT_PEM, nullptr, 0);
        error < 0)
        refuse("key", key_file, error);

    std::array<unsigned char, 64> of_certificate{};
    std::array<unsigned char, 64> of_key{};
    std::size_t certificate_size = of_certificate.size();
    std::size_t key_size = of_key.size();
    gnutls_pubkey_t from_key = nullptr;
    gnutls_pubkey_init(&from_key);
    const int derived = gnutls_pubkey_import_privkey(from_key, parts_->key, 0, 0);
    gnutls_pubkey_get_key_id(from_key, 0, of_key.data(), &key_size);
    gnutls_pubkey_deinit(from_key);
    gnutls_pubkey_get_key_id(parts_->chain[0].pubkey, 0, of_certificate.data(), &certificate_size);
    if (derived < 0 || of_key != of_certificate)
        throw ServerError(
            fmt::format("the key in {} does not belong to the certificate in {}", key_file, certificate_file));
}

TlsCertificate::~TlsCertificate() = default;

gnutls_pcert_st* TlsCertificate::chain() const {
    return parts_->chain.data();
}
unsigned TlsCertificate::chain_length() const {
    return parts_->length;
}
gnutls_privkey_st* TlsCertificate::key() const {
    return parts_->key;
}

void TlsCertificates::replace(std::unique_ptr<TlsCertificate> certificate) {
    all_.push_back(std::move(certificate));
    if (all_.size() > kept) all_.pop_front();
}

}  // namespace parley
