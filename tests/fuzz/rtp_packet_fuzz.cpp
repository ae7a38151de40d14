// The RTP header and the VP8 payload descriptor.
#include "byte_source.h"
#include "check.h"
#include "rtp/packet_history.h"
#include "rtp/rtp_header.h"
#include "rtp/vp8_payload.h"

using namespace parley::rtp;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::uint8_t> packet{data, data + size};
    const auto header = parse_rtp(packet);
    if (!header) return 0;
    check(header->payload_offset + header->payload_size <= size);
    const auto payload = std::span{packet}.subspan(header->payload_offset, header->payload_size);
    const auto vp8 = parse_vp8(payload);
    if (!vp8) return 0;
    check(!vp8->key_frame || vp8->start_of_frame);

    Vp8Continuity ids;
    ids.start(*vp8);
    ids.rewrite(*vp8, payload.data());
    const auto again = parse_vp8(payload);
    check(again && again->picture_id_bits == vp8->picture_id_bits && again->key_frame == vp8->key_frame);
    if (vp8->picture_id_bits) check(again->picture_id == 1);
    return 0;
}
