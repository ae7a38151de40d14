#include "calls/session_text.h"

#include <algorithm>

namespace parley {

bool looks_like_an_answer(std::string_view sdp) {
    const auto has = [&](std::string_view line) { return sdp.find(line) != std::string_view::npos; };
    return sdp.size() <= longest_sdp && sdp.starts_with("v=0") && has("\nm=") && has("\na=ice-ufrag:") &&
           has("\na=ice-pwd:") && has("\na=fingerprint:");
}

bool looks_like_a_candidate(std::string_view candidate) {
    const auto printable = [](char each) { return each >= ' ' && each <= '~'; };
    return candidate.size() <= longest_candidate && std::ranges::all_of(candidate, printable) &&
           (candidate.empty() || candidate.starts_with("candidate:"));
}

}  // namespace parley
