#include "rtp/video_shares.h"

#include <algorithm>

namespace parley::rtp {
namespace {

/// What a video must have at least. One that sends little needs little; one that is not shown may have grown meanwhile,
/// and comes back only when there is clearly room.
std::uint32_t least(const VideoShare& video, std::uint32_t floor) {
    return video.carried ? std::min(floor, video.bitrate - video.bitrate / 8) : floor + floor / 3;
}

}  // namespace

void choose_videos(std::uint32_t link, std::uint32_t floor, std::span<VideoShare> videos) {
    std::uint32_t used = 0;
    for (VideoShare& video : videos) video.carried |= !video.present;
    for (const bool shown : {true, false}) {  // those that are shown come first
        for (VideoShare& video : videos) {
            if (!video.present || video.carried != shown) continue;
            const std::uint32_t needed = least(video, floor);
            video.carried = used + needed <= link;
            if (video.carried) used += needed;
        }
    }
}

void divide_link(std::uint32_t link, std::span<VideoShare> videos) {
    const auto carried = [](const VideoShare& video) { return video.present && video.carried; };
    const auto count = static_cast<std::uint32_t>(std::count_if(videos.begin(), videos.end(), carried));
    if (count == 0) return;
    const std::uint32_t equal = link / count;
    std::uint32_t unused = 0;
    std::uint32_t pressing = 0;  // how many use up their equal share
    for (const VideoShare& video : videos) {
        if (!carried(video)) continue;
        const std::uint32_t needed = std::min(equal, video.bitrate + video.bitrate / 4);
        unused += equal - needed;
        pressing += needed == equal;
    }
    for (VideoShare& video : videos) {
        const bool presses = video.bitrate + video.bitrate / 4 >= equal;
        video.limit = equal + (carried(video) && presses ? unused / pressing : 0);
    }
}

}  // namespace parley::rtp
