#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/instant.h"
#include "calls/call_process.h"
#include "calls/port_slices.h"
#include "calls/seating.h"

namespace parley {

struct CallsSettings;

/// A live call's line to its process, whichever that is at the moment: asks for one offer a seat at a time however
/// often the seat is claimed meanwhile, and asks anew when the process was replaced. Loop thread only.
class CallLine {
public:
    /// After a connection was given up before its offer came, the seat's next one waits this long: making one is work.
    static constexpr milliseconds pause{250};
    /// A seat gets at most so many offers in such a time: one that is claimed again and again must not use up the
    /// ports of the call, which are free only once a connection is torn down.
    static constexpr std::size_t most_offers = 4;
    static constexpr seconds offers_time{2};

    explicit CallLine(PortLease ports) : ports_{std::move(ports)} {}
    ~CallLine();
    CallLine(const CallLine&) = delete;
    CallLine& operator=(const CallLine&) = delete;

    /// Configures it and asks for the offers that are wanted.
    void give(std::unique_ptr<CallProcess>, const CallsSettings&, Instant now);
    /// It is dead. The ports stay; no offer is wanted any more.
    void lose();
    /// The process ends kindly, and the ports are free once it is gone.
    void end();
    [[nodiscard]] bool has_process() const { return process_ != nullptr; }
    [[nodiscard]] int pid() const { return process_ ? process_->pid() : 0; }

    void connect(int index, std::uint32_t connection, Instant now);
    void disconnect(int index, Instant now);
    /// Nobody waits for the seat's offer any more.
    void give_up(int index) { at(index).wanted = at(index).asked = 0; }
    /// An offer came, or will not come. The connection's number if it is the one that the seat wants.
    [[nodiscard]] bool answered(const media::ConnectionName&, Instant now);
    /// Whether the connection has its offer already, so that what its page answers can be passed on.
    [[nodiscard]] bool stands(int index, std::uint32_t connection) const;
    /// False when the process would not understand it.
    bool pass_on(const media::ToCall&);

    void tick(Instant now);
    [[nodiscard]] std::optional<Instant> next_deadline() const;

private:
    struct SeatLine {
        std::uint32_t wanted{};  ///< 0: the seat is empty
        std::uint32_t asked{};   ///< an offer for it is on its way
        std::uint32_t offered{};
        std::optional<Instant> not_before;
        std::array<Instant, most_offers> asked_at{};  ///< the last times, from `oldest` on
        std::size_t oldest{};
    };
    void ask(int index, Instant now);
    SeatLine& at(int index) { return seats_.at(static_cast<std::size_t>(index)); }

    PortLease ports_;
    std::unique_ptr<CallProcess> process_;
    std::array<SeatLine, Seating::seats> seats_;
};

}  // namespace parley
