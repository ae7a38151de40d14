#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

struct srtp_ctx_t_;

/// SRTP and SRTCP (RFC 3711) with the profile SRTP_AES128_CM_SHA1_80 by libsrtp2. Packets are changed in place.
/// Not thread-safe: one context belongs to one thread or one lock.
namespace parley::transport {

/// Master key (16 bytes) and salt (14 bytes) of one direction, as DTLS gives them (RFC 5764).
class SrtpKey {
public:
    static constexpr std::size_t size = 30;
    /// Nothing when there are not exactly 30 bytes.
    static std::optional<SrtpKey> from(std::span<const std::uint8_t> bytes);
    ~SrtpKey();
    SrtpKey(const SrtpKey&) = default;
    SrtpKey& operator=(const SrtpKey&) = default;

private:
    friend class SrtpContext;
    SrtpKey() = default;
    std::array<std::uint8_t, size> bytes_{};
};

enum class SrtpDirection { inbound, outbound };

/// RAII over one libsrtp2 session. Throws std::runtime_error when libsrtp2 refuses the policy.
class SrtpContext {
public:
    SrtpContext(SrtpDirection, const SrtpKey&);
    SrtpContext(SrtpContext&&) noexcept = default;
    SrtpContext& operator=(SrtpContext&&) noexcept = default;

protected:
    [[nodiscard]] srtp_ctx_t_* get() const { return context_.get(); }

private:
    struct Free {
        void operator()(srtp_ctx_t_*) const;
    };
    std::unique_ptr<srtp_ctx_t_, Free> context_;
};

/// Opens what a browser sent: replay window 1024 packets, at most 16 different SSRCs (a browser has two; more would let
/// a hostile one grow our memory).
class SrtpInbound : SrtpContext {
public:
    explicit SrtpInbound(const SrtpKey& key) : SrtpContext{SrtpDirection::inbound, key} {}

    /// The plain packet within `packet`; empty for what is forged, replayed, malformed or of one SSRC too many.
    std::span<std::uint8_t> unprotect_rtp(std::span<std::uint8_t> packet);
    std::span<std::uint8_t> unprotect_rtcp(std::span<std::uint8_t> packet);

private:
    [[nodiscard]] bool may_come_from(std::uint32_t ssrc) const;
    void remember(std::uint32_t ssrc);

    std::vector<std::uint32_t> ssrcs_;
};

/// Seals what goes to a browser; the same sequence number may be sealed again (resends).
class SrtpOutbound : SrtpContext {
public:
    explicit SrtpOutbound(const SrtpKey& key) : SrtpContext{SrtpDirection::outbound, key} {}

    /// The sealed packet, which begins where `packet` does and reaches into its tail room (`tail_room` bytes must be
    /// writable after it); empty for what libsrtp2 refuses.
    std::span<std::uint8_t> protect_rtp(std::span<std::uint8_t> packet);
    std::span<std::uint8_t> protect_rtcp(std::span<std::uint8_t> packet);
};

}  // namespace parley::transport
