#include "transport/srtp.h"

#include <srtp2/srtp.h>
#include <string.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "transport/aes_counter.h"
#include "transport/hmac_sha1.h"
#include "transport/transport.h"

namespace parley::transport {
namespace {

constexpr std::size_t most_ssrcs = 16;
constexpr unsigned long replay_window = 1024;
constexpr std::size_t rtp_header = 12;
constexpr std::size_t rtcp_header = 8;
constexpr std::size_t tag_and_srtcp_index = 10 + 4;
static_assert(tail_room >= tag_and_srtcp_index);

using KeyBytes = std::array<std::uint8_t, SrtpKey::size>;

srtp_t create(SrtpDirection direction, KeyBytes bytes) {
    srtp_policy_t policy{};
    srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
    srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
    policy.ssrc.type = direction == SrtpDirection::inbound ? ssrc_any_inbound : ssrc_any_outbound;
    policy.key = bytes.data();
    policy.window_size = replay_window;
    policy.allow_repeat_tx = 1;
    srtp_t context = nullptr;
    const auto status = srtp_create(&context, &policy);
    explicit_bzero(bytes.data(), bytes.size());
    if (status != srtp_err_status_ok) {
        throw std::runtime_error{"libsrtp2 refuses a context, status " + std::to_string(status)};
    }
    return context;
}

/// Once for the whole process. GStreamer's srtp plugin may have done it before us, and a second time is answered with
/// an error; a library that really is not ready shows itself when the first context is made. That one is kept for good:
/// with the last one Debian's libsrtp2 unloads its cryptography (NSS), which a locked-down process could not load
/// again.
void set_up_library() {
    [[maybe_unused]] static const srtp_t kept = [] {
        srtp_init();
        replace_hmac_sha1();
        replace_aes_counter();
        return create(SrtpDirection::inbound, {});
    }();
}

std::uint32_t word_at(std::span<const std::uint8_t> packet, std::size_t at) {
    return std::uint32_t{packet[at]} << 24 | std::uint32_t{packet[at + 1]} << 16 | std::uint32_t{packet[at + 2]} << 8 |
           packet[at + 3];
}

using Transform = srtp_err_status_t (*)(srtp_t, void*, int*);

std::span<std::uint8_t> transform(srtp_t context, Transform how, std::span<std::uint8_t> packet) {
    int length = static_cast<int>(packet.size());
    if (how(context, packet.data(), &length) != srtp_err_status_ok) return {};
    return {packet.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::optional<SrtpKey> SrtpKey::from(std::span<const std::uint8_t> bytes) {
    if (bytes.size() != size) return std::nullopt;
    SrtpKey key;
    std::ranges::copy(bytes, key.bytes_.begin());
    return key;
}

SrtpKey::~SrtpKey() {
    explicit_bzero(bytes_.data(), bytes_.size());
}

void SrtpContext::Free::operator()(srtp_ctx_t_* context) const {
    srtp_dealloc(context);
}

SrtpContext::SrtpContext(SrtpDirection direction, const SrtpKey& key) {
    set_up_library();
    context_.reset(create(direction, key.bytes_));
}

bool SrtpInbound::may_come_from(std::uint32_t ssrc) const {
    return ssrcs_.size() < most_ssrcs || std::ranges::find(ssrcs_, ssrc) != ssrcs_.end();
}

void SrtpInbound::remember(std::uint32_t ssrc) {
    if (std::ranges::find(ssrcs_, ssrc) == ssrcs_.end()) ssrcs_.push_back(ssrc);
}

std::span<std::uint8_t> SrtpInbound::unprotect_rtp(std::span<std::uint8_t> packet) {
    if (packet.size() < rtp_header || !may_come_from(word_at(packet, 8))) return {};
    const auto plain = transform(get(), srtp_unprotect, packet);
    if (!plain.empty()) remember(word_at(plain, 8));
    return plain;
}

std::span<std::uint8_t> SrtpInbound::unprotect_rtcp(std::span<std::uint8_t> packet) {
    if (packet.size() < rtcp_header || !may_come_from(word_at(packet, 4))) return {};
    const auto plain = transform(get(), srtp_unprotect_rtcp, packet);
    if (!plain.empty()) remember(word_at(plain, 4));
    return plain;
}

std::span<std::uint8_t> SrtpOutbound::protect_rtp(std::span<std::uint8_t> packet) {
    if (packet.size() < rtp_header) return {};
    return transform(get(), srtp_protect, packet);
}

std::span<std::uint8_t> SrtpOutbound::protect_rtcp(std::span<std::uint8_t> packet) {
    if (packet.size() < rtcp_header) return {};
    return transform(get(), srtp_protect_rtcp, packet);
}

}  // namespace parley::transport
