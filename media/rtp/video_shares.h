#pragma once
#include <cstdint>
#include <span>

namespace parley::rtp {

/// One of the videos that a viewer sees.
struct VideoShare {
    bool present{};           ///< its seat sends video now
    bool carried{};           ///< in: as it is; out: as it shall be
    std::uint32_t bitrate{};  ///< what it sends now
    std::uint32_t limit{};    ///< out: what it may send, for this viewer
};

/// Chooses which videos a link carries. Where it cannot give each one `floor`, the last ones are left out, so that a
/// slow viewer does not pull the senders below it; one comes back when there is clearly room.
void choose_videos(std::uint32_t link, std::uint32_t floor, std::span<VideoShare> videos);

/// Divides the link over the carried videos: equal shares, and what others leave unused on top.
void divide_link(std::uint32_t link, std::span<VideoShare> videos);

}  // namespace parley::rtp
