#include "rtp/packet_history.h"

#include <algorithm>

namespace parley::rtp {

void PacketHistory::keep(const MediaPacket& packet) {
    if (packet.payload.size() > largest_payload) return;
    Cell& cell = cells_[index(packet.sequence)];
    if (cell.sequence > packet.sequence) return;
    cell.sequence = packet.sequence;
    cell.timestamp = packet.timestamp;
    cell.vp8 = packet.vp8;
    cell.marker = packet.marker;
    cell.size = static_cast<std::uint16_t>(packet.payload.size());
    std::copy(packet.payload.begin(), packet.payload.end(), cell.payload.begin());
}

std::optional<MediaPacket> PacketHistory::find(Sequence number) const {
    const Cell& cell = cells_[index(number)];
    if (cell.sequence != number) return std::nullopt;
    return MediaPacket{cell.sequence, cell.timestamp, cell.marker, {cell.payload.data(), cell.size}, cell.vp8};
}

}  // namespace parley::rtp
