#include "peer/session_description.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

#include "peer/candidate.h"

using namespace parley::peer;

namespace {

std::string digest(std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i) text += i == 0 ? "0A" : ":0A";
    return text;
}

const std::string transport =
    "a=ice-ufrag:abcd\r\n"
    "a=ice-pwd:abcdefghijklmnopqrstuv\r\n"
    "a=fingerprint:sha-256 " +
    digest(32) +
    "\r\n"
    "a=setup:active\r\n";

std::string mline(int number, const std::string& attributes = transport, const std::string& port = "9") {
    return std::string{number % 2 == 0 ? "m=audio " : "m=video "} + port +
           " UDP/TLS/RTP/SAVPF 96\r\na=mid:" + std::to_string(number) + "\r\n" + attributes;
}

std::string answer(const std::string& first = mline(0)) {
    std::string sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1 2 3 4 5 6 7\r\n" + first;
    for (int number = 1; number < 8; ++number) sdp += mline(number);
    return sdp;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

class SessionDescriptionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionDescriptionTest);
    CPPUNIT_TEST(the_offer_dictates_eight_mlines_in_one_bundle);
    CPPUNIT_TEST(an_answer_is_read);
    CPPUNIT_TEST(P5_the_fingerprint_of_the_answer_is_read_and_weak_ones_are_refused);
    CPPUNIT_TEST(P5_two_fingerprints_are_refused);
    CPPUNIT_TEST(answers_to_another_offer_are_refused);
    CPPUNIT_TEST(refused_mlines_and_any_direction_are_accepted);
    CPPUNIT_TEST(text_that_is_no_sdp_is_refused);
    CPPUNIT_TEST(names_instead_of_addresses_are_left_out);
    CPPUNIT_TEST(webrtcbin_gets_nothing_but_the_facts);
    CPPUNIT_TEST_SUITE_END();

    void the_offer_dictates_eight_mlines_in_one_bundle() {
        TransportFacts own{"ufrag",
                           "passwordpasswordpassword",
                           *read_fingerprint("sha-256 " + digest(32)),
                           "actpass",
                           {"candidate:1 1 udp 2 192.0.2.1 40000 typ host"}};
        const auto offer = write_browser_offer(own);
        for (const auto* part :
             {"a=group:BUNDLE 0 1 2 3 4 5 6 7\r\n", "a=mid:7\r\na=sendonly\r\n", "a=mid:1\r\na=recvonly\r\n",
              "a=ssrc:1348534272 cname:slot0\r\n", "a=ssrc:1348599810 cname:slot2\r\n", "a=msid:slot1 slot1-audio\r\n",
              "a=msid:slot1 slot1-video\r\n", "a=rtcp-fb:96 nack pli\r\n", "a=rtcp-fb:96 transport-cc\r\n",
              "a=candidate:1 1 udp 2 192.0.2.1 40000 typ host\r\n"}) {
            CPPUNIT_ASSERT_MESSAGE(part + offer, contains(offer, part));
        }
    }

    void an_answer_is_read() {
        const auto facts = read_browser_answer(answer());
        CPPUNIT_ASSERT(facts);
        CPPUNIT_ASSERT_EQUAL(std::string{"abcd"}, facts->ice_ufrag);
        CPPUNIT_ASSERT_EQUAL(std::string{"active"}, facts->setup);
        CPPUNIT_ASSERT(facts->fingerprint == *read_fingerprint("sha-256 " + digest(32)));
    }

    void P5_the_fingerprint_of_the_answer_is_read_and_weak_ones_are_refused() {
        CPPUNIT_ASSERT(read_fingerprint("SHA-256 " + digest(32)));
        CPPUNIT_ASSERT(read_fingerprint("sha-384 " + digest(48)));
        CPPUNIT_ASSERT(read_fingerprint("sha-512 " + digest(64)));
        for (const auto& weak : {"sha-1 " + digest(20), "md5 " + digest(16), "sha-224 " + digest(28)}) {
            CPPUNIT_ASSERT(!read_fingerprint(weak));
        }
        for (const auto& wrong : {"sha-256 " + digest(31), "sha-256 " + digest(33), "sha-256" + digest(32),
                                  "sha-256 " + digest(31) + ":0G", std::string{}, std::string{"sha-256"}}) {
            CPPUNIT_ASSERT(!read_fingerprint(wrong));
        }
        CPPUNIT_ASSERT_EQUAL("sha-256 " + digest(32), write_fingerprint(*read_fingerprint("sha-256 " + digest(32))));
    }

    void P5_two_fingerprints_are_refused() {
        auto other = transport;
        other.replace(other.find("0A"), 2, "0B");
        CPPUNIT_ASSERT(!read_browser_answer(answer(mline(0, other))));
        CPPUNIT_ASSERT(
            !read_browser_answer(answer(mline(0, transport + "a=fingerprint:sha-1 " + digest(20) + "\r\n"))));
    }

    void answers_to_another_offer_are_refused() {
        CPPUNIT_ASSERT(!read_browser_answer(answer(mline(1))));
        CPPUNIT_ASSERT(!read_browser_answer(answer(mline(0) + mline(0))));
        CPPUNIT_ASSERT(!read_browser_answer(answer("")));
        CPPUNIT_ASSERT(!read_browser_answer(answer(mline(0, "a=mid:0\r\n" + transport))));
        CPPUNIT_ASSERT(!read_browser_answer(answer(mline(0, "a=setup:passive\r\n" + transport))));
        auto unready = answer();
        for (auto at = unready.find("active"); at != std::string::npos; at = unready.find("active", at + 8)) {
            unready.replace(at, 6, "actpass");
        }
        CPPUNIT_ASSERT(!read_browser_answer(unready));
    }

    void refused_mlines_and_any_direction_are_accepted() {
        CPPUNIT_ASSERT(read_browser_answer(answer(mline(0, "a=inactive\r\n"))));
        CPPUNIT_ASSERT(read_browser_answer(answer(mline(0, "", "0"))));
    }

    void text_that_is_no_sdp_is_refused() {
        for (const auto& text : {std::string{}, std::string{"v=0"}, std::string{"hello"}, std::string(70000, 'v'),
                                 "v=0\r\n" + std::string(70000, 'a'), answer() + "x\r\n", answer() + "a=\x01\r\n",
                                 std::string("v=0\r\n\0\0\0", 8)}) {
            CPPUNIT_ASSERT(!read_browser_answer(text));
        }
        CPPUNIT_ASSERT(!read_browser_answer(answer() + std::string(longest_sdp, '\n')));
    }

    void names_instead_of_addresses_are_left_out() {
        const auto facts = read_browser_answer(answer(mline(
            0, transport + "a=candidate:1 1 udp 1 aa-bb.local 5000 typ host\r\n"
                           "a=candidate:2 1 udp 1 192.0.2.9 5000 typ host generation 0 ufrag x network-cost 999\r\n"
                           "a=candidate:3 1 tcp 1 2001:db8::9 9 typ host tcptype active\r\n"
                           "a=candidate:4 1 udp 1 router.example 5000 typ host\r\n"
                           "a=candidate:5 2 udp 1 192.0.2.9 5000 typ host\r\n"
                           "a=candidate:nonsense\r\n")));
        CPPUNIT_ASSERT(facts);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, facts->candidates.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"candidate:2 1 udp 1 192.0.2.9 5000 typ host"}, facts->candidates[0]);
        CPPUNIT_ASSERT_EQUAL(std::string{"candidate:3 1 tcp 1 2001:db8::9 9 typ host tcptype active"},
                             facts->candidates[1]);
    }

    void webrtcbin_gets_nothing_but_the_facts() {
        auto hostile = answer(mline(0, transport + "a=sctp-port:5000\r\na=rtpmap:96 evil/1\r\n"));
        const auto own = write_own_answer(*read_browser_answer(hostile));
        CPPUNIT_ASSERT(!contains(own, "sctp") && !contains(own, "evil"));
        CPPUNIT_ASSERT(contains(own, "a=fingerprint:sha-256 " + digest(32)));
        CPPUNIT_ASSERT(contains(own, "a=ice-ufrag:abcd\r\n"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SessionDescriptionTest);

class CandidateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CandidateTest);
    CPPUNIT_TEST(C7_a_public_address_gets_a_line_for_udp_and_tcp);
    CPPUNIT_TEST(active_tcp_is_not_offered);
    CPPUNIT_TEST_SUITE_END();

    const std::vector<std::string> gathered_{
        "candidate:1 1 UDP 2015363327 192.168.1.2 40000 typ host",
        "candidate:2 1 TCP 1015021823 192.168.1.2 9 typ host tcptype active",
        "candidate:3 1 TCP 1010827519 192.168.1.2 40000 typ host tcptype passive",
    };

    void C7_a_public_address_gets_a_line_for_udp_and_tcp() {
        const auto offered = candidates_to_offer(gathered_, {"198.51.100.7", "2001:db8::7"});
        const std::vector<std::string> expected{
            "candidate:1 1 udp 2015363327 192.168.1.2 40000 typ host",
            "candidate:3 1 tcp 1010827519 192.168.1.2 40000 typ host tcptype passive",
            "candidate:901 1 udp 2015363071 198.51.100.7 40000 typ host",
            "candidate:902 1 tcp 1010827263 198.51.100.7 40000 typ host tcptype passive",
        };
        CPPUNIT_ASSERT(expected == offered);
    }

    void active_tcp_is_not_offered() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, candidates_to_offer(gathered_, {}).size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CandidateTest);
