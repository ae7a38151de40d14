#include <algorithm>
#include <string_view>

#include "rtp/room_impl.h"
#include "rtp/rtcp_buffer.h"

namespace parley::rtp {
namespace {

constexpr Duration report_interval = std::chrono::milliseconds(500);
/// A returning page that shows no picture in this time has none to show.
constexpr Duration takeover_patience = std::chrono::seconds(3);
constexpr std::uint32_t limit_step_percent = 5;

constexpr std::array<std::string_view, slots_per_viewer> slot_names{"slot0", "slot1", "slot2"};

}  // namespace

void Room::Impl::tick(Time now, Output& output) {
    now_ = std::max(now_, now);
    for (const auto& connection : connections_) {
        check_liveness(*connection, now, output);
        check_takeover(*connection, now, output);
        connection->publisher.ask(now, connection->round_trip, output);
        connection->publisher.feed_back(now, output);
        if (now >= connection->next_report) send_report(*connection, now, output);
    }
    if (now >= next_rate_control_) control_rates(now, output);
}

Time Room::Impl::next_deadline() const {
    if (connections_.empty()) return never;
    Time due = next_rate_control_;
    for (const auto& connection : connections_) {
        due = std::min({due, connection->publisher.next_deadline(now_), connection->next_report});
        if (!connection->lost) due = std::min(due, connection->last_heard + limits_.liveness);
    }
    return due;
}

void Room::Impl::check_liveness(Connection& connection, Time now, Output& output) {
    if (connection.lost || now - connection.last_heard < limits_.liveness) return;
    connection.lost = true;
    connection.viewer.interrupt();
    output.lost(connection.name);
}

/// A page without a camera never sends a key frame; it takes its seat over all the same.
void Room::Impl::check_takeover(Connection& connection, Time now, Output& output) {
    if (connection.visible || !connection.first_heard || now - *connection.first_heard < takeover_patience) return;
    Seat& own = seat(connection.name.seat);
    const bool is_newest = newest(connection.name.seat) == &connection;
    if (!is_newest || !newest(connection.name.seat, &connection)) return;
    own.audio = own.video = &connection;
    take_over(connection, output);
}

/// And whatever makes the browser answer.
void Room::Impl::send_report(Connection& connection, Time now, Output& output) {
    connection.next_report = now + report_interval;
    RtcpBuffer buffer;
    RtcpWriter writer = buffer.writer();
    std::array<ReportBlock, 2> blocks;
    const std::size_t count = connection.publisher.report(now, blocks);
    writer.receiver_report(Layout::own_ssrc, std::span{blocks}.first(count));
    for (int slot = 0; slot < slots_per_viewer; ++slot) {
        const Seat& shown = seat(seat_of(connection.name.seat, slot));
        const auto report = [&](Connection* source, Kind kind, const IncomingStream* stream) {
            if (stream) connection.viewer.report(writer, slot, kind, *stream, source->publisher.clock(), now);
        };
        if (shown.audio) report(shown.audio, Kind::audio, shown.audio->publisher.audio());
        if (shown.video) report(shown.video, Kind::video, shown.video->publisher.video());
    }
    writer.source_description(Layout::own_ssrc, "parley");
    for (int slot = 0; slot < slots_per_viewer; ++slot) {
        const auto name = slot_names[static_cast<std::size_t>(slot)];
        writer.source_description(Layout::slot_audio_ssrc(slot), name);
        writer.source_description(Layout::slot_video_ssrc(slot), name);
    }
    output.send_rtcp(connection.name, writer.compound());
    connection.viewer.probe(now, output);
}

void Room::Impl::control_rates(Time now, Output& output) {
    next_rate_control_ = now + RateControl::interval;
    for (const auto& connection : connections_) {
        connection->viewer.step(now);
        divide(*connection, now);
    }
    tell_limits(now, output);
}

void Room::Impl::divide(Connection& viewer, Time now) {
    std::array<VideoShare, slots_per_viewer> videos{};
    std::uint32_t audio = 0;
    for (int slot = 0; slot < slots_per_viewer; ++slot) {
        const Seat& shown = seat(seat_of(viewer.name.seat, slot));
        if (shown.audio && shown.audio->publisher.audio()) {
            audio += shown.audio->publisher.audio()->rate.bits_per_second(now);
        }
        IncomingVideo* video = shown_video(viewer, slot);
        if (!video || !sends(*video, now)) continue;
        auto& share = videos[static_cast<std::size_t>(slot)];
        share.present = true;
        share.bitrate = video->rate.bits_per_second(now);
    }
    const unsigned reopened = viewer.viewer.divide(audio, videos, now);
    for (int slot = 0; slot < slots_per_viewer; ++slot) {
        IncomingVideo* video = reopened >> slot & 1 ? shown_video(viewer, slot) : nullptr;
        if (video) video->key_frames.want();
    }
}

std::uint32_t Room::Impl::limit_of(int shown) const {
    std::uint32_t limit = limits_.max_bitrate;
    for (const auto& viewer : connections_) {
        if (viewer->name.seat == shown || viewer->lost || viewer->superseded) continue;
        limit = std::min(limit, viewer->viewer.limit(slot_of(viewer->name.seat, shown)).value_or(limit));
    }
    return std::max({limit, limits_.slow_viewer_floor, limits_.min_bitrate});
}

void Room::Impl::tell_limits(Time, Output& output) {
    for (int index = 0; index < seats; ++index) {
        Seat& own = seat(index);
        if (!own.video) continue;
        const std::uint32_t limit = std::min(limit_of(index), limits_.max_bitrate);
        const std::uint32_t change = limit > own.told_limit ? limit - own.told_limit : own.told_limit - limit;
        if (std::uint64_t{change} * 100 < std::uint64_t{own.told_limit} * limit_step_percent) continue;
        own.told_limit = limit;
        output.sender_limit(index, limit);
    }
}

}  // namespace parley::rtp
