#include "rtp/rtp_header.h"

#include "rtp/bytes.h"
#include "rtp/layout.h"

namespace parley::rtp {
namespace {

constexpr std::size_t fixed_size = 12;
constexpr std::uint16_t one_byte_profile = 0xBEDE;

void read_elements(std::span<const std::uint8_t> block, RtpHeader& header) {
    std::size_t at = 0;
    while (at < block.size()) {
        const std::uint8_t id = block[at] >> 4;
        if (id == 0) {  // one byte of padding, whatever its length field says
            ++at;
            continue;
        }
        const std::size_t size = (block[at] & 0x0Fu) + 1u;
        if (id == 15 || size > block.size() - at - 1) return;
        if (id == Layout::transport_cc_extension && size == 2) header.transport_sequence = read16(&block[at + 1]);
        at += 1 + size;
    }
}

/// Moves payload_offset behind the extension block.
bool read_extension(std::span<const std::uint8_t> packet, RtpHeader& header) {
    const std::size_t at = header.payload_offset;
    if (packet.size() < at + 4) return false;
    const std::size_t size = std::size_t{4} * read16(&packet[at + 2]);
    if (packet.size() - at - 4 < size) return false;
    if (read16(&packet[at]) == one_byte_profile) read_elements(packet.subspan(at + 4, size), header);
    header.payload_offset = at + 4 + size;
    return true;
}

}  // namespace

std::optional<RtpHeader> parse_rtp(std::span<const std::uint8_t> packet) {
    if (packet.size() < fixed_size || packet[0] >> 6 != 2) return std::nullopt;
    RtpHeader header;
    header.marker = packet[1] & 0x80;
    header.payload_type = packet[1] & 0x7F;
    header.sequence = read16(&packet[2]);
    header.timestamp = read32(&packet[4]);
    header.ssrc = read32(&packet[8]);
    header.payload_offset = fixed_size + std::size_t{4} * (packet[0] & 0x0Fu);
    if (packet.size() < header.payload_offset) return std::nullopt;
    if (packet[0] & 0x10 && !read_extension(packet, header)) return std::nullopt;
    header.payload_size = packet.size() - header.payload_offset;
    if (packet[0] & 0x20) {
        const std::size_t padding = packet.back();
        if (padding == 0 || padding > header.payload_size) return std::nullopt;
        header.payload_size -= padding;
    }
    return header;
}

void write_rtp(std::uint8_t* out, const RtpHeader& header, std::uint16_t transport_sequence) {
    out[0] = 0x90;  // version 2, extension
    out[1] = static_cast<std::uint8_t>((header.marker ? 0x80 : 0) | header.payload_type);
    write16(out + 2, header.sequence);
    write32(out + 4, header.timestamp);
    write32(out + 8, header.ssrc);
    write16(out + 12, one_byte_profile);
    write16(out + 14, 1);
    out[16] = Layout::transport_cc_extension << 4 | 1;
    write16(out + 17, transport_sequence);
    out[19] = 0;
}

}  // namespace parley::rtp
