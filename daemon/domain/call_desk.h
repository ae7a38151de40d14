#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/admission.h"
#include "domain/ids.h"
#include "domain/outcome.h"

namespace parley {

/// A place for oneself or a place in the queue: what claiming a seat gives (M9, M11, M12).
struct SeatClaim {
    CallTicket ticket;
    std::string page;    ///< the claiming page's own random name; ties the claim to that page's event stream
    bool resume{false};  ///< the page comes back by itself: never knocks another page out (M9)
};
struct SeatOffer {
    std::string seat;  ///< random name of this connection's seat, for the requests that follow
    int index{};       ///< 0..3, fixed while the person is in the call
    std::string sdp;   ///< the offer with all candidates
};
struct QueuePlace {
    int place{};  ///< 1 is next
};
struct ClaimAnswer {
    std::optional<SeatOffer> offer;  ///< else `queue` counts
    QueuePlace queue;
};
struct SeatStatus {
    bool muted{};
    bool camera_off{};
};
struct RosterEntry {
    int index{};
    Role role{};
    std::string name;
    SeatStatus status;
    enum class Link { connecting, connected, lost } link{};
};
struct Roster {
    AppointmentId call;
    std::vector<RosterEntry> people;
    int waiting{};
};
struct RemoteCandidate {
    unsigned mline{};
    std::string candidate;
};

/// Seats of every live call. Loop thread only; `done` is called on the loop thread, once, within 5 s.
/// Implemented by calls, used by http. Every function on a seat refuses with seat_gone when the seat is not that
/// identity's.
class CallDesk {
public:
    virtual ~CallDesk() = default;
    /// Refuses: taken_over (resume while another page of this identity sits), queue_full, box_full, media_unavailable.
    virtual void claim(SeatClaim, std::function<void(Outcome<ClaimAnswer>)> done) = 0;
    virtual Outcome<Done> answer(Identity, const std::string& seat, std::string sdp) = 0;
    virtual Outcome<Done> add_candidates(Identity, const std::string& seat, std::vector<RemoteCandidate>) = 0;
    virtual Outcome<Done> set_status(Identity, const std::string& seat, SeatStatus) = 0;
    virtual Outcome<Done> leave(Identity, const std::string& seat) = 0;
    /// Gives up a place in the queue.
    virtual void stop_waiting(AppointmentId, Identity) = 0;
    /// Out of every call and queue at once, each page told `removed` (M8).
    virtual void put_out(Identity) = 0;
    /// Out of one call (the appointment was cancelled): everybody there is told `removed`.
    virtual void close_call(AppointmentId) = 0;
    [[nodiscard]] virtual Roster roster(AppointmentId) const = 0;
    /// The event stream of a page came or went: a waiter without a stream loses its place after 15 s.
    virtual void page_online(Identity, const std::string& page) = 0;
    virtual void page_offline(Identity, const std::string& page) = 0;
};

}  // namespace parley
