#include "transport/aes_counter.h"

#include <openssl/evp.h>
#include <srtp2/cipher.h>
#include <srtp2/srtp.h>
#include <string.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <stdexcept>

namespace parley::transport {
namespace {

constexpr std::size_t key_size = 16;
constexpr std::size_t salt_size = SRTP_AES_ICM_128_KEY_LEN_WSALT - key_size;
using Block = std::array<std::uint8_t, 16>;

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

/// RFC 3711, 4.1.1: what is added to the salt is the packet's vector, and then the number of the block.
class Counter {
public:
    ~Counter() { explicit_bzero(salt_.data(), salt_.size()); }

    [[nodiscard]] bool usable() const { return context_ != nullptr; }
    bool set_key(const std::uint8_t* key) {
        std::copy_n(key + key_size, salt_size, salt_.begin());
        return EVP_EncryptInit_ex2(context_.get(), EVP_aes_128_ctr(), key, nullptr, nullptr) == 1;
    }
    bool set_vector(const std::uint8_t* vector) {
        Block first = salt_;
        for (std::size_t i = 0; i < first.size(); ++i) first[i] ^= vector[i];
        return EVP_EncryptInit_ex2(context_.get(), nullptr, nullptr, first.data(), nullptr) == 1;
    }
    bool apply(std::uint8_t* bytes, int size) {
        int done = 0;
        return EVP_EncryptUpdate(context_.get(), bytes, &done, bytes, size) == 1 && done == size;
    }

private:
    std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context_{EVP_CIPHER_CTX_new()};
    Block salt_{};
};

/// What libsrtp2 knows a context by, with ours behind it.
struct Context {
    srtp_cipher_t head{};
    Counter counter;
};

Counter& counter_of(void* state) {
    return *static_cast<Counter*>(state);
}

srtp_err_status_t status(bool well) {
    return well ? srtp_err_status_ok : srtp_err_status_cipher_fail;
}

extern const srtp_cipher_type_t by_openssl;

srtp_err_status_t make(srtp_cipher_pointer_t* made, int key_length, int) {
    if (key_length != SRTP_AES_ICM_128_KEY_LEN_WSALT) return srtp_err_status_bad_param;
    std::unique_ptr<Context> context{new (std::nothrow) Context};
    if (context == nullptr || !context->counter.usable()) return srtp_err_status_alloc_fail;
    context->head = {
        .type = &by_openssl, .state = &context->counter, .key_len = key_length, .algorithm = SRTP_AES_ICM_128};
    *made = &context.release()->head;
    return srtp_err_status_ok;
}

srtp_err_status_t destroy(srtp_cipher_pointer_t head) {
    delete reinterpret_cast<Context*>(head);
    return srtp_err_status_ok;
}

srtp_err_status_t set_key(void* state, const std::uint8_t* key) {
    return status(counter_of(state).set_key(key));
}

srtp_err_status_t set_vector(void* state, std::uint8_t* vector, srtp_cipher_direction_t) {
    return status(counter_of(state).set_vector(vector));
}

/// Both directions are the same.
srtp_err_status_t apply(void* state, std::uint8_t* bytes, unsigned* size) {
    return status(counter_of(state).apply(bytes, static_cast<int>(*size)));
}

// RFC 3711, B.2. libsrtp2 wants one, and tries its own on us too.
constexpr std::array<std::uint8_t, SRTP_AES_ICM_128_KEY_LEN_WSALT> test_key{
    0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f,
    0x3c, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd};
constexpr std::array<std::uint8_t, 32> test_text{};
constexpr std::array<std::uint8_t, 32> test_sealed{0xe0, 0x3e, 0xad, 0x09, 0x35, 0xc9, 0x5e, 0x80, 0xe1, 0x66, 0xb1,
                                                   0x6d, 0xd9, 0x2b, 0x4e, 0xb4, 0xd2, 0x35, 0x13, 0x16, 0x2b, 0x02,
                                                   0xd0, 0xf7, 0x2a, 0x43, 0xa2, 0xfe, 0x4a, 0x5f, 0x97, 0xab};
Block test_vector{};
const srtp_cipher_test_case_t test_case{.key_length_octets = static_cast<int>(test_key.size()),
                                        .key = test_key.data(),
                                        .idx = test_vector.data(),
                                        .plaintext_length_octets = test_text.size(),
                                        .plaintext = test_text.data(),
                                        .ciphertext_length_octets = test_sealed.size(),
                                        .ciphertext = test_sealed.data(),
                                        .aad_length_octets = 0,
                                        .aad = nullptr,
                                        .tag_length_octets = 0,
                                        .next_test_case = nullptr};

const srtp_cipher_type_t by_openssl{.alloc = make,
                                    .dealloc = destroy,
                                    .init = set_key,
                                    .set_aad = nullptr,
                                    .encrypt = apply,
                                    .decrypt = apply,
                                    .set_iv = set_vector,
                                    .get_tag = nullptr,
                                    .description = "AES-128 counter mode by OpenSSL",
                                    .test_data = &test_case,
                                    .id = SRTP_AES_ICM_128};

}  // namespace

void replace_aes_counter() {
    if (srtp_replace_cipher_type(&by_openssl, SRTP_AES_ICM_128) != srtp_err_status_ok) {
        throw std::runtime_error{"libsrtp2 does not take OpenSSL's AES"};
    }
}

}  // namespace parley::transport
