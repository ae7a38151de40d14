#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace parley::rtp {

/// The payload descriptor of RFC 7741 section 4.2, as far as forwarding needs it.
struct Vp8Payload {
    bool start_of_frame{};           ///< first packet of the first partition
    bool key_frame{};                ///< only known, and only true, at the start of a frame
    std::uint8_t picture_id_bits{};  ///< 0 (none), 7 or 15
    std::uint8_t picture_id_at{};    ///< offset in the payload
    std::uint8_t tl0_at{};           ///< offset of TL0PICIDX, 0 when there is none
    std::uint16_t picture_id{};
    std::uint8_t tl0{};
};

/// Nothing for a payload that ends inside its descriptor or has nothing behind it.
std::optional<Vp8Payload> parse_vp8(std::span<const std::uint8_t> payload);

/// Gives a slot one unbroken run of picture ids and TL0PICIDX over all the sources it shows in turn: a receiver orders
/// frames by them.
class Vp8Continuity {
public:
    /// The next packet starts a key frame of another source (or of the same one after a pause).
    void start(const Vp8Payload& first);
    /// Rewrites the descriptor of a packet of the source named by the last start().
    void rewrite(const Vp8Payload& from, std::uint8_t* payload);

private:
    std::uint16_t id_offset_{};
    std::uint8_t tl0_offset_{};
    std::uint16_t last_id_{};
    std::uint8_t last_tl0_{};
};

}  // namespace parley::rtp
