#pragma once
#include <string>

#include "mail/letter.h"

namespace parley {

/// The letter as plain text: complete by itself, links on lines of their own, lines ended by LF and never
/// broken for width (the mail program does that, and a broken line never flows again). Values that run
/// against the language's direction stand in Unicode isolates (UAX #9), so that they never reorder what is around them.
/// Pure.
std::string to_plain_text(const Letter&);

}  // namespace parley
