#pragma once
#include <algorithm>

#include "base/instant.h"

namespace parley {

/// How long a call whose process died waits for the next one: not at all, unless they die one after the other. What
/// killed it may come again with the first page that is back; then the others, and the box, get some calm in between.
class RestartPause {
public:
    static constexpr int at_once = 3;  ///< so many in a row are replaced without a pause
    static constexpr seconds shortest{1};
    static constexpr seconds longest{8};
    static constexpr seconds forgotten{60};  ///< after so long without another death

    /// One died: the pause before the next.
    seconds died(Instant now) {
        if (now - last_ > forgotten) in_a_row_ = 0;
        last_ = now;
        if (++in_a_row_ <= at_once) return seconds{0};
        return std::min(shortest * (1 << std::min(in_a_row_ - at_once - 1, 10)), longest);
    }

private:
    int in_a_row_{};
    Instant last_{};
};

}  // namespace parley
