#pragma once
#include <filesystem>
#include <string>

namespace parley {

/// Writes a fresh self-signed certificate (ECDSA P-256, ten years) for `host`, a name or an address in digits, and its
/// key (mode 0600), both PEM: so that a box without a certificate can be reached, behind the browser's warning. Throws
/// ServerError.
void write_self_signed_certificate(const std::string& host, const std::filesystem::path& certificate_file,
                                   const std::filesystem::path& key_file);

}  // namespace parley
