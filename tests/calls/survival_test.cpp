#include <cppunit/extensions/HelperMacros.h>
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <set>

#include "calls/call_house.h"
#include "calls/call_line.h"
#include "calls/restart_pause.h"
#include "calls/seating.h"

using namespace parley;

/// Call processes that die, hang, talk nonsense or are not there at all.
class CallSurvivalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CallSurvivalTest);
    CPPUNIT_TEST(C4_everybody_is_asked_back_when_the_process_is_killed_and_keeps_their_seat);
    CPPUNIT_TEST(processes_that_die_one_after_the_other_are_replaced_with_pauses);
    CPPUNIT_TEST(a_claim_under_way_survives_the_process);
    CPPUNIT_TEST(a_page_that_claims_again_and_again_does_not_use_up_the_ports);
    CPPUNIT_TEST(a_spare_is_there_again_after_use);
    CPPUNIT_TEST(calls_that_begin_at_the_same_moment_all_get_a_process);
    CPPUNIT_TEST(a_spare_that_is_killed_is_replaced);
    CPPUNIT_TEST(a_full_box_says_so_until_a_call_is_left);
    CPPUNIT_TEST(a_call_that_everybody_left_stays_warm_for_a_minute);
    CPPUNIT_TEST(a_program_that_is_not_there_is_a_clear_error);
    CPPUNIT_TEST(a_port_range_that_is_too_small_is_a_clear_error);
    CPPUNIT_TEST(a_process_that_talks_nonsense_is_killed_and_replaced);
    CPPUNIT_TEST(a_process_whose_line_has_no_end_is_killed);
    CPPUNIT_TEST(a_claim_is_answered_even_if_no_process_ever_works);
    CPPUNIT_TEST(a_process_that_falls_silent_is_replaced);
    CPPUNIT_TEST(what_a_process_tells_of_a_connection_reaches_the_pages);
    CPPUNIT_TEST(no_process_is_left_behind);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

