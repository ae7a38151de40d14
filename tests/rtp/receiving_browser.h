#pragma once
#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "packets.h"
#include "rtp/arrival_log.h"
#include "rtp/layout.h"
#include "rtp/nack_generator.h"
#include "rtp/rtp_header.h"
#include "rtp/sequence.h"
#include "rtp/vp8_payload.h"

/// What a browser does with the videos it is sent: it puts frames together in order, asks for lost packets and for key
/// frames, and reports arrivals.
class ReceivingBrowser {
public:
    using Time = parley::rtp::Time;

    void receive(std::span<const std::uint8_t> packet, Time now) {
        using namespace parley::rtp;
        const auto header = parse_rtp(packet).value();
        if (header.transport_sequence) arrivals_.record(*header.transport_sequence, now);
        if (header.payload_type == Layout::opus_payload) {
            ++sounds;
            return;
        }
        for (int slot = 0; slot < slots_per_viewer; ++slot) {
            if (header.ssrc == Layout::slot_video_ssrc(slot)) videos[slot].receive(header, packet, now);
        }
    }

    /// The RTCP to send now, every 50 ms.
    packets::Bytes report(Time now) {
        using namespace parley::rtp;
        return packets::compound([&](RtcpWriter& writer) {
            for (int slot = 0; slot < slots_per_viewer; ++slot) videos[slot].ask(slot, writer, now);
            if (arrivals_.news()) writer.add(arrivals_.write(writer.room(), 1, Layout::slot_video_ssrc(0)));
        });
    }

    struct Video {
        void receive(const parley::rtp::RtpHeader& header, std::span<const std::uint8_t> packet, Time now) {
            using namespace parley::rtp;
            const auto number = window.accept(header.sequence);
            if (!number) return;
            const auto vp8 = parse_vp8(packet.subspan(header.payload_offset, header.payload_size));
            nacks.received(*number, now);
            if (vp8 && vp8->key_frame) nacks.key_frame(*number);
            waiting[*number] = {header.marker, vp8 && vp8->key_frame};
            advance(now);
        }
        void advance(Time now) {
            for (;;) {
                auto at = waiting.find(next);
                if (at == waiting.end()) {  // a key frame further on makes the hole harmless
                    at = std::find_if(waiting.begin(), waiting.end(), [](const auto& p) { return p.second.key; });
                    if (at == waiting.end()) return;
                    if (next != parley::rtp::no_sequence && now - last_progress < std::chrono::milliseconds(150))
                        return;
                }
                frames += at->second.marker;
                next = at->first + 1;
                waiting.erase(waiting.begin(), std::next(at));
                longest_freeze = std::max(longest_freeze, now - std::max(last_progress, freeze_since));
                last_progress = now;
            }
        }
        void ask(int slot, parley::rtp::RtcpWriter& writer, Time now) {
            using namespace parley::rtp;
            std::array<std::uint16_t, 100> numbers;
            const auto count = nacks.collect(now, std::chrono::milliseconds(100), numbers);
            if (count) writer.nack(1, Layout::slot_video_ssrc(slot), std::span{numbers}.first(count));
            const bool stuck = !waiting.empty() && now - last_progress > std::chrono::milliseconds(600);
            if ((nacks.take_unrecoverable() || stuck) && now - last_asked > std::chrono::milliseconds(500)) {
                writer.picture_loss(1, Layout::slot_video_ssrc(slot));
                last_asked = now;
            }
        }

        struct Waiting {
            bool marker;
            bool key;
        };
        parley::rtp::ReceiveWindow window;
        parley::rtp::NackGenerator nacks;
        std::map<parley::rtp::Sequence, Waiting> waiting;
        parley::rtp::Sequence next{parley::rtp::no_sequence};
        Time last_progress{};
        Time last_asked{};
        Time freeze_since{};  ///< freezes are counted from here on
        parley::rtp::Duration longest_freeze{};
        int frames{};
    };

    std::array<Video, parley::rtp::slots_per_viewer> videos;
    int sounds{};

private:
    parley::rtp::ArrivalLog arrivals_;
};
