#include "rtp/slot_track.h"

#include <algorithm>

#include "rtp/layout.h"

namespace parley::rtp {

std::uint32_t SlotTrack::next_timestamp(Time now) const {
    if (!last_sent_) return 0;
    const std::int64_t elapsed = std::max<std::int64_t>((now - *last_sent_).count(), 0);
    const std::int64_t rate = clock_rate_;
    const std::int64_t ticks = elapsed / 1'000'000 * rate + elapsed % 1'000'000 * rate / 1'000'000;
    const std::int64_t least = rate / 50;  // one packet of sound; no two frames may share a timestamp
    return last_timestamp_ + static_cast<std::uint32_t>(std::max(ticks, least));
}

void SlotTrack::follow(std::uint32_t generation, const MediaPacket& first, Time now) {
    if (generation != generation_) timestamp_offset_ = next_timestamp(now) - first.timestamp;
    generation_ = generation;
    numbers_.start(first.sequence);
    running_ = true;
    mark_ = true;
}

std::optional<RtpHeader> SlotTrack::place(const MediaPacket& packet, Time now) {
    const auto number = numbers_.map(packet.sequence);
    if (!number) return std::nullopt;
    RtpHeader header = resend_header(static_cast<std::uint16_t>(*number), packet);
    if (mark_ && payload_type_ == Layout::opus_payload) header.marker = true;
    mark_ = false;
    if (!last_sent_ || static_cast<std::int32_t>(header.timestamp - last_timestamp_) > 0) {
        last_timestamp_ = header.timestamp;
        last_sent_ = now;
    }
    return header;
}

RtpHeader SlotTrack::insert() {
    RtpHeader header;
    header.payload_type = payload_type_;
    header.sequence = static_cast<std::uint16_t>(numbers_.insert());
    header.timestamp = last_timestamp_;
    header.ssrc = ssrc_;
    return header;
}

RtpHeader SlotTrack::resend_header(std::uint16_t number, const MediaPacket& packet) const {
    RtpHeader header;
    header.marker = packet.marker;
    header.payload_type = payload_type_;
    header.sequence = number;
    header.timestamp = map_timestamp(packet.timestamp);
    header.ssrc = ssrc_;
    return header;
}

void SlotTrack::count(std::size_t payload_bytes) {
    ++packets_;
    octets_ += static_cast<std::uint32_t>(payload_bytes);
}

}  // namespace parley::rtp
