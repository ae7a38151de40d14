#pragma once

namespace parley::transport {

/// Gives libsrtp2 AES-128 in counter mode by OpenSSL in the place of its own, for the reason told in hmac_sha1.h.
/// After srtp_init; contexts made before keep theirs. Throws when libsrtp2's self-test refuses it.
void replace_aes_counter();

}  // namespace parley::transport
