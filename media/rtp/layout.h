#pragma once
#include <cstdint>

namespace parley::rtp {

inline constexpr int seats = 4;
inline constexpr int slots_per_viewer = seats - 1;

/// The RTP facts that the offer dictates to every browser alike; one place for peer/ (SDP) and for the core.
struct Layout {
    static constexpr std::uint8_t opus_payload = 111;
    static constexpr std::uint8_t vp8_payload = 96;
    static constexpr std::uint32_t opus_clock = 48'000;
    static constexpr std::uint32_t vp8_clock = 90'000;
    static constexpr std::uint8_t mid_extension = 1;
    static constexpr std::uint8_t transport_cc_extension = 3;
    /// m-lines: 0 audio and 1 video from the browser; 2..7 three pairs (audio, video) to it.
    static constexpr int uplink_audio_mline = 0;
    static constexpr int uplink_video_mline = 1;
    static constexpr int slot_audio_mline(int slot) { return 2 + 2 * slot; }
    static constexpr int slot_video_mline(int slot) { return 3 + 2 * slot; }
    /// The SSRCs of a slot, alike in every connection.
    static constexpr std::uint32_t slot_audio_ssrc(int slot) { return 0x50610000u + static_cast<std::uint32_t>(slot); }
    static constexpr std::uint32_t slot_video_ssrc(int slot) { return 0x50620000u + static_cast<std::uint32_t>(slot); }
    /// The SSRC that our own RTCP (RR, NACK, PLI, transport-cc feedback) is sent from.
    static constexpr std::uint32_t own_ssrc = 0x50600001u;
};

/// Which slot shows `shown` to `viewer`: the others in the order of their seats. Precondition: they differ.
constexpr int slot_of(int viewer, int shown) {
    return shown < viewer ? shown : shown - 1;
}
/// Which seat a viewer's slot shows.
constexpr int seat_of(int viewer, int slot) {
    return slot < viewer ? slot : slot + 1;
}

}  // namespace parley::rtp
