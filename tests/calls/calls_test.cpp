#include <cppunit/extensions/HelperMacros.h>
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <set>

#include "calls/call_house.h"
#include "calls/call_line.h"

using namespace parley;

/// Calls with the real parley-call: offers, answers, takeovers, queue, removal.
class CallsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CallsTest);
    CPPUNIT_TEST(a_claim_gives_a_seat_and_a_whole_offer);
    CPPUNIT_TEST(an_answer_that_is_none_is_refused);
    CPPUNIT_TEST(answers_and_candidates_are_passed_on);
    CPPUNIT_TEST(a_seat_is_its_owners_alone);
    CPPUNIT_TEST(the_roster_goes_to_everybody_who_watches);
    CPPUNIT_TEST(T1_each_teacher_of_the_appointment_is_told_who_comes_and_goes);
    CPPUNIT_TEST(M9_a_second_use_of_a_guests_link_knocks_out_the_first_and_the_parent_sees_it);
    CPPUNIT_TEST(M12_the_guest_waits_and_is_let_in);
    CPPUNIT_TEST(M8_put_out_everywhere_at_once);
    CPPUNIT_TEST(a_cancelled_appointment_ends_its_call);
    CPPUNIT_TEST(M11_a_thousand_claims_at_once_seat_four);
    CPPUNIT_TEST(M9_many_claims_of_one_person_leave_one_seat);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<CallHouse> house_;

