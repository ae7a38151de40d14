// Compound RTCP and transport-cc feedback.
#include <vector>

#include "check.h"
#include "rtp/rtcp.h"
#include "rtp/send_log.h"
#include "rtp/transport_cc.h"

using namespace parley::rtp;

namespace {

void visit(const RtcpPacket& packet, TransportCcFeedback& feedback, SendLog& log) {
    read_sender_info(packet);
    for (int i = 0; read_report_block(packet, i); ++i) check(i < 32);
    feedback_media(packet);
    for (std::size_t i = 0; read_fir(packet, i); ++i) continue;
    std::size_t numbers = 0;
    read_nack(packet, [&](std::uint16_t) { ++numbers; });
    check(numbers <= packet.body.size() / 4 * 17);
    if (!feedback.read(packet)) return;
    check(feedback.packets.size() <= TransportCcFeedback::most_packets);
    const auto summary = log.read(feedback);
    check(summary.received + summary.lost <= feedback.packets.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<std::uint8_t> compound{data, data + size};
    TransportCcFeedback feedback;
    SendLog log;
    for (int i = 0; i < 300; ++i) log.sent(1000, Time{Duration{i}});
    RtcpReader reader{compound};
    std::size_t packets = 0;
    while (const auto packet = reader.next()) {
        visit(*packet, feedback, log);
        check(++packets <= size / 8);
    }
    return 0;
}
