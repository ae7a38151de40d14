#include "rtp/viewer.h"

#include <algorithm>

namespace parley::rtp {
namespace {

/// Sound of three people and the feedback: the link is never taken to be smaller.
constexpr std::uint32_t sound_share = 100'000;
constexpr std::uint64_t least_video_burst = 60'000;  ///< bytes: key frames come in bursts
constexpr Duration shortest_round_trip = std::chrono::milliseconds(10);

std::uint32_t highest_cap(const RoomLimits& limits) {
    return slots_per_viewer * limits.max_bitrate + sound_share;
}

}  // namespace

Viewer::Slot::Slot(int index)
    : audio(Layout::slot_audio_ssrc(index), Layout::opus_payload, Layout::opus_clock),
      video(Layout::slot_video_ssrc(index), Layout::vp8_payload, Layout::vp8_clock) {}

Viewer::Viewer(PeerName name, const RoomLimits& limits)
    : name_(name),
      limits_(limits),
      slots_{Slot{0}, Slot{1}, Slot{2}},
      rate_(limits.min_bitrate, highest_cap(limits), highest_cap(limits) / 2),
      video_budget_(0, least_video_burst) {
    feedback_.packets.reserve(TransportCcFeedback::most_packets);
    apply_cap();
}

void Viewer::apply_cap() {
    // A fifth more than the cap: the senders follow their limits only roughly, and a moment later.
    const std::uint32_t cap = rate_.proven() ? rate_.cap() : highest_cap(limits_);
    const std::uint64_t rate = cap / 8 + cap / 40;
    video_budget_.set(rate, std::max(rate / 2, least_video_burst));
    resends_.set_link(rate_.cap());
}

/// Notes what goes out, and names it for the feedback.
std::uint16_t Viewer::log(std::size_t bytes, Time now) {
    last_sent_ = now;
    answers_.sent(now);
    sent_.add(bytes + wire_overhead, now);
    return log_.sent(bytes + wire_overhead, now);
}

void Viewer::send(const RtpHeader& header, std::span<const std::uint8_t> payload, Slot* video, const Vp8Payload* vp8,
                  Time now, Output& output) {
    const std::size_t size = outgoing_header_size + payload.size();
    write_rtp(scratch_.data(), header, log(size, now));
    std::uint8_t* out = scratch_.data() + outgoing_header_size;
    std::copy(payload.begin(), payload.end(), out);
    if (video && vp8) video->ids.rewrite(*vp8, out);
    output.send_rtp(name_, std::span{scratch_}.first(size));
}

void Viewer::show_audio(int slot, const IncomingStream& source, const MediaPacket& packet, Time now, Output& output) {
    SlotTrack& track = at(slot).audio;
    if (packet.payload.empty()) {
        if (track.shows(source.generation)) track.skip(packet.sequence);
        return;
    }
    if (!track.shows(source.generation) || track.too_far(packet.sequence)) {
        track.follow(source.generation, packet, now);
    }
    const auto header = track.place(packet, now);
    if (!header) return;
    track.count(packet.payload.size());
    send(*header, packet.payload, nullptr, nullptr, now, output);
}

bool Viewer::show_video(int slot, const IncomingVideo& source, const MediaPacket& packet, Time now, Output& output) {
    Slot& target = at(slot);
    if (!target.gate.open()) return true;
    if (answers_.stalled(now)) {
        target.video.stop();
        return true;
    }
    SlotTrack& track = target.video;
    const bool follows = track.shows(source.generation) && !track.too_far(packet.sequence);
    if (follows && packet.payload.empty()) {
        leave_out(target, packet, now, output);
        return true;
    }
    if (follows) {
        send_video(target, packet, now, output);
        return true;
    }
    track.stop();
    if (!packet.vp8.key_frame) return false;
    track.follow(source.generation, packet, now);
    target.ids.start(packet.vp8);
    send_video(target, packet, now, output);
    catch_up(target, source, packet.sequence, now, output);
    return true;
}

/// The first packet of the key frame came late: the rest of it is in the history.
void Viewer::catch_up(Slot& target, const IncomingVideo& source, Sequence after, Time now, Output& output) {
    const Sequence end = std::min(source.window.highest(), after + PacketHistory::size);
    for (Sequence number = after + 1; number <= end && target.gate.open(); ++number) {
        if (const auto packet = source.history.find(number)) send_video(target, *packet, now, output);
    }
}

void Viewer::send_video(Slot& target, const MediaPacket& packet, Time now, Output& output) {
    if (!video_budget_.take(packet.payload.size() + outgoing_header_size + wire_overhead, now)) {
        target.gate.shut(now);
        target.video.stop();
        video_budget_.give(least_video_burst / 3);  // whether one less is enough, for the others
        return;
    }
    const auto header = target.video.place(packet, now);
    if (!header) return;
    target.video.count(packet.payload.size());
    send(*header, packet.payload, &target, &packet.vp8, now, output);
}

/// Padding is for probing the way to us and is left out; a late one has its number promised already and goes on.
void Viewer::leave_out(Slot& target, const MediaPacket& packet, Time now, Output& output) {
    if (target.video.skip(packet.sequence)) return;
    const auto header = target.video.place(packet, now);
    if (header) send_padding(*header, now, output);
}

void Viewer::send_padding(const RtpHeader& header, Time now, Output& output) {
    constexpr std::size_t size = outgoing_header_size + 1;
    write_rtp(scratch_.data(), header, log(size, now));
    scratch_[0] |= 0x20;
    scratch_[outgoing_header_size] = 1;
    output.send_rtp(name_, std::span{scratch_}.first(size));
}

/// On a track of sound: an empty one makes no browser ask for a key frame.
void Viewer::probe(Time now, Output& output) {
    if (now - last_sent_ >= probe_interval) send_padding(at(0).audio.insert(), now, output);
}

void Viewer::resend(int slot, std::uint16_t number, const IncomingVideo& source, Duration round_trip, Time now,
                    Output& output) {
    Slot& target = at(slot);
    if (target.video.generation() != source.generation) return;
    const auto wanted = target.video.source_of(number);
    const auto packet = wanted ? source.history.find(*wanted) : std::nullopt;
    if (!packet) return;
    const std::size_t bytes = outgoing_header_size + packet->payload.size() + wire_overhead;
    if (!resends_.allow(slot, number, bytes, std::max(round_trip, shortest_round_trip), now)) return;
    send(target.video.resend_header(number, *packet), packet->payload, &target, &packet->vp8, now, output);
}

void Viewer::interrupt() {
    for (Slot& slot : slots_) slot.video.stop();
}

bool Viewer::heard_feedback(const RtcpPacket& packet, Time now) {
    if (!feedback_.read(packet)) return false;
    answers_.heard();
    if (!rate_.heard(log_.read(feedback_), now)) return false;
    apply_cap();
    return true;
}

void Viewer::heard_report(const ReportBlock& block, Time now) {
    constexpr std::uint32_t usual_packets = 50;  // a second's worth; the block does not say how many it is about
    rate_.heard_loss(block.fraction_lost / 256.0, usual_packets, now);
}

void Viewer::step(Time now) {
    const bool held_back =
        std::any_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return !slot.gate.open(); });
    rate_.step(sent_.bits_per_second(now), held_back ? 2 * limits_.slow_viewer_floor : 0, now);
    apply_cap();
}

