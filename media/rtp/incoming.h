#pragma once
#include <cstdint>

#include "rtp/key_frame_broker.h"
#include "rtp/nack_generator.h"
#include "rtp/packet_history.h"
#include "rtp/rate_meter.h"
#include "rtp/reception_stats.h"
#include "rtp/sequence.h"
#include "rtp/source_clock.h"

namespace parley::rtp {

/// What is known of one stream that a browser sends. A record that its Publisher keeps up to date.
struct IncomingStream {
    IncomingStream(std::uint32_t its_ssrc, std::uint32_t its_generation, std::uint32_t clock_rate)
        : ssrc(its_ssrc), generation(its_generation), stats(clock_rate) {}

    std::uint32_t ssrc;
    std::uint32_t generation;  ///< unique in the room
    ReceiveWindow window;
    ReceptionStats stats;
    SourceClock clock;
    RateMeter rate;  ///< as its packets weigh on a link
    Time last{};
};

struct IncomingVideo : IncomingStream {
    IncomingVideo(std::uint32_t its_ssrc, std::uint32_t its_generation, std::uint32_t clock_rate, Duration interval)
        : IncomingStream(its_ssrc, its_generation, clock_rate), key_frames(interval) {}

    PacketHistory history;
    NackGenerator nacks;
    KeyFrameBroker key_frames;
};

/// Sends now; a stream that has been silent longer is paused or gone.
inline bool sends(const IncomingStream& stream, Time now) {
    return now - stream.last < std::chrono::seconds(2);
}

}  // namespace parley::rtp
