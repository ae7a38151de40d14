#pragma once
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "rtp/room.h"
#include "rtp/rtcp.h"
#include "rtp/rtp_header.h"
#include "rtp/vp8_payload.h"

/// Keeps what a room sends and says.
class Recorder : public parley::rtp::Output {
public:
    struct Sent {
        parley::rtp::PeerName to;
        parley::rtp::RtpHeader header;
        std::vector<std::uint8_t> bytes;
        [[nodiscard]] std::span<const std::uint8_t> payload() const {
            return std::span{bytes}.subspan(header.payload_offset, header.payload_size);
        }
        [[nodiscard]] parley::rtp::Vp8Payload vp8() const { return parley::rtp::parse_vp8(payload()).value(); }
    };

    void send_rtp(parley::rtp::PeerName to, std::span<std::uint8_t> packet) override {
        std::fill(packet.data() + packet.size(), packet.data() + packet.size() + 64, 0xAA);  // as SRTP would
        rtp.push_back({to, parley::rtp::parse_rtp(packet).value(), {packet.begin(), packet.end()}});
    }
    void send_rtcp(parley::rtp::PeerName to, std::span<std::uint8_t> packet) override {
        std::fill(packet.data() + packet.size(), packet.data() + packet.size() + 64, 0xAA);
        rtcp.push_back({to, {packet.begin(), packet.end()}});
    }
    void visible(parley::rtp::PeerName name) override { visible_names.push_back(name); }
    void sender_limit(int seat, std::uint32_t limit) override { limits.emplace_back(seat, limit); }
    void lost(parley::rtp::PeerName name) override { lost_names.push_back(name); }
    void returned(parley::rtp::PeerName name) override { returned_names.push_back(name); }

    [[nodiscard]] std::vector<Sent> to(parley::rtp::PeerName viewer, std::uint32_t ssrc) const {
        std::vector<Sent> found;
        std::copy_if(rtp.begin(), rtp.end(), std::back_inserter(found),
                     [&](const Sent& sent) { return sent.to == viewer && sent.header.ssrc == ssrc; });
        return found;
    }
    /// How many RTCP packets of this type and format went to `name`.
    [[nodiscard]] int count(parley::rtp::PeerName name, std::uint8_t type, int format = -1) const {
        int found = 0;
        each(name, type, format, [&](const parley::rtp::RtcpPacket&) { ++found; });
        return found;
    }
    template <class Visit>
    void each(parley::rtp::PeerName name, std::uint8_t type, int format, Visit&& visit) const {
        for (const auto& [to, bytes] : rtcp) {
            if (to != name) continue;
            parley::rtp::RtcpReader reader{bytes};
            while (const auto packet = reader.next()) {
                if (packet->type == type && (format < 0 || packet->count == format)) visit(*packet);
            }
        }
    }
    void clear() { *this = Recorder{}; }

    std::vector<Sent> rtp;
    std::vector<std::pair<parley::rtp::PeerName, std::vector<std::uint8_t>>> rtcp;
    std::vector<parley::rtp::PeerName> visible_names, lost_names, returned_names;
    std::vector<std::pair<int, std::uint32_t>> limits;
};
