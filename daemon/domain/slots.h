#pragma once
#include <vector>

#include "domain/model.h"

namespace parley {

/// When a class's slots begin: from its first one, every slot + gap, while the whole slot lies within the evening.
/// Pure; at most 1440 (a slot a minute for a day).
std::vector<Instant> slot_starts(const Evening&, const ClassOffer&);

/// Whether one begins exactly then.
bool is_slot_start(const Evening&, const ClassOffer&, Instant);

}  // namespace parley
