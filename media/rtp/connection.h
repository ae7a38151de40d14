#pragma once
#include <cstdint>
#include <optional>

#include "rtp/publisher.h"
#include "rtp/room.h"
#include "rtp/token_bucket.h"
#include "rtp/viewer.h"

namespace parley::rtp {

/// One open connection in the room. A record of the Room's.
struct Connection {
    Connection(PeerName its_name, const RoomLimits& limits, std::uint64_t its_order, Time now)
        : name(its_name), publisher(its_name, limits), viewer(its_name, limits), order(its_order), last_heard(now) {}

    PeerName name;
    Publisher publisher;
    Viewer viewer;
    std::uint64_t order;  ///< of opening: the newer connection of a seat takes over
    Time last_heard;
    std::optional<Time> first_heard;
    bool lost{};
    bool superseded{};  ///< its successor is visible
    bool visible{};
    std::optional<std::uint32_t> key_frame_timestamp;  ///< of the first one
    Duration round_trip{std::chrono::milliseconds(100)};
    double measured_round_trip_ms{};
    Time next_report{};
    /// Its own requests for key frames: those that one weak viewer causes cost all the others quality.
    TokenBucket key_frame_wishes{1, 3};
};

}  // namespace parley::rtp
