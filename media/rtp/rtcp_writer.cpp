#include <algorithm>

#include "rtp/bytes.h"
#include "rtp/rtcp.h"

namespace parley::rtp {
namespace {

constexpr std::uint8_t cname_item = 1;

void write_block(std::uint8_t* p, const ReportBlock& block) {
    write32(p, block.ssrc);
    p[4] = block.fraction_lost;
    write24(p + 5, static_cast<std::uint32_t>(block.cumulative_lost) & 0xFFFFFFu);
    write32(p + 8, block.highest_sequence);
    write32(p + 12, block.jitter);
    write32(p + 16, block.last_sender_report);
    write32(p + 20, block.delay);
}

/// How many of the first `numbers` fit into one entry of a NACK: the first and the sixteen behind it.
std::size_t one_entry(std::span<const std::uint16_t> numbers) {
    std::size_t count = 1;
    while (count < numbers.size() && static_cast<std::uint16_t>(numbers[count] - numbers[0]) <= 16) ++count;
    return count;
}

}  // namespace

std::uint8_t* RtcpWriter::begin(std::uint8_t type, std::uint8_t count, std::size_t size) {
    if (size > buffer_.size() - used_) return nullptr;
    std::uint8_t* p = buffer_.data() + used_;
    p[0] = static_cast<std::uint8_t>(0x80 | count);
    p[1] = type;
    write16(p + 2, static_cast<std::uint16_t>(size / 4 - 1));
    used_ += size;
    return p;
}

bool RtcpWriter::receiver_report(std::uint32_t sender, std::span<const ReportBlock> blocks) {
    std::uint8_t* p = begin(rtcp::receiver_report, static_cast<std::uint8_t>(blocks.size()), 8 + 24 * blocks.size());
    if (!p) return false;
    write32(p + 4, sender);
    p += 8;
    for (const ReportBlock& block : blocks) {
        write_block(p, block);
        p += 24;
    }
    return true;
}

bool RtcpWriter::sender_report(const SenderInfo& info) {
    std::uint8_t* p = begin(rtcp::sender_report, 0, 28);
    if (!p) return false;
    write32(p + 4, info.ssrc);
    write32(p + 8, static_cast<std::uint32_t>(info.ntp >> 32));
    write32(p + 12, static_cast<std::uint32_t>(info.ntp));
    write32(p + 16, info.timestamp);
    write32(p + 20, info.packets);
    write32(p + 24, info.octets);
    return true;
}

bool RtcpWriter::source_description(std::uint32_t ssrc, std::string_view cname) {
    const std::size_t chunk = (4 + 2 + cname.size() + 1 + 3) / 4 * 4;  // at least one zero ends the items
    std::uint8_t* p = begin(rtcp::source_description, 1, 4 + chunk);
    if (!p) return false;
    std::fill(p + 4, p + 4 + chunk, 0);
    write32(p + 4, ssrc);
    p[8] = cname_item;
    p[9] = static_cast<std::uint8_t>(cname.size());
    std::copy(cname.begin(), cname.end(), p + 10);
    return true;
}

bool RtcpWriter::nack(std::uint32_t sender, std::uint32_t media, std::span<const std::uint16_t> numbers) {
    std::size_t entries = 0;
    for (auto rest = numbers; !rest.empty(); rest = rest.subspan(one_entry(rest))) ++entries;
    std::uint8_t* p = begin(rtcp::transport_feedback, rtcp::nack_format, 12 + 4 * entries);
    if (!p) return false;
    write32(p + 4, sender);
    write32(p + 8, media);
    p += 12;
    for (auto rest = numbers; !rest.empty(); p += 4) {
        const std::size_t count = one_entry(rest);
        unsigned mask = 0;
        for (const std::uint16_t number : rest.subspan(1, count - 1)) {
            mask |= 1u << (static_cast<std::uint16_t>(number - rest[0]) - 1);
        }
        write16(p, rest[0]);
        write16(p + 2, static_cast<std::uint16_t>(mask));
        rest = rest.subspan(count);
    }
    return true;
}

bool RtcpWriter::picture_loss(std::uint32_t sender, std::uint32_t media) {
    std::uint8_t* p = begin(rtcp::payload_feedback, rtcp::pli_format, 12);
    if (!p) return false;
    write32(p + 4, sender);
    write32(p + 8, media);
    return true;
}

}  // namespace parley::rtp
