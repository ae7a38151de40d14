#include <cppunit/extensions/HelperMacros.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "calls/seating_fixture.h"

using namespace parley;

namespace {

/// One thing that may happen; the numbers choose among whom and what there is.
struct Happening {
    int kind;
    int who;
    int what;
};

/// Lets things happen to a table and keeps its own books of what must be true after each.
class Trial {
public:
    void happen(const Happening& it) {
        const auto before = waiting();
        take_note(carry_out(it));
        check_seats();
        check_queue(before);
        check_nobody_is_lost();
        check_no_place_is_idle();
    }

private:
    Effects carry_out(const Happening& it) {
        const auto who = Table::person(it.who);
        const auto page = page_of(it.who, it.what);
        switch (it.kind) {
            case 0:
            case 1:
            case 2: return claim(it, page);
            case 3: return t_.seating.leave(who, t_.now);
            case 4: return stop_waiting(who);
            case 5: return connection(it, &Seating::connected);
            case 6: return connection(it, &Seating::lost);
            case 7: return connection(it, &Seating::failed);
            case 8: return connection(it, &Seating::offer_failed);
            case 9: return t_.seating.page_online(who, page, t_.now);
            case 10: return t_.seating.page_offline(who, page, t_.now);
            case 11: return t_.seating.put_out(who, t_.now);
            default: return t_.pass(seconds{it.what});
        }
    }

    static std::string page_of(int who, int what) { return std::to_string(who) + '/' + std::to_string(what % 2); }

    Effects claim(const Happening& it, const std::string& page) {
        auto claimed = t_.claim(it.who, {.resume = it.what % 3 == 0, .online = it.what % 5 != 0, .page = page});
        if (std::holds_alternative<QueuePlace>(claimed.answer)) wants_in_.insert(Table::person(it.who));
        return std::move(claimed.effects);
    }
    Effects stop_waiting(Identity who) {
        wants_in_.erase(who);
        return t_.seating.stop_waiting(who, t_.now);
    }
    Effects connection(const Happening& it, Effects (Seating::*happens)(int, std::uint32_t, Instant)) {
        const auto* seat = t_.seating.at(it.what % Seating::seats);
        if (seat == nullptr) return {};
        // Now and then a late word about an earlier connection.
        const auto number = seat->connection - (it.who % 4 == 0 ? 1U : 0U);
        return (t_.seating.*happens)(seat->index, number, t_.now);
    }

    /// Whoever was told that their place or seat is gone, or was put out, no longer waits to be let in.
    void take_note(const Effects& effects) {
        std::set<std::string> told;
        for (const auto& effect : effects) {
            if (const auto* expired = std::get_if<effect::Expired>(&effect)) told.insert(expired->page);
            if (const auto* removed = std::get_if<effect::Removed>(&effect)) told.insert(removed->page);
        }
        std::erase_if(wants_in_, [&](Identity who) {
            const auto number = static_cast<int>(who.key);
            return told.contains(page_of(number, 0)) || told.contains(page_of(number, 1));
        });
    }

    void check_seats() const {
        RC_ASSERT(t_.seating.active() <= Seating::seats);
        std::set<Identity> people;
        std::set<int> indices;
        for (const auto& seat : t_.seating.seated()) {
            RC_ASSERT(people.insert(seat.who).second);
            RC_ASSERT(indices.insert(seat.index).second);
            RC_ASSERT(seat.index >= 0 && seat.index < Seating::seats);
        }
        for (const auto& waiter : t_.seating.waiting()) RC_ASSERT(people.insert(waiter.who).second);
        RC_ASSERT(t_.seating.waiting().size() <= Seating::longest_queue);
    }

    /// Those who waited before and wait now do so in the same order, but for those who missed the place held for them.
    void check_queue(const std::vector<Seating::Waiter>& before) {
        std::vector<Identity> earlier;
        for (const auto& waiter : before) {
            const bool missed = waiter.held_until && *waiter.held_until <= t_.now;
            if (!missed && waits(waiter.who)) earlier.push_back(waiter.who);
        }
        std::vector<Identity> later;
        for (const auto& waiter : t_.seating.waiting()) {
            if (std::ranges::find(earlier, waiter.who) != earlier.end()) later.push_back(waiter.who);
        }
        RC_ASSERT(earlier == later);
        bool held = true;
        for (const auto& waiter : t_.seating.waiting()) {
            RC_ASSERT(held || !waiter.held_until);
            held = waiter.held_until.has_value();
        }
    }

    /// Who was given a place in the queue waits, or sits, or was told otherwise.
    void check_nobody_is_lost() {
        std::erase_if(wants_in_, [this](Identity who) { return t_.seating.find(who) != nullptr; });
        for (const auto& who : wants_in_) RC_ASSERT(waits(who));
    }

    void check_no_place_is_idle() const {
        const bool somebody_waits =
            std::ranges::any_of(t_.seating.waiting(), [](const auto& waiter) { return !waiter.held_until; });
        RC_ASSERT(!somebody_waits || t_.seating.active() == Seating::seats);
        for (const auto& seat : t_.seating.seated()) RC_ASSERT(!seat.deadline || *seat.deadline > t_.now);
        RC_ASSERT(!t_.seating.next_deadline() || *t_.seating.next_deadline() > t_.now);
    }

    [[nodiscard]] std::vector<Seating::Waiter> waiting() const { return t_.seating.waiting(); }
    [[nodiscard]] bool waits(Identity who) const {
        return std::ranges::any_of(t_.seating.waiting(), [&](const auto& waiter) { return waiter.who == who; });
    }

    Table t_;
    std::set<Identity> wants_in_;
};

rc::Gen<std::vector<Happening>> happenings() {
    return rc::gen::container<std::vector<Happening>>(rc::gen::apply(
        [](int kind, int who, int what) {
            return Happening{kind, who, what};
        },
        rc::gen::inRange(0, 14), rc::gen::inRange(0, 24), rc::gen::inRange(0, 32)));
}

}  // namespace

/// Whatever happens in whatever order.
class AnySeatingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnySeatingTest);
    CPPUNIT_TEST(M11_M12_the_rules_of_seating_hold_after_any_sequence);
    CPPUNIT_TEST_SUITE_END();

public:
    void M11_M12_the_rules_of_seating_hold_after_any_sequence() {
        CPPUNIT_ASSERT(rc::check("seating", [] {
            const auto all = *rc::gen::resize(400, happenings());
            Trial trial;
            for (const auto& one : all) trial.happen(one);
        }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AnySeatingTest);
