#pragma once
#include <cstdlib>

/// A broken invariant is a crash, so that the fuzzer keeps its input.
inline void check(bool holds) {
    if (!holds) std::abort();
}
