#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <memory>

#include "http/https_client.h"
#include "http/https_house.h"

using namespace parley;

/// Event streams over the wire, and how the server ends.
class ServerStreamsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerStreamsTest);
    CPPUNIT_TEST(events_arrive_when_they_happen);
    CPPUNIT_TEST(a_stream_that_ends_ends_the_answer);
    CPPUNIT_TEST(more_than_one_block_arrives_in_order);
    CPPUNIT_TEST(a_browser_that_is_gone_closes_its_stream_without_an_event);
    CPPUNIT_TEST(a_browser_that_reads_nothing_is_thrown_out);
    CPPUNIT_TEST(a_quiet_stream_may_be_quiet_for_as_long_as_it_likes);
    CPPUNIT_TEST(the_server_ends_with_streams_and_questions_open);
    CPPUNIT_TEST_SUITE_END();

public:
    void events_arrive_when_they_happen() {
        const auto [house, stream] = streaming();
        HttpsClient client{house->port()};
        client.send(request);
        const auto head = client.read_head();
        CPPUNIT_ASSERT_EQUAL(200, head.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"text/event-stream"}, head.header("content-type"));
        CPPUNIT_ASSERT_EQUAL(std::string{"no-store"}, head.header("cache-control"));
        for (int i = 0; i < 20; ++i) {
            const auto event = "data: " + std::to_string(i) + "\n\n";
            house->on_loop([&, &events = *stream] { events.push(event); });
            CPPUNIT_ASSERT_EQUAL(event, client.read_chunk());
        }
    }

    void a_stream_that_ends_ends_the_answer() {
        const auto [house, stream] = streaming();
        HttpsClient client{house->port()};
        client.send(request);
        client.read_head();
        house->on_loop([&events = *stream] {
            events.push("data: last\n\n");
            events.end();
        });
        CPPUNIT_ASSERT_EQUAL(std::string{"data: last\n\n"}, client.read_chunk());
        CPPUNIT_ASSERT_EQUAL(std::string{}, client.read_chunk());
        stream->wait_closed();
    }

    void more_than_one_block_arrives_in_order() {
        const auto [house, stream] = streaming();
        HttpsClient client{house->port()};
        client.send(request);
        client.read_head();
        std::string sent;
        for (int i = 0; i < 20'000; ++i) sent += std::to_string(i) + ' ';
        house->on_loop([&, &events = *stream] { events.push(sent); });
        std::string received;
        while (received.size() < sent.size()) received += client.read_chunk();
        CPPUNIT_ASSERT(sent == received);
    }

    void a_browser_that_is_gone_closes_its_stream_without_an_event() {
        const auto [house, stream] = streaming();
        HttpsClient client{house->port()};
        client.send(request);
        client.read_head();
        client.hang_up();
        stream->wait_closed();
    }

    void a_browser_that_reads_nothing_is_thrown_out() {
        const auto [house, stream] =
            streaming([](ServerSettings& settings) { settings.response_time = std::chrono::seconds{0}; });
        HttpsClient client{house->port()};
        client.send(request);
        client.read_head();
        // More than the sockets between them hold.
        house->on_loop([&events = *stream] { events.push(std::string(std::size_t{64} << 20U, 'x')); });
        stream->wait_closed();
    }

    void a_quiet_stream_may_be_quiet_for_as_long_as_it_likes() {
        const auto [house, stream] = streaming([](ServerSettings& settings) {
            settings.response_time = std::chrono::seconds{0};
            settings.idle_time = std::chrono::seconds{0};
        });
        HttpsClient client{house->port()};
        client.send(request);
        client.read_head();
        for (const std::string event : {"data: 1\n\n", "data: 2\n\n"}) {
            // Whoever idles is thrown out by the same look at all connections that spares the stream.
            HttpsClient idle{house->port()};
            CPPUNIT_ASSERT_EQUAL(200, idle.get("/").status);
            CPPUNIT_ASSERT(idle.closed());
            house->on_loop([&, &events = *stream] { events.push(event); });
            CPPUNIT_ASSERT_EQUAL(event, client.read_chunk());
        }
    }

    void the_server_ends_with_streams_and_questions_open() {
        const auto stream = std::make_shared<HandFedStream>();
        std::function<void(Answer)> never;
        auto house = std::make_unique<HttpsHouse>([&](const Request& request, std::function<void(Answer)> reply) {
            if (request.path == "/api/v1/events") return reply(std::shared_ptr<EventSource>{stream});
            if (request.path == "/api/v1/now") return reply(Response{});
            never = std::move(reply);
        });
        HttpsClient listening{house->port()};
        listening.send(request);
        listening.read_head();
        HttpsClient asking{house->port()};
        asking.send("GET /api/v1/never HTTP/1.1\r\nHost: box\r\n\r\n");
        HttpsClient{house->port()}.get("/api/v1/now");
        house->on_loop([&, &server = house->server()] {
            server.stop();
            server.stop();
        });
        stream->wait_closed();
        CPPUNIT_ASSERT(listening.closed());
        CPPUNIT_ASSERT(asking.closed());
        if (never) house->on_loop([&] { never(Response{}); });
    }

private:
    static constexpr const char* request = "GET /api/v1/events HTTP/1.1\r\nHost: box\r\n\r\n";

    struct Streaming {
        std::unique_ptr<HttpsHouse> house;
        std::shared_ptr<HandFedStream> stream;
    };
    static Streaming streaming(const std::function<void(ServerSettings&)>& change = {}) {
        auto stream = std::make_shared<HandFedStream>();
        auto house = std::make_unique<HttpsHouse>(
            [stream](const Request&, const std::function<void(Answer)>& reply) {
                reply(std::shared_ptr<EventSource>{stream});
            },
            change);
        return {std::move(house), std::move(stream)};
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServerStreamsTest);
