#pragma once
#include <deque>
#include <memory>
#include <string>

struct gnutls_pcert_st;
struct gnutls_privkey_st;

namespace parley {

/// A certificate chain with its key, as GnuTLS wants them.
class TlsCertificate {
public:
    /// Throws ServerError: a file cannot be read, is no PEM, or key and certificate do not belong together.
    TlsCertificate(const std::string& certificate_file, const std::string& key_file);
    ~TlsCertificate();
    TlsCertificate(const TlsCertificate&) = delete;
    TlsCertificate& operator=(const TlsCertificate&) = delete;

    [[nodiscard]] gnutls_pcert_st* chain() const;
    [[nodiscard]] unsigned chain_length() const;
    [[nodiscard]] gnutls_privkey_st* key() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// The certificate in use, and those that handshakes under way may still point to. GnuTLS keeps bare pointers, so a
/// replaced certificate lives on until `kept` later ones have come.
class TlsCertificates {
public:
    static constexpr std::size_t kept = 8;
    void replace(std::unique_ptr<TlsCertificate>);
    [[nodiscard]] const TlsCertificate& current() const { return *all_.back(); }

private:
    std::deque<std::unique_ptr<TlsCertificate>> all_;
};

}  // namespace parley
