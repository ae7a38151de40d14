#pragma once
#include <chrono>

#include "packets.h"
#include "recorder.h"
#include "rtp/room.h"

/// One browser's way of sending: two streams with their own numbers.
class Camera {
public:
    Camera(parley::rtp::PeerName its_name, std::uint32_t its_ssrc, std::uint16_t first = 1000)
        : name(its_name), ssrc(its_ssrc), sequence(first) {}

    /// A frame of so many packets.
    std::vector<packets::Bytes> frame(bool key, std::size_t count = 1) {
        std::vector<packets::Bytes> out;
        for (std::size_t i = 0; i < count; ++i) {
            packets::Rtp rtp;
            rtp.ssrc = ssrc;
            rtp.sequence = sequence++;
            rtp.timestamp = timestamp;
            rtp.marker = i + 1 == count;
            rtp.transport_sequence = transport_sequence++;
            rtp.payload = packets::vp8(i == 0, key, picture_id & 0x7FFF, tl0);
            out.push_back(rtp.bytes());
        }
        timestamp += 3000;
        ++picture_id;
        ++tl0;
        return out;
    }
    packets::Bytes padding() {
        packets::Rtp rtp;
        rtp.ssrc = ssrc;
        rtp.sequence = sequence++;
        rtp.timestamp = timestamp - 3000;
        rtp.transport_sequence = transport_sequence++;
        rtp.padding = 200;
        return rtp.bytes();
    }
    packets::Bytes sound() {
        packets::Rtp rtp;
        rtp.payload_type = parley::rtp::Layout::opus_payload;
        rtp.ssrc = ssrc + 1;
        rtp.sequence = sound_sequence++;
        rtp.timestamp = sound_timestamp;
        rtp.transport_sequence = transport_sequence++;
        rtp.payload.assign(40, 0x77);
        sound_timestamp += 960;
        return rtp.bytes();
    }

    parley::rtp::PeerName name;
    std::uint32_t ssrc;
    std::uint16_t sequence;
    std::uint32_t timestamp{500'000};
    std::uint16_t picture_id{77};
    std::uint8_t tl0{5};
    std::uint16_t transport_sequence{1};
    std::uint16_t sound_sequence{60'000};
    std::uint32_t sound_timestamp{9000};
};

/// A room, its output, and time turned by hand.
class RoomFixture {
public:
    using Name = parley::rtp::PeerName;
    explicit RoomFixture(parley::rtp::RoomLimits limits = {}) : room(limits) {}

    void open(Name name) { room.open(name, now, out); }
    void give(Name from, packets::Bytes packet) {
        const std::size_t size = packet.size();
        packet.resize(size + 64);
        room.receive_rtp(from, std::span{packet}.first(size), now, out);
    }
    void give(const Camera& from, const std::vector<packets::Bytes>& frame) {
        for (const auto& packet : frame) give(from.name, packet);
    }
    void control(Name from, const packets::Bytes& compound) { room.receive_rtcp(from, compound, now, out); }
    /// Time passes in the room's own steps.
    void pass(parley::rtp::Duration span) {
        const auto end = now + span;
        while (now < end) {
            now = std::clamp(room.next_deadline(), now + std::chrono::milliseconds(1), end);
            room.tick(now, out);
        }
    }

    parley::rtp::Room room;
    Recorder out;
    parley::rtp::Time now{std::chrono::hours(1)};
};
