#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>

#include "rtp/ntp.h"
#include "rtp/rtcp.h"

namespace parley::rtp {

/// How far a browser's NTP clock is from ours: one for all the streams of a connection, so that their lips stay in
/// sync.
class RemoteClock {
public:
    void heard(std::uint64_t ntp, Time now) {
        const Duration difference = now.time_since_epoch() - ntp_duration(ntp);
        difference_ = difference_ ? std::min(*difference_, difference) : difference;
    }
    /// Precondition: heard() was called.
    [[nodiscard]] Time to_ours(std::uint64_t ntp) const { return Time{ntp_duration(ntp) + *difference_}; }

private:
    std::optional<Duration> difference_;  ///< the lowest one seen: the least delayed report
};

/// The last sender report of one incoming stream.
class SourceClock {
public:
    void heard(const SenderInfo& info, Time now) {
        last_ = info;
        at_ = now;
    }
    /// The source's RTP time at `now`; nothing before its first report.
    [[nodiscard]] std::optional<std::uint32_t> timestamp_at(Time now, const RemoteClock& clock,
                                                            std::uint32_t rate) const {
        if (!last_) return std::nullopt;
        const std::int64_t us = (now - clock.to_ours(last_->ntp)).count();
        const std::int64_t ticks = us / 1'000'000 * rate + us % 1'000'000 * rate / 1'000'000;
        return last_->timestamp + static_cast<std::uint32_t>(ticks);
    }
    /// LSR and DLSR for a report block about this stream.
    void fill(ReportBlock& block, Time now) const {
        if (!last_) return;
        block.last_sender_report = compact(last_->ntp);
        block.delay = to_compact_delay(now - at_);
    }

private:
    std::optional<SenderInfo> last_;
    Time at_{};
};

}  // namespace parley::rtp