public:
    void C4_everybody_is_asked_back_when_the_process_is_killed_and_keeps_their_seat() {
        CallHouse house;
        house.sit(house.tess, "tess");
        const auto before = house.sit(house.ann, "ann");
        const auto killed = house.calls->pid_of(house.call);
        house.until_spare();
        kill(killed, SIGKILL);
        const auto told = house.until_sent("ann", "reconnect").data();
        CPPUNIT_ASSERT_EQUAL(std::string{"restarted"}, std::string{told.at("reason").as_string()});
        CPPUNIT_ASSERT(house.pages.find("tess", "reconnect") != nullptr);
        CPPUNIT_ASSERT(house.calls->roster(house.call).people.at(1).link == RosterEntry::Link::lost);
        const auto after = house.sit(house.ann, "ann", true);
        CPPUNIT_ASSERT_EQUAL(before.index, after.index);
        CPPUNIT_ASSERT(before.sdp != after.sdp && before.seat != after.seat);
        CPPUNIT_ASSERT(house.calls->pid_of(house.call) != killed);
        CPPUNIT_ASSERT_EQUAL(0, house.sit(house.tess, "tess", true).index);
    }

    void processes_that_die_one_after_the_other_are_replaced_with_pauses() {
        CallHouse house;
        const auto sit_and_kill = [&] {
            house.sit(house.tess, "tess", true);
            house.pages.sent.clear();
            kill(house.calls->pid_of(house.call), SIGKILL);
            house.until_sent("tess", "reconnect");
        };
        for (int i = 0; i < RestartPause::at_once; ++i) sit_and_kill();
        CPPUNIT_ASSERT(house.log.has("signal 9"));
        CPPUNIT_ASSERT(!house.log.has("one after the other"));
        sit_and_kill();
        CPPUNIT_ASSERT(house.log.has("one after the other"));
        house.until_spare();
        CPPUNIT_ASSERT_EQUAL(0, house.calls->pid_of(house.call));
        house.turn_clock(RestartPause::shortest);
        CPPUNIT_ASSERT(house.calls->pid_of(house.call) != 0);
        CPPUNIT_ASSERT_EQUAL(0, house.sit(house.tess, "tess", true).index);
    }

    void a_claim_under_way_survives_the_process() {
        CallHouse house;
        house.until_spare();
        std::optional<Outcome<ClaimAnswer>> answer;
        house.calls->claim({house.ticket(house.tess), "tess", false}, [&](auto given) { answer = std::move(given); });
        kill(house.calls->pid_of(house.call), SIGKILL);
        house.until("the answer", [&] { return answer.has_value(); });
        CPPUNIT_ASSERT(*answer && (*answer)->offer);
        CPPUNIT_ASSERT(house.pages.find("tess", "reconnect") == nullptr);
    }

    void a_page_that_claims_again_and_again_does_not_use_up_the_ports() {
        CallHouse house;
        for (std::size_t i = 0; i < CallLine::most_offers; ++i) house.sit(house.tess, "tess");
        std::optional<Outcome<ClaimAnswer>> answer;
        house.calls->claim({house.ticket(house.tess), "tess", false}, [&](auto given) { answer = std::move(given); });
        house.sit(house.ann, "ann");
        CPPUNIT_ASSERT(!answer);
        house.turn_clock(CallLine::offers_time);
        house.until("the answer", [&] { return answer.has_value(); });
        CPPUNIT_ASSERT(*answer && (*answer)->offer);
    }

    void a_spare_is_there_again_after_use() {
        CallHouse house;
        house.until_spare();
        const auto spare = house.calls->figures().spares.at(0);
        house.sit(house.tess, "tess");
        CPPUNIT_ASSERT_EQUAL(spare, house.calls->pid_of(house.call));
        house.until_spare();
        CPPUNIT_ASSERT(house.calls->figures().spares.at(0) != spare);
    }

    void calls_that_begin_at_the_same_moment_all_get_a_process() {
        CallHouse house{PARLEY_CALL, 4, 2};
        int offers = 0;
        std::set<int> processes;
        for (int i = 0; i < 4; ++i) {
            auto ticket = house.ticket(house.ann);
            ticket.appointment.id.value += i;
            house.calls->claim({ticket, "page " + std::to_string(i), false},
                               [&, id = ticket.appointment.id](auto answer) {
                                   offers += answer && answer->offer ? 1 : 0;
                                   processes.insert(house.calls->pid_of(id));
                               });
        }
        house.until("four offers", [&] { return offers == 4; });
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, processes.size());
        house.until("both spares", [&] { return house.calls->figures().spares.size() == 2; });
    }

    void a_spare_that_is_killed_is_replaced() {
        CallHouse house;
        house.until_spare();
        const auto spare = house.calls->figures().spares.at(0);
        kill(spare, SIGKILL);
        house.until("another spare", [&] {
            const auto now = house.calls->figures().spares;
            return !now.empty() && now.at(0) != spare;
        });
        house.sit(house.tess, "tess");
    }

    void a_full_box_says_so_until_a_call_is_left() {
        CallHouse house{PARLEY_CALL, 1};
        house.sit(house.tess, "tess");
        auto other = house.ticket(house.ann);
        other.appointment.id.value += 1000;
        CPPUNIT_ASSERT(house.claim(other, "elsewhere").refusal() == Refusal::box_full);
        house.calls->put_out(house.tess);
        house.until("the ports given back", [&] { return house.calls->figures().free_slices == 1; });
        CPPUNIT_ASSERT(house.claim(other, "elsewhere"));
    }

    void a_call_that_everybody_left_stays_warm_for_a_minute() {
        CallHouse house;
        const auto offer = house.sit(house.tess, "tess");
        CPPUNIT_ASSERT(house.calls->leave(house.tess, offer.seat));
        house.turn_clock(seconds{59});
        CPPUNIT_ASSERT(house.calls->pid_of(house.call) != 0);
        house.turn_clock(seconds{1});
        house.until("the ports given back", [&] { return house.calls->figures().free_slices == 2; });
    }

    void a_program_that_is_not_there_is_a_clear_error() {
        try {
            CallHouse house{"/nowhere/parley-call"};
            CPPUNIT_FAIL("it started");
        } catch (const std::system_error& error) {
            const std::string said = error.what();
            CPPUNIT_ASSERT_MESSAGE(said, said.find("/nowhere/parley-call cannot be started") != std::string::npos &&
                                             said.find("No such file") != std::string::npos);
        }
    }

    void a_port_range_that_is_too_small_is_a_clear_error() {
        CPPUNIT_ASSERT_THROW((CallHouse{PARLEY_CALL, 0}), std::invalid_argument);
    }

    void a_process_that_talks_nonsense_is_killed_and_replaced() {
        CallHouse house{script(folder_, "echo nonsense >&3; read line <&3")};
        CPPUNIT_ASSERT(house.calls->figures().spares.empty());
        house.until("a complaint", [&] { return house.log.has("it said what is no message"); });
        script(folder_, std::string{"exec "} + PARLEY_CALL);
        house.until_spare();
    }

    void a_process_whose_line_has_no_end_is_killed() {
        CallHouse house{script(folder_, "tr '\\0' a </dev/zero >&3 2>/dev/null")};
        house.until("a complaint", [&] { return house.log.has("its line is too long"); });
    }

    void a_claim_is_answered_even_if_no_process_ever_works() {
        CallHouse house{script(folder_, "read line <&3")};
        std::optional<Outcome<ClaimAnswer>> answer;
        house.calls->claim({house.ticket(house.tess), "tess", false}, [&](auto given) { answer = std::move(given); });
        house.turn_clock(seconds{5});
        house.until("the answer", [&] { return answer.has_value(); });
        CPPUNIT_ASSERT(!*answer && answer->refusal() == Refusal::media_unavailable);
        CPPUNIT_ASSERT(house.calls->roster(house.call).people.empty());
    }

    void a_process_that_falls_silent_is_replaced() {
        CallHouse house{script(folder_, "echo '{\"type\":\"ready\",\"pid\":1}' >&3; read line <&3; read line <&3")};
        house.until_spare();
        house.until("a complaint", [&] { return house.log.has("it was silent for too long"); });
    }

    /// Without a browser the real one has no connection to tell of; tests/e2e has both.
    void what_a_process_tells_of_a_connection_reaches_the_pages() {
        CallHouse house{script(folder_, R"(
            echo '{"type":"ready","pid":1}' >&3
            while read -r line <&3; do
                name='"seat":0,"connection":1'
                case $line in
                    *'"connect"'*) echo "{\"type\":\"offer\",$name,\"sdp\":\"v=0\"}" >&3
                        echo '{"type":"sender_limit","seat":0,"max_bitrate":640000}' >&3
                        echo "{\"type\":\"link\",$name,\"state\":\"connected\",\"reason\":\"none\"}" >&3;;
                    *'"candidate"'*)
                        echo "{\"type\":\"link\",$name,\"state\":\"lost\",\"reason\":\"none\"}" >&3;;
                esac
            done)")};
        const auto offer = house.sit(house.tess, "tess");
        const auto limit = house.until_sent("tess", "limit").data();
        CPPUNIT_ASSERT_EQUAL(offer.seat, std::string{limit.at("seat").as_string()});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{640000}, limit.at("max_bitrate").as_int64());
        const auto link = [&] { return house.calls->roster(house.call).people.at(0).link; };
        house.until("connected", [&] { return link() == RosterEntry::Link::connected; });
        CPPUNIT_ASSERT(house.calls->add_candidates(house.tess, offer.seat, {{0, "candidate:1"}}));
        house.until("lost", [&] { return link() == RosterEntry::Link::lost; });
        house.turn_clock(Seating::seat_kept);
        CPPUNIT_ASSERT(house.calls->roster(house.call).people.empty());
        CPPUNIT_ASSERT(house.pages.find("tess", "reconnect") != nullptr);
    }

    void no_process_is_left_behind() {
        {
            CallHouse house;
            house.sit(house.tess, "tess");
            kill(house.calls->pid_of(house.call), SIGSTOP);
            house.until_spare();
        }
        CPPUNIT_ASSERT_EQUAL(pid_t{-1}, waitpid(-1, nullptr, WNOHANG));
        CPPUNIT_ASSERT_EQUAL(ECHILD, errno);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CallSurvivalTest);
