#include "rtp/transport_cc.h"

#include <algorithm>

#include "rtp/bytes.h"

namespace parley::rtp {
namespace {

constexpr std::size_t fixed_size = 16;  // of the body: SSRCs, base, status count, reference time, feedback count
enum Symbol : unsigned { not_received = 0, small_delta = 1, large_delta = 2, reserved = 3 };

/// Expands the status chunks into one symbol a packet; moves `at` behind them.
class ChunkReader {
public:
    ChunkReader(std::span<const std::uint8_t> body, std::vector<TransportCcFeedback::Packet>& packets)
        : body_(body), packets_(packets) {}

    bool read(std::size_t wanted) {
        packets_.clear();
        while (packets_.size() < wanted) {
            if (body_.size() < at_ + 2) return false;
            const unsigned chunk = read16(&body_[at_]);
            at_ += 2;
            if (chunk & 0x8000)
                read_vector(chunk, wanted);
            else
                repeat(chunk >> 13 & 3, std::min<std::size_t>(chunk & 0x1FFF, wanted - packets_.size()));
        }
        return true;
    }
    [[nodiscard]] std::size_t end() const { return at_; }

private:
    void read_vector(unsigned chunk, std::size_t wanted) {
        const bool two_bits = chunk & 0x4000;
        const unsigned width = two_bits ? 2 : 1;
        for (int shift = 14 - static_cast<int>(width); shift >= 0; shift -= static_cast<int>(width)) {
            if (packets_.size() == wanted) return;
            repeat(chunk >> shift & (two_bits ? 3u : 1u), 1);
        }
    }
    void repeat(unsigned symbol, std::size_t times) {
        packets_.insert(packets_.end(), times, {symbol != not_received, static_cast<std::int64_t>(symbol)});
    }

    std::span<const std::uint8_t> body_;
    std::vector<TransportCcFeedback::Packet>& packets_;
    std::size_t at_{fixed_size};
};

unsigned symbol_of(std::int64_t delta) {
    return delta >= 0 && delta <= 255 ? small_delta : large_delta;
}
std::size_t delta_size(unsigned symbol) {
    return symbol == not_received ? 0 : symbol;
}

}  // namespace

bool TransportCcFeedback::read(const RtcpPacket& packet) {
    const auto body = packet.body;
    if (body.size() < fixed_size) return false;
    base = read16(&body[8]);
    const std::size_t status_count = read16(&body[10]);
    count = body[15];
    if (status_count == 0 || status_count > most_packets) return false;
    ChunkReader chunks{body, packets};
    if (!chunks.read(status_count)) return false;
    std::size_t at = chunks.end();
    std::int64_t arrival = static_cast<std::int64_t>(read24(&body[12])) * ticks_per_reference;
    for (Packet& entry : packets) {
        if (!entry.received) continue;
        const auto symbol = static_cast<unsigned>(entry.arrival);
        if (symbol == reserved || body.size() < at + delta_size(symbol)) return false;
        arrival += symbol == small_delta ? body[at] : static_cast<std::int16_t>(read16(&body[at]));
        at += delta_size(symbol);
        entry.arrival = arrival;
    }
    return true;
}

std::size_t write_transport_cc(std::span<std::uint8_t> out, const TransportCcHeader& header,
                               std::span<const std::int64_t> arrivals, std::size_t& packets) {
    constexpr std::size_t head = 4 + fixed_size;
    constexpr std::size_t symbols_per_chunk = 7;
    packets = 0;
    const auto first = std::find_if(arrivals.begin(), arrivals.end(), [](std::int64_t at) { return at != missing; });
    if (first == arrivals.end()) return 0;
    const std::int64_t reference = *first >> 8;
    // How many packets there is room for, each chunk of seven counted when it begins.
    std::size_t size = head;
    std::int64_t last = reference << 8;
    for (const std::int64_t arrival : arrivals) {
        const std::int64_t delta = arrival == missing ? 0 : arrival - last;
        const std::size_t cost =
            (packets % symbols_per_chunk ? 0 : 2) + (arrival == missing ? 0 : delta_size(symbol_of(delta)));
        if (delta != static_cast<std::int16_t>(delta) || size + cost + 3 > out.size()) break;
        size += cost;
        if (arrival != missing) last = arrival;
        ++packets;
    }
    if (packets <= static_cast<std::size_t>(first - arrivals.begin())) return packets = 0;

    std::uint8_t* chunk = out.data() + head;
    std::uint8_t* delta_at = chunk + 2 * ((packets + symbols_per_chunk - 1) / symbols_per_chunk);
    last = reference << 8;
    for (std::size_t i = 0; i < packets; ++i) {
        if (i % symbols_per_chunk == 0)
            write16(chunk + i / symbols_per_chunk * 2, 0xC000);  // vector of two-bit symbols
        if (arrivals[i] == missing) continue;
        const std::int64_t delta = arrivals[i] - last;
        const unsigned symbol = symbol_of(delta);
        std::uint8_t* own = chunk + i / symbols_per_chunk * 2;
        write16(own, static_cast<std::uint16_t>(read16(own) | symbol << (12 - 2 * (i % symbols_per_chunk))));
        if (symbol == small_delta)
            *delta_at = static_cast<std::uint8_t>(delta);
        else
            write16(delta_at, static_cast<std::uint16_t>(delta));
        delta_at += delta_size(symbol);
        last = arrivals[i];
    }
    const std::size_t padding = (4 - size % 4) % 4;
    for (std::size_t i = 0; i < padding; ++i) *delta_at++ = 0;
    if (padding) delta_at[-1] = static_cast<std::uint8_t>(padding);
    size += padding;

    out[0] = static_cast<std::uint8_t>(0x80 | (padding ? 0x20 : 0) | rtcp::transport_cc_format);
    out[1] = rtcp::transport_feedback;
    write16(&out[2], static_cast<std::uint16_t>(size / 4 - 1));
    write32(&out[4], header.sender);
    write32(&out[8], header.media);
    write16(&out[12], header.base);
    write16(&out[14], static_cast<std::uint16_t>(packets));
    write24(&out[16], static_cast<std::uint32_t>(reference) & 0xFFFFFFu);
    out[19] = header.count;
    return size;
}

}  // namespace parley::rtp
