#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "calls/calls_settings.h"
#include "domain/call_desk.h"
#include "domain/page_events.h"

namespace boost::asio {
class io_context;
}

namespace parley {

class Store;

/// Every live call of the box: who sits where, and the parley-call processes that carry them, one a call and some
/// warm spares. Loop thread only; that thread starts the processes. `done` of a claim is always called by a later turn
/// of the loop, and not at all once this object is gone.
class Calls final : public CallDesk {
public:
    /// Starts the spares. Throws with a sentence when the program cannot be started or the port range is too
    /// small. Everything given by reference outlives this, and the io_context is run by the thread that made it.
    Calls(boost::asio::io_context&, Clock&, Store&, PageEvents&, Log&, CallsSettings);
    /// Ends every process and waits for them all: three seconds, and some more for those that have to be killed.
    ~Calls() override;
    Calls(const Calls&) = delete;
    Calls& operator=(const Calls&) = delete;

    void claim(SeatClaim, std::function<void(Outcome<ClaimAnswer>)> done) override;
    Outcome<Done> answer(Identity, const std::string& seat, std::string sdp) override;
    Outcome<Done> add_candidates(Identity, const std::string& seat, std::vector<RemoteCandidate>) override;
    Outcome<Done> set_status(Identity, const std::string& seat, SeatStatus) override;
    Outcome<Done> leave(Identity, const std::string& seat) override;
    void stop_waiting(AppointmentId, Identity) override;
    void put_out(Identity) override;
    void close_call(AppointmentId) override;
    [[nodiscard]] Roster roster(AppointmentId) const override;
    void page_online(Identity, const std::string& page) override;
    void page_offline(Identity, const std::string& page) override;

    /// What is due happens. The loop's own timer does this; who turns the clock by hand calls it.
    void tick();

    struct Figures {
        std::size_t live{};         ///< calls that somebody is in, or was a moment ago
        std::size_t free_slices{};  ///< calls that could be opened still
        std::vector<int> spares;    ///< the warm processes
    };
    [[nodiscard]] Figures figures() const;
    /// The process that carries a call; 0 when there is none.
    [[nodiscard]] int pid_of(AppointmentId) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace parley
