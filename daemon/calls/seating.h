#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "calls/seating_effects.h"
#include "domain/call_desk.h"

namespace parley {

/// Who sits where in one call: a value that knows no process, no page and no clock. Every change is given the time and
/// answers what follows from it, in the order in which it has to happen. At most four are active at any time (M11): the
/// seated, those whose connection was lost less than `seat_kept` ago, and places held for the head of the queue (M12).
/// One identity has one seat or one place in the queue; the newest page of it counts (M9).
class Seating {
public:
    static constexpr int seats = 4;
    static constexpr std::size_t longest_queue = 16;
    static constexpr seconds seat_kept{30};     ///< after the connection was lost
    static constexpr seconds connect_time{20};  ///< from the claim to the first connection; then it counts as lost
    static constexpr seconds place_held{10};    ///< for the head of the queue; who misses it goes to the queue's end
    static constexpr seconds waiter_kept{15};   ///< without an event stream

    struct Claim {
        Identity who;
        std::string name;  ///< for the roster
        std::string page;
        bool resume{};
        bool online{};     ///< the page's event stream is open
        std::string seat;  ///< a fresh random name, used if the claim gives a seat
    };
    struct Seated {
        int index{};
        std::uint32_t connection{};  ///< counts up within the call; of several claims for a seat the highest is valid
    };
    struct Claimed {
        std::variant<Seated, QueuePlace, Refusal> answer;
        Effects effects;
    };
    struct Seat {
        int index{};
        Identity who;
        std::string name;
        std::string page;
        std::string handle;  ///< SeatOffer::seat
        std::uint32_t connection{};
        SeatStatus status;
        RosterEntry::Link link{};
        std::optional<Instant> deadline;  ///< of connecting, then of being lost
        bool offered{};                   ///< a claim for it was answered with an offer
        bool failed{};                    ///< its page was told that the connection cannot be had
        bool page_there{true};
    };
    struct Waiter {
        Identity who;
        std::string page;
        std::optional<Instant> held_until;  ///< a place is free for it
        std::optional<Instant> away_until;  ///< its event stream is gone
        int told_place{};
    };

    /// Refuses: taken_over, queue_full.
    Claimed claim(const Claim&, Instant now);
    /// Who is not there is ignored, here and below.
    Effects leave(Identity, Instant now);
    Effects stop_waiting(Identity, Instant now);
    /// Out of seat and queue, and told so (M8).
    Effects put_out(Identity, Instant now);
    Effects put_everybody_out(Instant now);

    /// Words about a connection that is not the seat's newest are ignored.
    void offered(int index, std::uint32_t connection);
    Effects connected(int index, std::uint32_t connection, Instant now);
    Effects lost(int index, std::uint32_t connection, Instant now);
    /// Like lost; the page knows why and is not asked to come back.
    Effects failed(int index, std::uint32_t connection, Instant now);
    /// The claim got no offer: a new seat is free again, one that was sat in before counts as lost.
    Effects offer_failed(int index, std::uint32_t connection, Instant now);

    void set_status(Identity, SeatStatus);
    Effects page_online(Identity, const std::string& page, Instant now);
    Effects page_offline(Identity, const std::string& page, Instant now);

    /// What is due at `now` happens.
    Effects tick(Instant now);
    [[nodiscard]] std::optional<Instant> next_deadline() const;

    [[nodiscard]] const std::vector<Seat>& seated() const { return seats_; }
    [[nodiscard]] const std::vector<Waiter>& waiting() const { return queue_; }
    [[nodiscard]] const Seat* find(Identity) const;
    [[nodiscard]] const Seat* at(int index) const;
    [[nodiscard]] int active() const;
    [[nodiscard]] bool empty() const { return seats_.empty() && queue_.empty(); }
    [[nodiscard]] std::vector<RosterEntry> people() const;

private:
    Claimed claim_again(Seat&, const Claim&, Instant now, Effects);
    Claimed claim_waiting(std::size_t place, const Claim&, Instant now, Effects);
    Claimed claim_anew(const Claim&, Instant now, Effects);
    Seated sit(const Claim&, Instant now, Effects&);
    Seated connect(Seat&, const Claim&, Instant now, Effects&);
    Claimed refuse(Refusal, Effects) const;
    void knock_out(Identity, const std::string& page, bool was_there, Effects&);
    void free_seat(Identity, Effects&);
    Effects lose(int index, std::uint32_t connection, bool failed, Instant now);
    void expire_seats(Instant now, Effects&);
    void expire_waiters(Instant now, Effects&);
    void let_in(Instant now, Effects&);
    void tell_places(Effects&);
    [[nodiscard]] int index_for(Identity) const;
    [[nodiscard]] int place_of(Identity) const;
    Seat* seat_of(Identity);
    Seat* seat_at(int index, std::uint32_t connection);
    Waiter* waiter_of(Identity);

    std::vector<Seat> seats_;
    std::vector<Waiter> queue_;             ///< first come first
    std::vector<std::string> knocked_out_;  ///< the last pages that were; they do not come back by themselves
    std::map<Identity, int> index_of_;      ///< where somebody sat last
    std::uint32_t connections_{};
};

}  // namespace parley
