#pragma once
#include <algorithm>
#include <deque>
#include <functional>

#include "packets.h"
#include "rtp/room.h"

/// What a browser sends: 30 frames a second at its limit, key frames when asked, sound 50 times a second. A new limit
/// takes effect after the time that signalling and the encoder need.
class SendingBrowser {
public:
    using Time = parley::rtp::Time;
    using Send = std::function<void(packets::Bytes)>;
    static constexpr parley::rtp::Duration reaction = std::chrono::milliseconds(400);

    SendingBrowser(std::uint32_t ssrc, std::uint32_t bitrate) : ssrc_(ssrc), wanted_(bitrate), bitrate_(bitrate) {}

    void limit(std::uint32_t bits_per_second, Time now) { changes_.push_back({now + reaction, bits_per_second}); }
    void want_key_frame() { key_wanted_ = true; }
    [[nodiscard]] std::uint32_t bitrate() const { return bitrate_; }

    void step(Time now, const Send& send) {
        while (!changes_.empty() && changes_.front().first <= now) {
            bitrate_ = std::min(wanted_, changes_.front().second);
            changes_.pop_front();
        }
        if (now >= next_sound_) sound(now, send);
        if (now >= next_frame_) frame(now, send);
    }

private:
    void sound(Time now, const Send& send) {
        next_sound_ = std::max(next_sound_, now) + std::chrono::milliseconds(20);
        packets::Rtp rtp;
        rtp.payload_type = parley::rtp::Layout::opus_payload;
        rtp.ssrc = ssrc_ + 1;
        rtp.sequence = sound_sequence_++;
        rtp.timestamp = sound_sequence_ * 960u;
        rtp.payload.assign(80, 7);
        send(rtp.bytes());
    }
    void frame(Time now, const Send& send) {
        next_frame_ = std::max(next_frame_, now) + std::chrono::microseconds(33'333);
        const bool key = std::exchange(key_wanted_, false);
        std::size_t bytes = bitrate_ / 8 / 30 * (key ? 4 : 1);
        timestamp_ += 3000;
        for (bool first = true; first || bytes > 0; first = false) {
            const std::size_t part = std::min<std::size_t>(bytes, 1100);
            bytes -= part;
            packets::Rtp rtp;
            rtp.ssrc = ssrc_;
            rtp.sequence = sequence_++;
            rtp.timestamp = timestamp_;
            rtp.marker = bytes == 0;
            rtp.payload = packets::vp8(first, key, picture_id_ & 0x7FFF, 0, part);
            send(rtp.bytes());
        }
        ++picture_id_;
    }

    std::uint32_t ssrc_;
    std::uint32_t wanted_;
    std::uint32_t bitrate_;
    std::deque<std::pair<Time, std::uint32_t>> changes_;
    bool key_wanted_{true};
    std::uint16_t sequence_{1};
    std::uint16_t sound_sequence_{1};
    std::uint32_t timestamp_{};
    std::uint16_t picture_id_{};
    Time next_frame_{};
    Time next_sound_{};
};
