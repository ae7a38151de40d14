#pragma once

namespace parley::transport {

/// Gives libsrtp2 an HMAC-SHA1 by OpenSSL in the place of its own. Debian's is built on NSS and makes and destroys a
/// PKCS #11 context for every packet, a third of all that forwarding costs; this one copies two prepared hash states.
/// After srtp_init; contexts made before keep theirs. Throws when libsrtp2's self-test refuses it.
void replace_hmac_sha1();

}  // namespace parley::transport
