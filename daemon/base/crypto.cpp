#include "base/crypto.h"

#include <sodium.h>

#include <stdexcept>

namespace parley {

namespace {

void require_sodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) throw std::runtime_error{"libsodium does not start: the kernel gives no random numbers"};
}

}  // namespace

std::string to_hex(std::span<const std::uint8_t> bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text) {
    std::vector<std::uint8_t> bytes(text.size() / 2);
    if (text.empty()) return bytes;
    std::size_t length = 0;
    const char* end = nullptr;
    const int failed = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end);
    if (failed != 0 || end != text.data() + text.size() || text.size() % 2 != 0) return std::nullopt;
    bytes.resize(length);
    return bytes;
}

std::string to_base64url(std::span<const std::uint8_t> bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();
    return text;
}

Secret random_token() {
    require_sodium();
    Hash256 bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return Secret{to_base64url(bytes)};
}

std::string random_name() {
    require_sodium();
    std::array<std::uint8_t, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return to_hex(bytes);
}

Hash256 hash_token(std::string_view token) {
    Hash256 hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
    return hash;
}

Secret derive_token(std::span<const std::uint8_t, 32> key, std::string_view name) {
    static_assert(crypto_auth_hmacsha256_KEYBYTES == 32 && crypto_auth_hmacsha256_BYTES == 32);
    Hash256 mac{};
    crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const unsigned char*>(name.data()), name.size(), key.data());
    return Secret{to_base64url(mac)};
}

}  // namespace parley
