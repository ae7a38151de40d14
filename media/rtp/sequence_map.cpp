#include "rtp/sequence_map.h"

#include <algorithm>

namespace parley::rtp {

void SequenceMap::start(Sequence first) {
    first_ = first;
    highest_ = first - 1;
    offset_ = first - next_out_;
    sources_.fill(no_sequence);
}

void SequenceMap::reach(Sequence in) {
    for (Sequence at = std::max(highest_ + 1, in - size + 1); at <= in; ++at) offsets_[index(at)] = offset_;
    highest_ = in;
    next_out_ = in - offset_ + 1;
}

std::optional<Sequence> SequenceMap::map(Sequence in) {
    if (highest_ == no_sequence || in < first_ || in <= highest_ - size) return std::nullopt;
    if (in > highest_) reach(in);
    const Sequence offset = offsets_[index(in)];
    if (offset == skipped) return std::nullopt;
    const Sequence out = in - offset;
    sources_[index(out)] = in;
    return out;
}

bool SequenceMap::skip(Sequence in) {
    if (in < first_) return true;
    if (in <= highest_) return false;
    // What is missing before it still has its place: only this one number is closed up.
    if (in > highest_ + 1) reach(in - 1);
    offsets_[index(in)] = skipped;
    highest_ = in;
    ++offset_;
    return true;
}

Sequence SequenceMap::insert() {
    sources_[index(next_out_)] = no_sequence;
    --offset_;
    return next_out_++;
}

std::optional<Sequence> SequenceMap::source_of(std::uint16_t out) const {
    if (highest_ == no_sequence) return std::nullopt;
    const Sequence wanted = extend(next_out_ - 1, out);
    if (wanted >= next_out_ || wanted < next_out_ - size) return std::nullopt;
    const Sequence in = sources_[index(wanted)];
    if (in < first_ || in > highest_) return std::nullopt;
    const Sequence offset = offsets_[index(in)];
    // The cell may hold a packet of one ring round ago.
    if (in <= highest_ - size || offset == skipped || in - offset != wanted) return std::nullopt;
    return in;
}

}  // namespace parley::rtp
