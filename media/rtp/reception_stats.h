#pragma once
#include <cstdint>

#include "rtp/rtcp.h"
#include "rtp/sequence.h"
#include "rtp/time.h"

namespace parley::rtp {

/// Loss and jitter of one incoming stream for its report blocks, RFC 3550 appendix A.3 and A.8.
class ReceptionStats {
public:
    explicit ReceptionStats(std::uint32_t clock_rate) : clock_rate_(clock_rate) {}

    /// Every accepted packet once.
    void received(Sequence, std::uint32_t timestamp, Time now);
    /// Fills in everything except the SSRC, LSR and DLSR; the fraction lost is that since the last call.
    ReportBlock report();
    /// Between 0 and 1, since the report before.
    [[nodiscard]] double loss() const { return loss_; }

private:
    void measure_jitter(std::uint32_t timestamp, Time now);

    std::uint32_t clock_rate_;
    Sequence first_{no_sequence};
    Sequence highest_{no_sequence};
    std::int64_t received_{};
    std::int64_t reported_expected_{};
    std::int64_t reported_received_{};
    std::uint32_t last_transit_{};
    bool has_transit_{};
    double jitter_{};
    double loss_{};
};

}  // namespace parley::rtp
