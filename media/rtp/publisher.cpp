#include "rtp/publisher.h"

#include <algorithm>

#include "rtp/rtcp_buffer.h"

namespace parley::rtp {
namespace {

constexpr Duration feedback_interval = std::chrono::milliseconds(60);
/// Another SSRC takes over only from a silent one, so that two of them cannot take turns.
constexpr Duration ssrc_hold = std::chrono::milliseconds(500);
constexpr std::size_t most_nacks = 64;  ///< in one packet

template <class Stream>
bool belongs_to_another(const std::optional<Stream>& stream, std::uint32_t ssrc, Time now) {
    return stream && stream->ssrc != ssrc && now - stream->last < ssrc_hold;
}

/// Takes an accepted packet's number and figures; nothing for a duplicate.
std::optional<Sequence> take(IncomingStream& stream, const RtpHeader& header, std::size_t bytes, Time now) {
    const auto number = stream.window.accept(header.sequence);
    if (!number) return std::nullopt;
    stream.last = now;
    stream.rate.add(outgoing_header_size + bytes + wire_overhead, now);
    stream.stats.received(*number, header.timestamp, now);
    return number;
}

}  // namespace

std::optional<Publisher::Accepted> Publisher::receive(std::span<const std::uint8_t> packet, Time now,
                                                      std::uint32_t& generations) {
    const auto header = parse_rtp(packet);
    if (!header) return std::nullopt;
    if (header->transport_sequence) {
        if (!arrivals_.news()) next_feedback_ = std::max(next_feedback_, now + feedback_interval / 3);
        arrivals_.record(*header->transport_sequence, now);
    }
    const auto payload = packet.subspan(header->payload_offset, header->payload_size);
    if (payload.size() > PacketHistory::largest_payload) return std::nullopt;
    if (header->payload_type == Layout::opus_payload) return receive_audio(*header, payload, now, generations);
    if (header->payload_type == Layout::vp8_payload) return receive_video(*header, payload, now, generations);
    return std::nullopt;
}

std::optional<Publisher::Accepted> Publisher::receive_audio(const RtpHeader& header,
                                                            std::span<const std::uint8_t> payload, Time now,
                                                            std::uint32_t& generations) {
    if (belongs_to_another(audio_, header.ssrc, now)) return std::nullopt;
    if (!sound_budget_.take(outgoing_header_size + payload.size() + wire_overhead, now)) return std::nullopt;
    if (!audio_ || audio_->ssrc != header.ssrc) audio_.emplace(header.ssrc, ++generations, Layout::opus_clock);
    const auto number = take(*audio_, header, payload.size(), now);
    if (!number) return std::nullopt;
    return Accepted{Kind::audio, {*number, header.timestamp, header.marker, payload, {}}};
}

std::optional<Publisher::Accepted> Publisher::receive_video(const RtpHeader& header,
                                                            std::span<const std::uint8_t> payload, Time now,
                                                            std::uint32_t& generations) {
    const auto vp8 = parse_vp8(payload);
    if (!vp8 && !payload.empty()) return std::nullopt;
    if (belongs_to_another(video_, header.ssrc, now)) return std::nullopt;
    if (!video_ || video_->ssrc != header.ssrc) {
        video_.emplace(header.ssrc, ++generations, Layout::vp8_clock, limits_.key_frame_interval);
    }
    const auto number = take(*video_, header, payload.size(), now);
    if (!number) return std::nullopt;
    const MediaPacket packet{*number, header.timestamp, header.marker, payload, vp8.value_or(Vp8Payload{})};
    video_->nacks.received(*number, now);
    if (video_->nacks.take_unrecoverable()) video_->key_frames.want();
    if (packet.vp8.key_frame) {
        video_->nacks.key_frame(*number);
        video_->key_frames.arrived();
    }
    if (!payload.empty()) video_->history.keep(packet);
    return Accepted{Kind::video, packet};
}

void Publisher::heard(const SenderInfo& info, Time now) {
    IncomingStream* stream = nullptr;
    if (audio_ && audio_->ssrc == info.ssrc) stream = &*audio_;
    if (video_ && video_->ssrc == info.ssrc) stream = &*video_;
    if (!stream || info.ntp == 0) return;
    stream->clock.heard(info, now);
    clock_.heard(info.ntp, now);
}

bool Publisher::write_nack(RtcpWriter& writer, Time now, Duration round_trip) {
    if (video_->nacks.next_due() > now) return false;
    std::array<std::uint16_t, most_nacks> numbers;
    const std::size_t count = video_->nacks.collect(now, round_trip, numbers);
    if (video_->nacks.take_unrecoverable()) video_->key_frames.want();
    return count > 0 && writer.nack(Layout::own_ssrc, video_->ssrc, std::span{numbers}.first(count));
}

bool Publisher::write_picture_loss(RtcpWriter& writer, Time now, Duration round_trip) {
    if (video_->key_frames.due() > now) return false;
    if (!sends(*video_, now)) {  // nobody there to answer; its next frame will show whether it has to be asked
        video_->key_frames.arrived();
        return false;
    }
    video_->key_frames.asked(now, round_trip);
    return writer.picture_loss(Layout::own_ssrc, video_->ssrc);
}

void Publisher::ask(Time now, Duration round_trip, Output& output) {
    if (!video_ || (video_->nacks.next_due() > now && video_->key_frames.due() > now)) return;
    RtcpBuffer buffer;
    RtcpWriter writer = buffer.writer();
    writer.receiver_report(Layout::own_ssrc, {});
    const bool nack = write_nack(writer, now, round_trip);
    const bool picture_loss = write_picture_loss(writer, now, round_trip);
    if (nack || picture_loss) output.send_rtcp(name_, writer.compound());
}

void Publisher::feed_back(Time now, Output& output) {
    if (!arrivals_.news() || now < next_feedback_) return;
    next_feedback_ = now + feedback_interval;
    if (!video_ && !audio_) return;
    const std::uint32_t media = video_ ? video_->ssrc : audio_->ssrc;
    for (int packets = 0; packets < 4; ++packets) {  // more than the log can hold
        RtcpBuffer buffer;
        RtcpWriter writer = buffer.writer();
        writer.receiver_report(Layout::own_ssrc, {});
        const std::size_t bytes = arrivals_.write(writer.room(), Layout::own_ssrc, media);
        if (bytes == 0) return;
        writer.add(bytes);
        output.send_rtcp(name_, writer.compound());
    }
}

std::size_t Publisher::report(Time now, std::span<ReportBlock, 2> out) {
    std::size_t count = 0;
    const auto add = [&](IncomingStream& stream) {
        if (!sends(stream, now)) return;
        out[count] = stream.stats.report();
        out[count].ssrc = stream.ssrc;
        stream.clock.fill(out[count++], now);
    };
    if (audio_) add(*audio_);
    if (video_) add(*video_);
    return count;
}

Time Publisher::next_deadline(Time now) const {
    Time due = arrivals_.news() ? next_feedback_ : never;
    if (video_) due = std::min(due, video_->nacks.next_due());
    if (video_ && sends(*video_, now)) due = std::min(due, video_->key_frames.due());
    return due;
}

double Publisher::loss() const {
    return std::max(audio_ ? audio_->stats.loss() : 0, video_ ? video_->stats.loss() : 0);
}

std::uint32_t Publisher::bitrate(Time now) {
    return (audio_ ? audio_->rate.bits_per_second(now) : 0) + (video_ ? video_->rate.bits_per_second(now) : 0);
}

}  // namespace parley::rtp
