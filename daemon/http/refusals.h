#pragma once
#include "domain/refusal.h"

namespace parley {

/// How a "no" goes over the line. `sentence` says what happened and what to do next, in English; pages show their own
/// for `name`.
struct RefusalText {
    int status;        ///< RFC 9110
    const char* name;  ///< as in daemon/domain/refusal.h
    const char* sentence;
};

RefusalText describe(Refusal);

}  // namespace parley
