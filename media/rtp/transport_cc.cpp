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

}  // namespace parley::rtp
