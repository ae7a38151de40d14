#include "rtp/video_shares.h"

#include <algorithm>

namespace parley::rtp {
namespace {

/// What a video must have at least. One that sends little needs little; one that is not shown may have grown meanwhile,
/// and comes back only when there is clearly room.
std::uint32_t least(const VideoShare& video, std::uint32_t floor) {
    return video.carried ? std::min(floor, video.bitrate - video.bitrate / 8) : floor + floor / 3;
}

/// Returns how many are carried.
std::uint32_t choose(std::uint32_t link, std::uint32_t floor, std::span<VideoShare> videos) {
    std::uint32_t count = 0;
    std::uint32_t used = 0;
    for (VideoShare& video : videos) video.carried |= !video.present;
    for (const bool shown : {true, false}) {  // those that are shown come first
        for (VideoShare& video : videos) {
            if (!video.present || video.carried != shown) continue;
            const std::uint32_t needed = least(video, floor);
            video.carried = used + needed <= link;
            if (!video.carried) continue;
            used += needed;
            ++count;
        }
    }
    return count;
}

}  // namespace

void divide(std::uint32_t link, std::uint32_t floor, std::span<VideoShare> videos) {
    const std::uint32_t carried = choose(link, floor, videos);
    if (carried == 0) return;
    const std::uint32_t equal = link / carried;
    const auto need = [&](const VideoShare& video) {
        return video.present && video.carried ? std::min(equal, video.bitrate + video.bitrate / 4) : 0;
    };
    std::uint32_t needed = 0;
    for (const VideoShare& video : videos) needed += need(video);
    for (VideoShare& video : videos) video.limit = std::max(equal, link - (needed - need(video)));
}

}  // namespace parley::rtp
