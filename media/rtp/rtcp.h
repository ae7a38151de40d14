#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace parley::rtp {

/// Packet types and formats of RFC 3550, RFC 4585, RFC 5104 and draft-holmer-rmcat-transport-wide-cc-extensions-01.
namespace rtcp {
inline constexpr std::uint8_t sender_report = 200, receiver_report = 201, source_description = 202, bye = 203;
inline constexpr std::uint8_t transport_feedback = 205, payload_feedback = 206;
inline constexpr std::uint8_t nack_format = 1, transport_cc_format = 15;  ///< of transport_feedback
inline constexpr std::uint8_t pli_format = 1, fir_format = 4;             ///< of payload_feedback
}  // namespace rtcp

/// One packet of a compound.
struct RtcpPacket {
    std::uint8_t type{};
    std::uint8_t count{};  ///< report count or feedback format
    std::span<const std::uint8_t>
        body;  ///< behind the first four bytes, without padding; at least four bytes: the SSRC
};

/// Walks through a compound packet and stops at its end or where it is malformed.
class RtcpReader {
public:
    explicit RtcpReader(std::span<const std::uint8_t> compound) : rest_(compound) {}
    std::optional<RtcpPacket> next();

private:
    std::span<const std::uint8_t> rest_;
};

struct SenderInfo {
    std::uint32_t ssrc{};
    std::uint64_t ntp{};
    std::uint32_t timestamp{};
    std::uint32_t packets{};
    std::uint32_t octets{};
};
std::optional<SenderInfo> read_sender_info(const RtcpPacket&);

struct ReportBlock {
    std::uint32_t ssrc{};
    std::uint8_t fraction_lost{};
    std::int32_t cumulative_lost{};  ///< 24 bits
    std::uint32_t highest_sequence{};
    std::uint32_t jitter{};
    std::uint32_t last_sender_report{};
    std::uint32_t delay{};
};
/// The `index`-th block of a sender or receiver report.
std::optional<ReportBlock> read_report_block(const RtcpPacket&, int index);

/// The media SSRC that a feedback packet is about; 0 when it is too short.
std::uint32_t feedback_media(const RtcpPacket&);
/// The SSRC of the `index`-th entry of a full intra request.
std::optional<std::uint32_t> read_fir(const RtcpPacket&, std::size_t index);

/// Calls `lost(sequence)` for every number that a NACK names.
template <class Lost>
void read_nack(const RtcpPacket& packet, Lost&& lost) {
    for (auto rest = packet.body.size() > 8 ? packet.body.subspan(8) : packet.body.first(0); rest.size() >= 4;
         rest = rest.subspan(4)) {
        const auto first = static_cast<std::uint16_t>(rest[0] << 8 | rest[1]);
        lost(first);
        const auto mask = static_cast<unsigned>(rest[2] << 8 | rest[3]);
        for (unsigned bit = 0; bit < 16; ++bit) {
            if (mask >> bit & 1) lost(static_cast<std::uint16_t>(first + bit + 1));
        }
    }
}

/// Builds a compound packet. What does not fit is left out whole, and the call says false.
class RtcpWriter {
public:
    explicit RtcpWriter(std::span<std::uint8_t> buffer) : buffer_(buffer) {}

    bool receiver_report(std::uint32_t sender, std::span<const ReportBlock>);
    bool sender_report(const SenderInfo&);
    /// One chunk with a CNAME; `cname` has at most 255 bytes.
    bool source_description(std::uint32_t ssrc, std::string_view cname);
    /// `numbers` ascend.
    bool nack(std::uint32_t sender, std::uint32_t media, std::span<const std::uint16_t> numbers);
    bool picture_loss(std::uint32_t sender, std::uint32_t media);

    /// For packets that are built elsewhere: the free room, and how much of it was used.
    [[nodiscard]] std::span<std::uint8_t> room() const { return buffer_.subspan(used_); }
    void add(std::size_t bytes) { used_ += bytes; }
    [[nodiscard]] std::span<std::uint8_t> compound() const { return buffer_.first(used_); }

private:
    std::uint8_t* begin(std::uint8_t type, std::uint8_t count, std::size_t size);

    std::span<std::uint8_t> buffer_;
    std::size_t used_{};
};

}  // namespace parley::rtp
