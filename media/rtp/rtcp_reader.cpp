#include "rtp/bytes.h"
#include "rtp/rtcp.h"

namespace parley::rtp {
namespace {

constexpr std::size_t report_block_size = 24;

std::int32_t signed24(std::uint32_t v) {
    return static_cast<std::int32_t>(v << 8) >> 8;
}

}  // namespace

std::optional<RtcpPacket> RtcpReader::next() {
    // A BYE or SDES about nobody has no SSRC.
    while (rest_.size() >= 4 && rest_[0] >> 6 == 2 && read16(&rest_[2]) == 0) rest_ = rest_.subspan(4);
    if (rest_.size() < 8 || rest_[0] >> 6 != 2) return std::nullopt;
    const std::size_t size = std::size_t{4} * (read16(&rest_[2]) + 1u);
    if (size > rest_.size()) return std::nullopt;
    std::size_t body = size - 4;
    if (rest_[0] & 0x20) {
        const std::size_t padding = rest_[size - 1];
        if (padding == 0 || padding + 4 > body) return std::nullopt;
        body -= padding;
    }
    const RtcpPacket packet{rest_[1], static_cast<std::uint8_t>(rest_[0] & 0x1F), rest_.subspan(4, body)};
    rest_ = rest_.subspan(size);
    return packet;
}

std::optional<SenderInfo> read_sender_info(const RtcpPacket& packet) {
    if (packet.type != rtcp::sender_report || packet.body.size() < 24) return std::nullopt;
    const std::uint8_t* p = packet.body.data();
    return SenderInfo{read32(p), static_cast<std::uint64_t>(read32(p + 4)) << 32 | read32(p + 8), read32(p + 12),
                      read32(p + 16), read32(p + 20)};
}

std::optional<ReportBlock> read_report_block(const RtcpPacket& packet, int index) {
    const bool from_sender = packet.type == rtcp::sender_report;
    if (!from_sender && packet.type != rtcp::receiver_report) return std::nullopt;
    const std::size_t at = (from_sender ? 24u : 4u) + static_cast<std::size_t>(index) * report_block_size;
    if (index >= packet.count || packet.body.size() < at + report_block_size) return std::nullopt;
    const std::uint8_t* p = &packet.body[at];
    return ReportBlock{read32(p),      p[4],           signed24(read24(p + 5)), read32(p + 8),
                       read32(p + 12), read32(p + 16), read32(p + 20)};
}

std::uint32_t feedback_media(const RtcpPacket& packet) {
    return packet.body.size() < 8 ? 0 : read32(&packet.body[4]);
}

std::optional<std::uint32_t> read_fir(const RtcpPacket& packet, std::size_t index) {
    const std::size_t at = 8 + index * 8;
    if (packet.body.size() < at + 8) return std::nullopt;
    return read32(&packet.body[at]);
}

}  // namespace parley::rtp
