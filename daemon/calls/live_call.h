#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calls/call_line.h"
#include "calls/calls_surroundings.h"
#include "calls/pending_claims.h"
#include "calls/restart_pause.h"
#include "calls/seating.h"
#include "domain/call_desk.h"

namespace parley {

/// One call that somebody is in or waits for: carries what the seating decides to the process and to the pages, and
/// back. Functions by handle refuse with seat_gone. Loop thread only.
class LiveCall {
public:
    /// A call that nobody is in ends its process after this time.
    static constexpr seconds idle_time{60};
    static constexpr minutes last_minute{1};

    LiveCall(CallsSurroundings&, const CallTicket&, PortLease, Instant now);

    void claim(SeatClaim, bool online, ClaimDone);
    Outcome<Done> answer(const Seating::Seat&, std::string sdp);
    Outcome<Done> add_candidates(const Seating::Seat&, std::vector<RemoteCandidate>);
    void set_status(Identity, SeatStatus);
    void leave(Identity);
    void stop_waiting(Identity);
    void put_out(Identity);
    void put_everybody_out();
    void page_online(Identity, const std::string& page);
    void page_offline(Identity, const std::string& page);

    [[nodiscard]] const Seating::Seat* find(Identity who) const { return seating_.find(who); }
    [[nodiscard]] Roster roster() const;

    [[nodiscard]] bool needs_process() const {
        return !over_ && !line_.has_process() && !restart_at_ && !seating_.seated().empty();
    }
    /// When the first claim that waits for an offer gives up; far away when none does.
    [[nodiscard]] Instant patience_ends() const { return pending_.next_deadline().value_or(Instant::max()); }
    void give(std::unique_ptr<CallProcess>);
    [[nodiscard]] int pid() const { return line_.pid(); }

    /// Nobody is in it or waits for it.
    [[nodiscard]] bool idle() const { return !over_ && idle_since_; }
    void end_idle();

    void tick(Instant now);
    [[nodiscard]] std::optional<Instant> next_deadline() const;
    /// Nothing will happen here any more; the ports are given back as soon as the process is gone.
    [[nodiscard]] bool over() const { return over_; }

private:
    void said(const media::FromCall&);
    void hear(const media::Offer&);
    void hear(const media::Link&);
    void hear(const media::SenderLimit&);
    template <class Other>
    void hear(const Other&) {}
    void process_ended(const std::string& why);

    void carry_out(Effects);
    void carry_out_one(const effect::Connect&);
    void carry_out_one(const effect::Disconnect&);
    void carry_out_one(const effect::KnockedOut&);
    void carry_out_one(const effect::Contested&);
    void carry_out_one(const effect::Removed&);
    void carry_out_one(const effect::LetIn&);
    void carry_out_one(const effect::Moved&);
    void carry_out_one(const effect::Expired&);
    void publish_roster();
    void tell_schedules(const Roster&);

    void wait_for_offer(const SeatClaim&, const Seating::Seated&, ClaimDone);
    void reply(ClaimDone, Outcome<ClaimAnswer>);
    void reply_to(std::optional<PendingClaims::Pending>, Outcome<ClaimAnswer>);
    void fail_due_claims(Instant now);

    void take_times(const CallTicket&);
    void tell_clock(Instant now);
    [[nodiscard]] std::optional<Instant> next_clock() const;
    void refresh_times(Instant now);
    void close(Instant now);
    [[nodiscard]] std::optional<AppointmentId> next_of(Identity) const;

    CallsSurroundings& around_;
    AppointmentId id_;
    std::vector<PersonId> teachers_;
    Instant starts_at_;
    Instant ends_at_;
    Instant closes_at_;
    Instant clock_told_;  ///< events about times up to here were sent
    Seating seating_;
    PendingClaims pending_;
    CallLine line_;
    std::map<Identity, std::optional<AppointmentId>> next_;  ///< as their tickets said
    std::deque<Effect> effects_;
    bool carrying_out_{false};
    std::string roster_told_;
    std::pair<std::size_t, int> presence_told_;  ///< how many are in it, and how many wait
    std::optional<Instant> idle_since_;
    RestartPause restart_pause_;
    std::optional<Instant> restart_at_;  ///< processes died one after the other: no next one before
    bool over_{false};
};

}  // namespace parley
