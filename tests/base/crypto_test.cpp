#include "base/crypto.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <concepts>
#include <ostream>
#include <set>

using namespace parley;

namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};

}  // namespace

/// Tokens and hashes (P1).
class CryptoTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CryptoTest);
    CPPUNIT_TEST(P1_tokens_are_256_bits_and_differ);
    CPPUNIT_TEST(P1_hashes_as_sha256);
    CPPUNIT_TEST(P1_derives_by_hmac_sha256);
    CPPUNIT_TEST(P3_a_secret_cannot_be_printed);
    CPPUNIT_TEST(hex_there_and_back);
    CPPUNIT_TEST(refuses_what_is_not_hex);
    CPPUNIT_TEST_SUITE_END();

public:
    void P1_tokens_are_256_bits_and_differ() {
        std::set<std::string> tokens;
        for (int i = 0; i < 1000; ++i) tokens.insert(std::string{random_token().reveal()});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1000}, tokens.size());
        for (const auto& token : tokens) CPPUNIT_ASSERT_EQUAL(std::size_t{43}, token.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, random_name().size());
        CPPUNIT_ASSERT(random_name() != random_name());
    }

    void P1_hashes_as_sha256() {
        // FIPS 180-2, appendix B.1.
        CPPUNIT_ASSERT_EQUAL(std::string{"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                             to_hex(hash_token("abc")));
    }

    void P1_derives_by_hmac_sha256() {
        // RFC 4231, test case 1, its key of 20 bytes filled up with zeros as HMAC does itself.
        std::array<std::uint8_t, 32> key{};
        std::fill_n(key.begin(), 20, std::uint8_t{0x0b});
        const auto expected = from_hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        CPPUNIT_ASSERT(derive_token(key, "Hi There").reveal() == to_base64url(*expected));
    }

    void P3_a_secret_cannot_be_printed() {
        static_assert(!Printable<Secret> && !std::convertible_to<Secret, std::string>);
        CPPUNIT_ASSERT(Secret{}.empty() && !random_token().empty());
    }

    void hex_there_and_back() {
        const std::vector<std::uint8_t> bytes{0x00, 0xff, 0x10};
        CPPUNIT_ASSERT_EQUAL(std::string{"00ff10"}, to_hex(bytes));
        CPPUNIT_ASSERT(from_hex("00FF10") == bytes);
        CPPUNIT_ASSERT(from_hex("")->empty());
        CPPUNIT_ASSERT_EQUAL(std::string{"AP8Q"}, to_base64url(bytes));
    }

    void refuses_what_is_not_hex() {
        for (const char* text : {"0", "0g", "00 ff", "zz", "000"}) CPPUNIT_ASSERT(!from_hex(text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CryptoTest);
