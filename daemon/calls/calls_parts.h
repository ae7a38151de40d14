#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "calls/calls.h"
#include "calls/live_call.h"
#include "calls/port_slices.h"
#include "calls/spare_process.h"
#include "calls/undertaker.h"

namespace parley {

/// The inside of Calls, in the order of construction.
struct Calls::Parts {
    Parts(boost::asio::io_context&, Clock&, Store&, PageEvents&, Log&, CallsSettings);

    /// The call, opened if need be; nothing when the box is full.
    LiveCall* open(const CallTicket&);
    LiveCall* find(AppointmentId);
    /// The call in which this identity has this seat, and the seat.
    std::pair<LiveCall*, const Seating::Seat*> find(Identity, const std::string& seat);
    void refuse(ClaimDone, Refusal);
    void tick();
    /// Processes go where they are needed, and the timer to the next deadline.
    void arrange();
    void serve();
    /// While the last ports are in use, a call that nobody is in gives its own back at once.
    void make_room();
    [[nodiscard]] SpareProcess* ready_spare();
    [[nodiscard]] LiveCall* neediest();
    void arm_timer();
    void drop_over();
    void note_contest(Identity);

    using Page = std::pair<Identity, std::string>;
    static constexpr std::size_t most_pages = 8192;  ///< twice the connections that http takes

    boost::asio::io_context& io;
    std::shared_ptr<bool> alive{std::make_shared<bool>(true)};
    CallsSurroundings around;
    PortSlices slices;
    Undertaker undertaker;
    std::set<Page> online;
    std::map<AppointmentId, std::unique_ptr<LiveCall>> calls;
    boost::asio::steady_timer timer;
    std::vector<std::unique_ptr<SpareProcess>> spares;
};

}  // namespace parley
