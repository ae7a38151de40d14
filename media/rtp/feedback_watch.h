#pragma once
#include <optional>

#include "rtp/time.h"

namespace parley::rtp {

/// Notices that a viewer who used to answer with transport-cc feedback does not any more: their link is full or gone,
/// and more video would only wait in its queue. After a while it lets some through again, to see.
class FeedbackWatch {
public:
    static constexpr Duration patience = std::chrono::milliseconds(1500);
    static constexpr Duration retry = std::chrono::milliseconds(3500);

    void sent(Time now) {
        if (!unanswered_) unanswered_ = now;
    }
    void heard() {
        answers_ = true;
        unanswered_.reset();
    }
    bool stalled(Time now) {
        if (unanswered_ && now - *unanswered_ > retry) unanswered_.reset();
        return answers_ && unanswered_ && now - *unanswered_ > patience;
    }

private:
    bool answers_{};
    std::optional<Time> unanswered_;  ///< when the first packet without an answer was sent
};

}  // namespace parley::rtp
