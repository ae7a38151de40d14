#include "rtp/video_shares.h"

#include <algorithm>

namespace parley::rtp {
namespace {

std::uint32_t choose(std::uint32_t link, std::uint32_t floor, std::span<VideoShare> videos) {
    std::uint32_t carried = 0;
    for (VideoShare& video : videos) {
        if (!video.present) {
            video.carried = true;
            continue;
        }
        if (!video.carried) continue;
        video.carried = (carried + 1) * floor <= link;
        carried += video.carried;
    }
    for (VideoShare& video : videos) {
        if (video.carried) continue;
        video.carried = (carried + 1) * (floor + floor / 3) <= link;
        carried += video.carried;
    }
    return carried;
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
