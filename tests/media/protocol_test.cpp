#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <string>
#include <vector>

#include "media/protocol.h"

using namespace parley::media;

/// Golden lines are read by both sides' tests: what one writes the other reads.
class ProtocolTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProtocolTest);
    CPPUNIT_TEST(golden_lines_survive_reading_and_writing);
    CPPUNIT_TEST(every_message_has_a_golden_line);
    CPPUNIT_TEST(anything_else_is_refused);
    CPPUNIT_TEST(a_side_does_not_obey_its_own_words);
    CPPUNIT_TEST(a_line_longer_than_allowed_is_refused);
    CPPUNIT_TEST_SUITE_END();

    static std::vector<std::string> golden_lines() {
        std::ifstream file{std::string{PARLEY_SOURCE_DIR} + "/tests/golden/call_protocol.jsonl"};
        std::vector<std::string> lines;
        for (std::string line; std::getline(file, line);) lines.push_back(line);
        CPPUNIT_ASSERT(!lines.empty());
        return lines;
    }

    void golden_lines_survive_reading_and_writing() {
        for (const auto& line : golden_lines()) {
            const auto to = decode_to_call(line);
            const auto from = decode_from_call(line);
            CPPUNIT_ASSERT_MESSAGE(line, to.has_value() != from.has_value());
            CPPUNIT_ASSERT_EQUAL(line + '\n', to ? encode(*to) : encode(*from));
        }
    }

    void every_message_has_a_golden_line() {
        std::vector<bool> to(std::variant_size_v<ToCall>);
        std::vector<bool> from(std::variant_size_v<FromCall>);
        for (const auto& line : golden_lines()) {
            if (const auto message = decode_to_call(line)) to[message->index()] = true;
            if (const auto message = decode_from_call(line)) from[message->index()] = true;
        }
        for (const bool seen : to) CPPUNIT_ASSERT(seen);
        for (const bool seen : from) CPPUNIT_ASSERT(seen);
    }

    void anything_else_is_refused() {
        const std::vector<std::string> lines{
            "",
            "{}",
            "[]",
            "null",
            "\"connect\"",
            R"({"type":"connect"})",
            R"({"type":"unknown","seat":0,"connection":1})",
            R"({"type":1,"seat":0,"connection":1})",
            R"({"type":"connect","seat":-1,"connection":1})",
            R"({"type":"connect","seat":4,"connection":1})",
            R"({"type":"connect","seat":"0","connection":1})",
            R"({"type":"connect","seat":0.5,"connection":1})",
            R"({"type":"connect","seat":0,"connection":-1})",
            R"({"type":"connect","seat":0,"connection":4294967296})",
            R"({"type":"connect","seat":0,"connection":1,"more":1})",
            R"({"type":"connect","seat":0,"connection":1}})",
            R"({"type":"connect","seat":0,"connection":1)",
            R"({"type":"answer","seat":0,"connection":1,"sdp":null})",
            R"({"type":"answer","seat":0,"connection":1,"sdp":["v=0"]})",
            R"({"type":"link","seat":0,"connection":1,"state":"up","reason":"none"})",
            R"({"type":"link","seat":0,"connection":1,"state":"failed","reason":"because"})",
            R"({"type":"quality","seat":0,"received_bitrate":1,"sent_bitrate":1,"uplink_loss":1.5,"downlink_loss":0,"round_trip_ms":1})",
            R"({"type":"quality","seat":0,"received_bitrate":1,"sent_bitrate":1,"uplink_loss":0,"downlink_loss":0,"round_trip_ms":-1})",
            R"({"type":"configure","first_port":70000,"last_port":2,"listen_addresses":[],"public_addresses":[],"ice_tcp":true,"udp":true,"max_bitrate":1})",
            R"({"type":"configure","first_port":1,"last_port":2,"listen_addresses":[1],"public_addresses":[],"ice_tcp":true,"udp":true,"max_bitrate":1})",
            R"({"type":"configure","first_port":1,"last_port":2,"listen_addresses":[[]],"public_addresses":[],"ice_tcp":true,"udp":true,"max_bitrate":1})",
            R"({"type":"configure","first_port":1,"last_port":2,"listen_addresses":[],"public_addresses":[],"ice_tcp":1,"udp":true,"max_bitrate":1})",
            std::string(100000, '['),
            std::string("{\"type\":\"connect\"\0}", 19),
        };
        for (const auto& line : lines) {
            CPPUNIT_ASSERT_MESSAGE(line.substr(0, 200), !decode_to_call(line) && !decode_from_call(line));
        }
    }

    void a_side_does_not_obey_its_own_words() {
        CPPUNIT_ASSERT(!decode_to_call(R"({"type":"ready","pid":1})"));
        CPPUNIT_ASSERT(!decode_from_call(R"({"type":"connect","seat":0,"connection":1})"));
    }

    void a_line_longer_than_allowed_is_refused() {
        Answer answer{{0, 1}, std::string(longest_line - 200, 'x')};
        auto line = encode(ToCall{answer});
        line.pop_back();
        CPPUNIT_ASSERT(decode_to_call(line));
        answer.sdp.append(200, 'x');
        line = encode(ToCall{answer});
        line.pop_back();
        CPPUNIT_ASSERT(!decode_to_call(line));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProtocolTest);
