#include "rtp/arrival_log.h"

#include <algorithm>

namespace parley::rtp {
namespace {

constexpr std::size_t most_in_one = 400;

}  // namespace

void ArrivalLog::forget(Sequence from, Sequence to) {
    for (Sequence at = std::max(from, to - size); at < to; ++at) arrivals_[index(at)] = missing;
}

void ArrivalLog::record(std::uint16_t transport_sequence, Time now) {
    if (highest_ == no_sequence) {
        arrivals_.fill(missing);
        highest_ = next_ = transport_sequence;
    }
    const Sequence number = extend(highest_, transport_sequence);
    if (number <= highest_ - size) return;
    if (number > highest_) {
        forget(highest_ + 1, number);
        highest_ = number;
        next_ = std::max(next_, highest_ - size + 1);
    } else if (number < next_) {
        next_ = number;  // late: told again from here, this time as received
    }
    arrivals_[index(number)] = now.time_since_epoch() / TransportCcFeedback::tick;
    news_ = true;
}

std::size_t ArrivalLog::write(std::span<std::uint8_t> out, std::uint32_t sender, std::uint32_t media) {
    std::array<std::int64_t, most_in_one> arrivals;
    while (news_ && next_ <= highest_) {
        const auto wanted = static_cast<std::size_t>(std::min<Sequence>(highest_ - next_ + 1, most_in_one));
        for (std::size_t i = 0; i < wanted; ++i) arrivals[i] = arrivals_[index(next_ + static_cast<Sequence>(i))];
        std::size_t covered = 0;
        const std::size_t bytes = write_transport_cc(out, {sender, media, static_cast<std::uint16_t>(next_), count_},
                                                     std::span{arrivals}.first(wanted), covered);
        if (bytes == 0 && wanted < most_in_one) break;  // no room
        next_ += static_cast<Sequence>(bytes == 0 ? wanted : covered);
        if (bytes == 0) continue;  // a stretch in which nothing arrived
        ++count_;
        return bytes;
    }
    news_ = false;
    return 0;
}

}  // namespace parley::rtp
