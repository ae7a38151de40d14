// A whole room, driven by a script of bytes: people come and go, packets arrive well formed and not, time passes.
#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>

#include "byte_source.h"
#include "check.h"
#include "rtp/bytes.h"
#include "rtp/room.h"
#include "rtp/rtcp.h"
#include "rtp/rtp_header.h"
#include "rtp/transport_cc.h"

using namespace parley::rtp;

namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::size_t tail = 64;

/// Holds the room to what its receivers and SRTP rely on.
class Watcher : public Output {
public:
    void opened(PeerName name) {
        open_[key(name)] = true;
        std::erase_if(sent_, [&](const auto& entry) { return std::get<0>(entry.first) == key(name); });
    }
    void closed(PeerName name) { open_[key(name)] = false; }

    void send_rtp(PeerName to, std::span<std::uint8_t> packet) override {
        check(open_[key(to)]);
        use_tail(packet);
        const auto header = parse_rtp(packet);
        check(header && header->transport_sequence);
        const std::size_t text = std::hash<std::string_view>{}(
            {reinterpret_cast<const char*>(packet.data()) + header->payload_offset, header->payload_size});
        // One number, one plain text: anything else would use SRTP's key stream twice.
        const auto [at, fresh] = sent_.try_emplace({key(to), header->ssrc, header->sequence}, text);
        check(fresh || at->second == text);
    }
    void send_rtcp(PeerName to, std::span<std::uint8_t> packet) override {
        check(open_[key(to)]);
        use_tail(packet);
        RtcpReader reader{packet};
        const auto first = reader.next();
        check(first && (first->type == rtcp::sender_report || first->type == rtcp::receiver_report));
    }
    void visible(PeerName name) override { check(open_[key(name)]); }
    void sender_limit(int seat, std::uint32_t limit) override {
        check(seat >= 0 && seat < seats && limit >= RoomLimits{}.min_bitrate && limit <= RoomLimits{}.max_bitrate);
    }
    void lost(PeerName name) override { check(open_[key(name)]); }
    void returned(PeerName name) override { check(open_[key(name)]); }

private:
    static int key(PeerName name) { return name.seat * 1000 + static_cast<int>(name.connection); }
    static void use_tail(std::span<std::uint8_t> packet) {
        std::fill(packet.data() + packet.size(), packet.data() + packet.size() + tail, 0xEE);
    }
    std::map<int, bool> open_;
    std::map<std::tuple<int, std::uint32_t, std::uint16_t>, std::size_t> sent_;
};

class Script {
public:
    Script(const std::uint8_t* data, std::size_t size) : input_(data, size) {}

