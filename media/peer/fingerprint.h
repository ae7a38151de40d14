#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Certificate fingerprints (RFC 8122): what an SDP promises and what a DTLS handshake showed (P5).
namespace parley::peer {

enum class HashAlgorithm { sha256, sha384, sha512 };

struct Fingerprint {
    HashAlgorithm algorithm{};
    std::vector<std::uint8_t> digest;
    friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

/// Reads the value of `a=fingerprint:`, as in `sha-256 AB:CD:...`. Nothing for a weaker or unknown algorithm and for a
/// digest that is not exactly as long as the algorithm's.
std::optional<Fingerprint> read_fingerprint(std::string_view value);

/// `sha-256 AB:CD:...`
std::string write_fingerprint(const Fingerprint&);

/// The fingerprint of a certificate in PEM. Nothing when it is not one.
std::optional<Fingerprint> fingerprint_of(std::string_view pem, HashAlgorithm);

}  // namespace parley::peer
