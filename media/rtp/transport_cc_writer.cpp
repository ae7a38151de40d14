#include <algorithm>

#include "rtp/bytes.h"
#include "rtp/transport_cc.h"

namespace parley::rtp {
namespace {

constexpr std::size_t head_size = 20;
constexpr std::size_t chunk_size = 2;
constexpr std::size_t symbols_per_chunk = 7;
constexpr std::uint16_t two_bit_vector = 0xC000;
constexpr std::size_t most_padding = 3;

/// A delta's size in bytes is its symbol too.
unsigned size_of(std::int64_t delta) {
    return delta >= 0 && delta <= 255 ? 1 : 2;
}
bool fits(std::int64_t delta) {
    return delta == static_cast<std::int16_t>(delta);
}

/// Calls `each(index, delta)` for the arrivals that are not missing, until it says no.
template <class Each>
void walk(std::span<const std::int64_t> arrivals, std::int64_t from, Each&& each) {
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        if (arrivals[i] == missing) continue;
        if (!each(i, arrivals[i] - from)) return;
        from = arrivals[i];
    }
}

/// How many packets there is room for: two bytes for every seven, and their deltas. Ends with one that arrived.
std::size_t count_fitting(std::span<const std::int64_t> arrivals, std::int64_t from, std::size_t room) {
    std::size_t packets = 0;
    std::size_t deltas = 0;
    walk(arrivals, from, [&](std::size_t i, std::int64_t delta) {
        const std::size_t chunks = chunk_size * (i / symbols_per_chunk + 1);
        deltas += size_of(delta);
        if (!fits(delta) || head_size + chunks + deltas + most_padding > room) return false;
        packets = i + 1;
        return true;
    });
    return packets;
}

/// Writes the status chunks and the deltas; returns where they end.
std::uint8_t* write_statuses(std::uint8_t* chunks, std::span<const std::int64_t> arrivals, std::int64_t from) {
    const std::size_t count = (arrivals.size() + symbols_per_chunk - 1) / symbols_per_chunk;
    for (std::size_t i = 0; i < count; ++i) write16(chunks + i * chunk_size, two_bit_vector);
    std::uint8_t* at = chunks + count * chunk_size;
    walk(arrivals, from, [&](std::size_t i, std::int64_t delta) {
        const unsigned symbol = size_of(delta);
        std::uint8_t* chunk = chunks + i / symbols_per_chunk * chunk_size;
        write16(chunk, static_cast<std::uint16_t>(read16(chunk) | symbol << (12 - 2 * (i % symbols_per_chunk))));
        if (symbol == 1) *at = static_cast<std::uint8_t>(delta);
        if (symbol == 2) write16(at, static_cast<std::uint16_t>(delta));
        at += symbol;
        return true;
    });
    return at;
}

/// Fills up to whole words; true when it had to.
bool pad(std::uint8_t* begin, std::uint8_t*& end) {
    const auto padding = static_cast<std::uint8_t>((begin - end) & 3);
    if (padding == 0) return false;
    std::fill_n(end, padding, std::uint8_t{0});
    end += padding;
    end[-1] = padding;
    return true;
}

}  // namespace

std::size_t write_transport_cc(std::span<std::uint8_t> out, const TransportCcHeader& header,
                               std::span<const std::int64_t> arrivals, std::size_t& packets) {
    packets = 0;
    const auto first = std::find_if(arrivals.begin(), arrivals.end(), [](std::int64_t at) { return at != missing; });
    if (first == arrivals.end()) return 0;
    const std::int64_t reference = *first >> 8;
    packets = count_fitting(arrivals, reference << 8, out.size());
    if (packets == 0) return 0;

    std::uint8_t* p = out.data();
    std::uint8_t* end = write_statuses(p + head_size, arrivals.first(packets), reference << 8);
    const bool padded = pad(p, end);
    p[0] = static_cast<std::uint8_t>(0x80 | (padded ? 0x20 : 0) | rtcp::transport_cc_format);
    p[1] = rtcp::transport_feedback;
    write16(p + 2, static_cast<std::uint16_t>((end - p) / 4 - 1));
    write32(p + 4, header.sender);
    write32(p + 8, header.media);
    write16(p + 12, header.base);
    write16(p + 14, static_cast<std::uint16_t>(packets));
    write24(p + 16, static_cast<std::uint32_t>(reference) & 0xFFFFFFu);
    p[19] = header.count;
    return static_cast<std::size_t>(end - p);
}

}  // namespace parley::rtp
