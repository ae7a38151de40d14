#include "peer/fingerprint.h"

#include <glib.h>

#include <array>
#include <span>

namespace parley::peer {
namespace {

struct Known {
    HashAlgorithm algorithm;
    std::string_view name;
    GChecksumType checksum;
    std::size_t size;
};
// RFC 8122 also has sha-1 and sha-224: too weak to prove who somebody is.
constexpr std::array known_algorithms{
    Known{HashAlgorithm::sha256, "sha-256", G_CHECKSUM_SHA256, 32},
    Known{HashAlgorithm::sha384, "sha-384", G_CHECKSUM_SHA384, 48},
    Known{HashAlgorithm::sha512, "sha-512", G_CHECKSUM_SHA512, 64},
};

const Known* known_by_name(std::string_view name) {
    for (const auto& known : known_algorithms) {
        if (name.size() == known.name.size() && g_ascii_strncasecmp(name.data(), known.name.data(), name.size()) == 0) {
            return &known;
        }
    }
    return nullptr;
}

const Known& known(HashAlgorithm algorithm) {
    return known_algorithms[static_cast<std::size_t>(algorithm)];
}

std::optional<std::vector<std::uint8_t>> read_digest(std::string_view text, std::size_t size) {
    if (text.size() != size * 3 - 1) return std::nullopt;
    std::vector<std::uint8_t> digest;
    for (std::size_t at = 0; at < text.size(); at += 3) {
        const int high = g_ascii_xdigit_value(text[at]);
        const int low = g_ascii_xdigit_value(text[at + 1]);
        if (high < 0 || low < 0 || (at + 2 < text.size() && text[at + 2] != ':')) return std::nullopt;
        digest.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return digest;
}

std::vector<std::uint8_t> hash(GChecksumType type, std::span<const std::uint8_t> bytes) {
    std::vector<std::uint8_t> digest(static_cast<std::size_t>(g_checksum_type_get_length(type)));
    gsize length = digest.size();
    GChecksum* checksum = g_checksum_new(type);
    g_checksum_update(checksum, bytes.data(), static_cast<gssize>(bytes.size()));
    g_checksum_get_digest(checksum, digest.data(), &length);
    g_checksum_free(checksum);
    return digest;
}

}  // namespace

std::optional<Fingerprint> read_fingerprint(std::string_view value) {
    const auto space = value.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto* algorithm = known_by_name(value.substr(0, space));
    if (algorithm == nullptr) return std::nullopt;
    auto digest = read_digest(value.substr(space + 1), algorithm->size);
    if (!digest) return std::nullopt;
    return Fingerprint{algorithm->algorithm, std::move(*digest)};
}

std::string write_fingerprint(const Fingerprint& fingerprint) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text{known(fingerprint.algorithm).name};
    char separator = ' ';
    for (const auto byte : fingerprint.digest) {
        text += separator;
        text += digits[byte >> 4];
        text += digits[byte & 15];
        separator = ':';
    }
    return text;
}

std::optional<Fingerprint> fingerprint_of(std::string_view pem, HashAlgorithm algorithm) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    const auto from = pem.find(begin);
    if (from == std::string_view::npos) return std::nullopt;
    const auto to = pem.find("-----END CERTIFICATE-----", from);
    if (to == std::string_view::npos) return std::nullopt;
    const std::string base64{pem.substr(from + begin.size(), to - from - begin.size())};
    gsize length = 0;
    guchar* der = g_base64_decode(base64.c_str(), &length);
    const bool usable = der != nullptr && length > 0;
    Fingerprint fingerprint{algorithm, {}};
    if (usable) fingerprint.digest = hash(known(algorithm).checksum, {der, length});
    g_free(der);
    if (!usable) return std::nullopt;
    return fingerprint;
}

}  // namespace parley::peer
