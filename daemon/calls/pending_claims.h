#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>

#include "calls/deadline.h"
#include "calls/seating.h"
#include "domain/call_desk.h"

namespace parley {

using ClaimDone = std::function<void(Outcome<ClaimAnswer>)>;

/// Claims that have a seat and wait for its offer: at most one a seat. Whoever takes one out answers it.
class PendingClaims {
public:
    /// Within this time a claim is answered, whatever happens; a little less than CallDesk promises.
    static constexpr milliseconds patience{4500};

    struct Pending {
        int index{};
        std::uint32_t connection{};
        std::string page;
        Instant deadline;
        ClaimDone done;
    };

    /// The one that had the seat before, if any.
    std::optional<Pending> put(Pending pending) { return std::exchange(at(pending.index), std::move(pending)); }
    [[nodiscard]] const Pending* find(int index) const {
        const auto& found = pending_.at(static_cast<std::size_t>(index));
        return found ? &*found : nullptr;
    }
    std::optional<Pending> take(int index) { return std::exchange(at(index), std::nullopt); }
    /// Only if it is this connection's.
    std::optional<Pending> take(int index, std::uint32_t connection) {
        const auto* found = find(index);
        return found != nullptr && found->connection == connection ? take(index) : std::nullopt;
    }
    std::optional<Pending> take_due(Instant now) {
        for (auto& pending : pending_) {
            if (pending && pending->deadline <= now) return std::exchange(pending, std::nullopt);
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<Instant> next_deadline() const {
        std::optional<Instant> next;
        for (const auto& pending : pending_) {
            if (pending) keep_earlier(next, pending->deadline);
        }
        return next;
    }

private:
    std::optional<Pending>& at(int index) { return pending_.at(static_cast<std::size_t>(index)); }

    std::array<std::optional<Pending>, Seating::seats> pending_;
};

}  // namespace parley
