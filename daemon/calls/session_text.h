#pragma once
#include <cstddef>
#include <string_view>

namespace parley {

/// What a page may send for its connection (DESIGN, Limits).
constexpr std::size_t longest_sdp = std::size_t{64} * 1024;
constexpr std::size_t most_candidates = 20;
constexpr std::size_t longest_candidate = 1024;

/// A first look at a session description (RFC 8866): short enough, begins as one, has what ICE and DTLS need (P5).
/// The call process reads it in earnest.
bool looks_like_an_answer(std::string_view sdp);

/// The same for a candidate (RFC 8839), or the empty line that says that no more will come.
bool looks_like_a_candidate(std::string_view candidate);

}  // namespace parley