public:
    /// All fixtures of a suite exist at the same time; only the test at hand may have processes and ports.
    void setUp() override { house_ = std::make_unique<CallHouse>(); }
    void tearDown() override { house_.reset(); }

    void a_claim_gives_a_seat_and_a_whole_offer() {
        const auto offer = house_->sit(house_->tess, "tess");
        CPPUNIT_ASSERT_EQUAL(0, offer.index);
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, offer.seat.size());
        for (const auto* part : {"v=0", "a=fingerprint:sha-256", "a=candidate:", "127.0.0.1", "a=ice-ufrag:"}) {
            CPPUNIT_ASSERT_MESSAGE(part, offer.sdp.find(part) != std::string::npos);
        }
    }

    void an_answer_that_is_none_is_refused() {
        const auto offer = house_->sit(house_->tess, "tess");
        for (const auto& sdp : {std::string{}, std::string{"hello"}, std::string(70000, 'v'), offer.sdp.substr(0, 20),
                                offer.sdp + std::string(1, '\xff'), offer.sdp + std::string(65536, 'a')}) {
            const auto answered = house_->calls->answer(house_->tess, offer.seat, sdp);
            CPPUNIT_ASSERT(!answered && answered.refusal() == Refusal::sdp_invalid);
        }
    }

    void answers_and_candidates_are_passed_on() {
        const auto offer = house_->sit(house_->tess, "tess");
        CPPUNIT_ASSERT(house_->calls->add_candidates(house_->tess, offer.seat,
                                                     {{0, "candidate:1 1 udp 2130706431 127.0.0.1 9 typ host"}}));
        const auto bad = house_->calls->add_candidates(house_->tess, offer.seat, {{0, "candidate:1\n1 udp"}});
        CPPUNIT_ASSERT(!bad && bad.refusal() == Refusal::request_invalid);
        const auto many = house_->calls->add_candidates(house_->tess, offer.seat,
                                                        std::vector<RemoteCandidate>(21, {0, "candidate:1"}));
        CPPUNIT_ASSERT(!many && many.refusal() == Refusal::request_invalid);
        // What only the call process can tell: this has the parts of an answer, and is none to this offer.
        CPPUNIT_ASSERT(house_->calls->answer(house_->tess, offer.seat,
                                             "v=0\r\nm=audio 9 RTP/AVP 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:efgh\r\n"
                                             "a=fingerprint:sha-256 00\r\n"));
        const auto failed = house_->until_sent("tess", "seat_failed").data();
        CPPUNIT_ASSERT_EQUAL(offer.seat, std::string{failed.at("seat").as_string()});
        CPPUNIT_ASSERT_EQUAL(std::string{"sdp_invalid"}, std::string{failed.at("reason").as_string()});
    }

    void a_seat_is_its_owners_alone() {
        const auto offer = house_->sit(house_->tess, "tess");
        const auto gone = [](const Outcome<Done>& outcome) {
            return !outcome && outcome.refusal() == Refusal::seat_gone;
        };
        CPPUNIT_ASSERT(gone(house_->calls->leave(house_->ann, offer.seat)));
        CPPUNIT_ASSERT(gone(house_->calls->answer(house_->ann, offer.seat, offer.sdp)));
        CPPUNIT_ASSERT(gone(house_->calls->set_status(house_->ann, offer.seat, {})));
        CPPUNIT_ASSERT(gone(house_->calls->add_candidates(house_->tess, "another", {})));
        CPPUNIT_ASSERT(house_->calls->leave(house_->tess, offer.seat));
        CPPUNIT_ASSERT(gone(house_->calls->leave(house_->tess, offer.seat)));
    }

    void the_roster_goes_to_everybody_who_watches() {
        const auto offer = house_->sit(house_->tess, "tess");
        CPPUNIT_ASSERT(house_->calls->set_status(house_->tess, offer.seat, {.muted = true, .camera_off = false}));
        const auto roster = house_->until_sent(house_->call_name(), "roster").data();
        const auto& person = roster.at("people").as_array().at(0).as_object();
        CPPUNIT_ASSERT_EQUAL(std::string{"Tess Times"}, std::string{person.at("name").as_string()});
        CPPUNIT_ASSERT(person.at("muted").as_bool() && !person.at("camera_off").as_bool());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, house_->calls->roster(house_->call).people.size());
        CPPUNIT_ASSERT(house_->calls->leave(house_->tess, offer.seat));
        CPPUNIT_ASSERT(house_->pages.find(house_->call_name(), "roster")->data().at("people").as_array().empty());
    }

    void T1_each_teacher_of_the_appointment_is_told_who_comes_and_goes() {
        const auto told = [&](Identity teacher) {
            return std::ranges::count_if(house_->pages.sent, [&](const auto& sent) {
                return sent.to == RememberedPages::name_of(teacher) && sent.event.name == "changed" &&
                       sent.data().at("what").as_string() == "schedule";
            });
        };
        const Identity french{Role::teacher, house_->school.french_teacher.value};
        const auto offer = house_->sit(house_->ann, "ann");
        CPPUNIT_ASSERT(told(house_->tess) == 1 && told(french) == 1);
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{0}, told({Role::teacher, house_->school.music_teacher.value}));
        // Nothing that a schedule shows.
        CPPUNIT_ASSERT(house_->calls->set_status(house_->ann, offer.seat, {.muted = true, .camera_off = false}));
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1}, told(house_->tess));
        CPPUNIT_ASSERT(house_->calls->leave(house_->ann, offer.seat));
        CPPUNIT_ASSERT(told(house_->tess) == 2 && told(french) == 2);
    }

    void M9_a_second_use_of_a_guests_link_knocks_out_the_first_and_the_parent_sees_it() {
        const auto first = house_->sit(house_->gus, "first");
        const auto second = house_->sit(house_->gus, "second");
        CPPUNIT_ASSERT_EQUAL(first.index, second.index);
        CPPUNIT_ASSERT(house_->pages.find("first", "knocked_out") != nullptr);
        const auto changed = house_->until_sent(RememberedPages::name_of(house_->ann), "changed").data();
        CPPUNIT_ASSERT_EQUAL(std::string{"invites"}, std::string{changed.at("what").as_string()});
        const auto invite =
            house_->school.read([&](Transaction& tx) { return tx.invites.find(house_->gus.invite()).value(); });
        CPPUNIT_ASSERT(invite.knocked_out_at == house_->clock.at);
        CPPUNIT_ASSERT(house_->claim(house_->ticket(house_->gus), "first", true).refusal() == Refusal::taken_over);
    }

    void M12_the_guest_waits_and_is_let_in() {
        house_->fill();
        house_->calls->page_online(house_->gus, "gus");
        const auto answer = house_->claim(house_->ticket(house_->gus), "gus");
        CPPUNIT_ASSERT(answer && !answer->offer && answer->queue.place == 1);
        CPPUNIT_ASSERT_EQUAL(1, house_->calls->roster(house_->call).waiting);
        const auto fred = house_->sit(house_->fred, "fred", true);
        CPPUNIT_ASSERT(house_->calls->leave(house_->fred, fred.seat));
        CPPUNIT_ASSERT(house_->pages.find("gus", "let_in") != nullptr);
        CPPUNIT_ASSERT_EQUAL(1, house_->sit(house_->gus, "gus", true).index);
    }

    void M8_put_out_everywhere_at_once() {
        const auto offer = house_->sit(house_->gus, "gus");
        house_->calls->put_out(house_->gus);
        CPPUNIT_ASSERT(house_->pages.find("gus", "removed") != nullptr);
        CPPUNIT_ASSERT(house_->calls->roster(house_->call).people.empty());
        CPPUNIT_ASSERT(!house_->calls->leave(house_->gus, offer.seat));
    }

    void a_cancelled_appointment_ends_its_call() {
        house_->sit(house_->tess, "tess");
        house_->sit(house_->gus, "gus");
        house_->calls->close_call(house_->call);
        CPPUNIT_ASSERT(house_->pages.find("tess", "removed") != nullptr);
        CPPUNIT_ASSERT(house_->pages.find("gus", "removed") != nullptr);
        house_->until("its ports given back", [&] { return house_->calls->figures().free_slices == 2; });
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, house_->calls->figures().live);
    }

    void M11_a_thousand_claims_at_once_seat_four() {
        int answers = 0;
        int seats = 0;
        std::set<int> indices;
        for (int i = 0; i < 1000; ++i) {
            house_->calls->claim({house_->stranger(i), "page " + std::to_string(i), false}, [&](auto answer) {
                ++answers;
                if (!answer || !answer->offer) return;
                ++seats;
                indices.insert(answer->offer->index);
            });
        }
        house_->until("a thousand answers", [&] { return answers == 1000; });
        CPPUNIT_ASSERT_EQUAL(4, seats);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, indices.size());
        CPPUNIT_ASSERT_EQUAL(16, house_->calls->roster(house_->call).waiting);
    }

    void M9_many_claims_of_one_person_leave_one_seat() {
        int answers = 0;
        int seats = 0;
        for (int i = 0; i < 100; ++i) {
            house_->calls->claim({house_->ticket(house_->tess), "page " + std::to_string(i), false}, [&](auto answer) {
                ++answers;
                if (answer) ++seats;
            });
        }
        house_->until("an answer to all but the newest", [&] { return answers == 99; });
        CPPUNIT_ASSERT_EQUAL(0, seats);
        house_->turn_clock(CallLine::pause);
        house_->until("the newest one's answer", [&] { return answers == 100; });
        CPPUNIT_ASSERT_EQUAL(1, seats);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, house_->calls->roster(house_->call).people.size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CallsTest);
