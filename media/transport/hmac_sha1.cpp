// The hash states must be copied without an allocation, which only OpenSSL's older functions can.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "transport/hmac_sha1.h"

#include <openssl/sha.h>
#include <srtp2/auth.h>
#include <srtp2/srtp.h>
#include <string.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

namespace parley::transport {
namespace {

using Block = std::array<std::uint8_t, SHA_CBLOCK>;
using Digest = std::array<std::uint8_t, SHA_DIGEST_LENGTH>;

/// RFC 2104. The key is hashed into both states once; every packet starts from copies of them.
class Hmac {
public:
    ~Hmac() { explicit_bzero(this, sizeof *this); }

    /// Keys longer than a block do not occur.
    void set_key(const std::uint8_t* key, std::size_t size) {
        Block padded{};
        std::copy_n(key, size, padded.begin());
        begin(keyed_inner_, padded, 0x36);
        begin(keyed_outer_, padded, 0x5c);
        explicit_bzero(padded.data(), padded.size());
        start();
    }
    void start() { inner_ = keyed_inner_; }
    void update(const std::uint8_t* bytes, std::size_t size) { SHA1_Update(&inner_, bytes, size); }
    [[nodiscard]] Digest finish() {
        Digest digest{};
        SHA1_Final(digest.data(), &inner_);
        SHA_CTX outer = keyed_outer_;
        SHA1_Update(&outer, digest.data(), digest.size());
        SHA1_Final(digest.data(), &outer);
        return digest;
    }

private:
    static void begin(SHA_CTX& state, Block key, std::uint8_t pad) {
        for (auto& byte : key) byte ^= pad;
        SHA1_Init(&state);
        SHA1_Update(&state, key.data(), key.size());
        explicit_bzero(key.data(), key.size());
    }

    SHA_CTX keyed_inner_{};
    SHA_CTX keyed_outer_{};
    SHA_CTX inner_{};
};

/// What libsrtp2 knows a context by, with ours behind it.
struct Context {
    srtp_auth_t head{};
    Hmac hmac;
};

Hmac& hmac_of(void* state) {
    return *static_cast<Hmac*>(state);
}

extern const srtp_auth_type_t by_openssl;

srtp_err_status_t make(srtp_auth_pointer_t* made, int key_length, int tag_length) {
    if (key_length < 0 || key_length > SHA_CBLOCK || tag_length < 0 || tag_length > SHA_DIGEST_LENGTH) {
        return srtp_err_status_bad_param;
    }
    auto* context = new (std::nothrow) Context;
    if (context == nullptr) return srtp_err_status_alloc_fail;
    context->head = {
        .type = &by_openssl, .state = &context->hmac, .out_len = tag_length, .key_len = key_length, .prefix_len = 0};
    *made = &context->head;
    return srtp_err_status_ok;
}

srtp_err_status_t destroy(srtp_auth_pointer_t head) {
    delete reinterpret_cast<Context*>(head);
    return srtp_err_status_ok;
}

srtp_err_status_t set_key(void* state, const std::uint8_t* key, int size) {
    hmac_of(state).set_key(key, static_cast<std::size_t>(size));
    return srtp_err_status_ok;
}

srtp_err_status_t start(void* state) {
    hmac_of(state).start();
    return srtp_err_status_ok;
}

srtp_err_status_t update(void* state, const std::uint8_t* bytes, int size) {
    hmac_of(state).update(bytes, static_cast<std::size_t>(size));
    return srtp_err_status_ok;
}

srtp_err_status_t compute(void* state, const std::uint8_t* bytes, int size, int tag_length, std::uint8_t* tag) {
    hmac_of(state).update(bytes, static_cast<std::size_t>(size));
    const auto digest = hmac_of(state).finish();
    std::copy_n(digest.begin(), tag_length, tag);
    return srtp_err_status_ok;
}

// RFC 2202, test case 1. libsrtp2 wants one, and tries its own on us too.
constexpr Digest test_key{0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b,
                          0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b};
constexpr std::array<std::uint8_t, 8> test_text{'H', 'i', ' ', 'T', 'h', 'e', 'r', 'e'};
constexpr Digest test_tag{0xb6, 0x17, 0x31, 0x86, 0x55, 0x05, 0x72, 0x64, 0xe2, 0x8b,
                          0xc0, 0xb6, 0xfb, 0x37, 0x8c, 0x8e, 0xf1, 0x46, 0xbe, 0x00};
const srtp_auth_test_case_t test_case{.key_length_octets = static_cast<int>(test_key.size()),
                                      .key = test_key.data(),
                                      .data_length_octets = static_cast<int>(test_text.size()),
                                      .data = test_text.data(),
                                      .tag_length_octets = static_cast<int>(test_tag.size()),
                                      .tag = test_tag.data(),
                                      .next_test_case = nullptr};

const srtp_auth_type_t by_openssl{.alloc = make,
                                  .dealloc = destroy,
                                  .init = set_key,
                                  .compute = compute,
                                  .update = update,
                                  .start = start,
                                  .description = "HMAC-SHA1 by OpenSSL",
                                  .test_data = &test_case,
                                  .id = SRTP_HMAC_SHA1};

}  // namespace

void replace_hmac_sha1() {
    if (srtp_replace_auth_type(&by_openssl, SRTP_HMAC_SHA1) != srtp_err_status_ok) {
        throw std::runtime_error{"libsrtp2 does not take OpenSSL's HMAC-SHA1"};
    }
}

}  // namespace parley::transport