    void run() {
        for (int steps = 0; steps < 2000 && !input_.empty(); ++steps) step();
    }

private:
    PeerName name() {
        const std::uint8_t b = input_.byte();
        return {b & 3, static_cast<std::uint32_t>(b >> 2 & 3)};
    }
    void step() {
        switch (input_.byte() & 7) {
            case 0: return open(name());
            case 1: return close(name());
            case 2: return video(name());
            case 3: return sound(name());
            case 4: return give(name(), input_.chunk(input_.byte()));
            case 5: return control(name(), input_.chunk(input_.word() & 0x3FF));
            case 6: return ask(name());
            default: return pass(input_.byte());
        }
    }
    void open(PeerName who) {
        if (opened_ >= 40) return;  // each one costs more than thousands of packets
        ++opened_;
        room_.close(who, now_, watcher_);
        watcher_.closed(who);
        watcher_.opened(who);
        room_.open(who, now_, watcher_);
    }
    void close(PeerName who) {
        room_.close(who, now_, watcher_);
        watcher_.closed(who);
    }
    /// A few well-formed packets of a frame, with holes, doubles and jumps as the input likes.
    void video(PeerName who) {
        const std::uint8_t flags = input_.byte();
        std::uint16_t& sequence = video_sequence_[static_cast<std::size_t>(who.seat)];
        sequence =
            static_cast<std::uint16_t>(sequence + static_cast<std::int8_t>(input_.byte()) * (flags & 0x80 ? 257 : 1));
        const int count = (flags & 3) + 1;
        for (int i = 0; i < count; ++i) {
            Bytes payload{static_cast<std::uint8_t>(i ? 0x80 : 0x90),
                          0xC0,
                          static_cast<std::uint8_t>(0x80 | (sequence >> 8 & 0x7F)),
                          static_cast<std::uint8_t>(sequence),
                          flags,
                          static_cast<std::uint8_t>(flags & 4 ? 0 : 1),
                          input_.byte()};
            if (flags & 8) payload.clear();
            if (flags & 16) payload.resize(1100);
            rtp(who, Layout::vp8_payload, flags & 32 ? 77u : 7u, sequence++, i + 1 == count, payload);
        }
    }
    void sound(PeerName who) {
        std::uint16_t& sequence = sound_sequence_[static_cast<std::size_t>(who.seat)];
        sequence = static_cast<std::uint16_t>(sequence + static_cast<std::int8_t>(input_.byte()));
        rtp(who, Layout::opus_payload, 9, sequence, false, input_.chunk(4));
    }
    void rtp(PeerName who, std::uint8_t type, std::uint32_t ssrc, std::uint16_t sequence, bool marker,
             const Bytes& payload) {
        RtpHeader header;
        header.marker = marker;
        header.payload_type = type;
        header.sequence = sequence;
        header.timestamp = static_cast<std::uint32_t>(now_.time_since_epoch().count() / 11);
        header.ssrc = ssrc + static_cast<std::uint32_t>(who.connection);
        Bytes packet(outgoing_header_size);
        write_rtp(packet.data(), header, transport_sequence_++);
        packet.insert(packet.end(), payload.begin(), payload.end());
        if (payload.empty()) {
            packet[0] |= 0x20;
            packet.push_back(1);
        }
        give(who, std::move(packet));
    }
    void give(PeerName who, Bytes packet) {
        const std::size_t size = packet.size();
        packet.resize(size + tail);
        room_.receive_rtp(who, std::span{packet}.first(size), now_, watcher_);
    }
    void control(PeerName who, const Bytes& compound) { room_.receive_rtcp(who, compound, now_, watcher_); }
    /// Feedback that names numbers which the room has used.
    void ask(PeerName who) {
        Bytes buffer(400);
        RtcpWriter writer{buffer};
        writer.receiver_report(1, {});
        const std::uint8_t what = input_.byte();
        const std::uint32_t slot = Layout::slot_video_ssrc(what % 3);
        const std::uint16_t first = input_.word();
        if (what & 64) writer.picture_loss(1, slot);
        if (what & 128) {
            std::array<std::int64_t, 20> arrivals;
            for (std::int64_t i = 0; i < 20; ++i) {
                arrivals[static_cast<std::size_t>(i)] = what & 32 && i % 3 == 1 ? missing : (what & 7) * i * 40;
            }
            std::size_t covered = 0;
            writer.add(write_transport_cc(writer.room(), {1, slot, first, 0}, arrivals, covered));
        } else {
            const std::array<std::uint16_t, 3> numbers{first, static_cast<std::uint16_t>(first + 1),
                                                       static_cast<std::uint16_t>(first + 20)};
            writer.nack(1, slot, numbers);
        }
        control(who, {writer.compound().begin(), writer.compound().end()});
    }
    void pass(std::uint8_t amount) {
        now_ += std::chrono::milliseconds(amount & 0x80 ? (amount & 0x7F) * 50 : amount);
        // A burst of losses is asked for in several packets; then the room is done with this moment.
        for (int i = 0; i < 8; ++i) room_.tick(now_, watcher_);
        check(room_.next_deadline() > now_ || room_.next_deadline() == never);
    }

    ByteSource input_;
    Watcher watcher_;
    Room room_;
    Time now_{std::chrono::hours(1)};
    int opened_{};
    std::array<std::uint16_t, seats> video_sequence_{};
    std::array<std::uint16_t, seats> sound_sequence_{};
    std::uint16_t transport_sequence_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Script{data, size}.run();
    return 0;
}
