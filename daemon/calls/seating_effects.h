#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "domain/ids.h"

/// What follows from a change of the seating: words to the call process and to pages.
namespace parley::effect {

/// The seat gets a new connection.
struct Connect {
    int index{};
    std::uint32_t connection{};
};
/// The seat is empty, or about to be somebody else's page's: all its connections end.
struct Disconnect {
    int index{};
};
/// A newer page of the same person took the seat or the place in the queue (M9).
struct KnockedOut {
    std::string page;
};
/// Two pages wanted one person's seat at the same time: who granted the access should know (M9).
struct Contested {
    Identity who;
};
struct Removed {
    std::string page;
};
struct LetIn {
    std::string page;
    Instant until;
};
struct Moved {
    std::string page;
    int place{};
};
/// The page was away for too long and has to claim again.
struct Expired {
    std::string page;
    const char* reason{""};  ///< seat_lost, place_lost
};

}  // namespace parley::effect

namespace parley {

using Effect = std::variant<effect::Connect, effect::Disconnect, effect::KnockedOut, effect::Contested, effect::Removed,
                            effect::LetIn, effect::Moved, effect::Expired>;
using Effects = std::vector<Effect>;

}  // namespace parley