unsigned Viewer::divide(std::uint32_t audio, std::span<VideoShare, slots_per_viewer> videos, Time now) {
    for (std::size_t i = 0; i < videos.size(); ++i) videos[i].carried = slots_[i].carried;
    const auto left = [&](std::uint32_t link) { return link - std::min(audio, link); };
    choose_videos(left(rate_.sustained()), limits_.slow_viewer_floor, videos);
    divide_link(left(rate_.cap()), videos);
    unsigned reopened = 0;
    for (std::size_t i = 0; i < videos.size(); ++i) {
        Slot& slot = slots_[i];
        // Its sender hears of the limit a pause before the video comes back.
        if (!videos[i].carried || !slot.carried) slot.gate.shut(now);
        slot.carried = videos[i].carried;
        if (!slot.gate.open()) slot.video.stop();
        if (slot.carried && slot.gate.try_open(now)) reopened |= 1u << i;
        slot.limit.reset();
        if (slot.carried && videos[i].present) slot.limit = videos[i].limit;
    }
    return reopened;
}

std::optional<std::uint32_t> Viewer::limit(int slot) const {
    return slots_[static_cast<std::size_t>(slot)].limit;
}

void Viewer::report(RtcpWriter& writer, int slot, Kind kind, const IncomingStream& source, const RemoteClock& clock,
                    Time now) const {
    const Slot& target = slots_[static_cast<std::size_t>(slot)];
    const SlotTrack& track = kind == Kind::audio ? target.audio : target.video;
    if (!track.shows(source.generation)) return;
    const auto timestamp = source.clock.timestamp_at(now, clock, track.clock_rate());
    if (!timestamp) return;
    writer.sender_report({track.ssrc(), to_ntp(now), track.map_timestamp(*timestamp), track.packets(), track.octets()});
}

}  // namespace parley::rtp
