#include "http/server.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <future>
#include <vector>

#include "http/https_client.h"
#include "http/https_house.h"

using namespace parley;

class ServerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerTest);
    CPPUNIT_TEST(pages_come_with_every_security_header);
    CPPUNIT_TEST(a_large_file_comes_whole);
    CPPUNIT_TEST(head_is_answered_without_a_body);
    CPPUNIT_TEST(a_request_reaches_the_handler_whole);
    CPPUNIT_TEST(the_handler_may_answer_later);
    CPPUNIT_TEST(an_answer_to_nobody_is_dropped);
    CPPUNIT_TEST(a_body_that_is_too_large_is_read_away_and_refused);
    CPPUNIT_TEST(large_bodies_share_what_there_is);
    CPPUNIT_TEST(a_head_that_is_too_large_is_refused);
    CPPUNIT_TEST(a_path_with_a_zero_byte_is_refused);
    CPPUNIT_TEST(one_connection_carries_many_requests);
    CPPUNIT_TEST(hundreds_of_connections_at_once);
    CPPUNIT_TEST(what_is_beyond_the_connection_limit_is_closed);
    CPPUNIT_TEST(whoever_drips_a_request_is_thrown_out);
    CPPUNIT_TEST(whoever_idles_too_long_is_thrown_out);
    CPPUNIT_TEST_SUITE_END();

public:
    void pages_come_with_every_security_header() {
        HttpsHouse house;
        const auto page = HttpsClient{house.port()}.get("/bookings", "Accept-Encoding: gzip, br\r\n");
        CPPUNIT_ASSERT_EQUAL(200, page.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"as brotli"}, page.body);
        CPPUNIT_ASSERT_EQUAL(std::string{"br"}, page.header("content-encoding"));
        CPPUNIT_ASSERT(page.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
        CPPUNIT_ASSERT(page.header("permissions-policy").find("camera=(self)") != std::string::npos);
        for (const char* name : {"x-content-type-options", "referrer-policy", "strict-transport-security",
                                 "cross-origin-opener-policy", "cross-origin-resource-policy"})
            CPPUNIT_ASSERT_MESSAGE(name, !page.header(name).empty());
        const auto answer = HttpsClient{house.port()}.get("/api/v1/x");
        CPPUNIT_ASSERT(!answer.header("content-security-policy").empty());
    }

    void a_large_file_comes_whole() {
        HttpsHouse house;
        const auto script = HttpsClient{house.port()}.get("/assets/index-abc.js");
        CPPUNIT_ASSERT_EQUAL(std::string(300'000, 'x'), script.body);
    }

    void head_is_answered_without_a_body() {
        HttpsHouse house;
        HttpsClient client{house.port()};
        client.send("HEAD / HTTP/1.1\r\nHost: box\r\n\r\n");
        const auto head = client.read(false);
        CPPUNIT_ASSERT_EQUAL(std::string{"36"}, head.header("content-length"));
        CPPUNIT_ASSERT_EQUAL(200, client.get("/").status);  // nothing of a body came before this
    }

    void a_request_reaches_the_handler_whole() {
        std::promise<Request> seen;
        HttpsHouse house{[&](Request request, const std::function<void(Answer)>& reply) {
            seen.set_value(std::move(request));
            reply(Response{201, {{"Location", "/api/v1/here"}}, "made"});
        }};
        HttpsClient client{house.port()};
        client.send(
            "POST /api/v1/caf%C3%A9?name=Zo%C3%AB+%26&empty=&flag HTTP/1.1\r\nHost: box.school:8443\r\n"
            "Origin: https://box.school:8443\r\nSec-Fetch-Site: same-origin\r\nLast-Event-ID: 7-3\r\n"
            "Content-Type: application/json\r\nCookie: a=b; __Host-parley=s3cret; c=d\r\n"
            "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");
        const auto answer = client.read();
        CPPUNIT_ASSERT_EQUAL(201, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::string{"/api/v1/here"}, answer.header("location"));
        CPPUNIT_ASSERT_EQUAL(std::string{"made"}, answer.body);
        const auto request = seen.get_future().get();
        CPPUNIT_ASSERT_EQUAL(std::string{"POST"}, request.method);
        CPPUNIT_ASSERT_EQUAL(std::string{"/api/v1/café"}, request.path);
        CPPUNIT_ASSERT_EQUAL(std::string{"Zoë &"}, request.query.at("name"));
        CPPUNIT_ASSERT_EQUAL(std::string{}, request.query.at("flag"));
        CPPUNIT_ASSERT_EQUAL(std::string{"{\"a\":1}"}, request.body);
        CPPUNIT_ASSERT_EQUAL(std::string{"s3cret"}, std::string{request.session.value().reveal()});
        CPPUNIT_ASSERT_EQUAL(std::string{"application/json"}, request.content_type);
        CPPUNIT_ASSERT_EQUAL(std::string{"https://box.school:8443"}, request.origin);
        CPPUNIT_ASSERT_EQUAL(std::string{"same-origin"}, request.fetch_site);
        CPPUNIT_ASSERT_EQUAL(std::string{"box.school:8443"}, request.host);
        CPPUNIT_ASSERT_EQUAL(std::string{"7-3"}, request.last_event_id);
        CPPUNIT_ASSERT_EQUAL(std::string{"127.0.0.1"}, request.client);
    }

    void the_handler_may_answer_later() {
        std::promise<std::function<void(Answer)>> asked;
        HttpsHouse house{[&](const Request&, std::function<void(Answer)> reply) { asked.set_value(std::move(reply)); }};
        HttpsClient client{house.port()};
        client.send("GET /api/v1/slow HTTP/1.1\r\nHost: box\r\n\r\n");
        const auto reply = asked.get_future().get();
        house.on_loop([&] { reply(Response{200, {}, "at last"}); });
        CPPUNIT_ASSERT_EQUAL(std::string{"at last"}, client.read().body);
    }

    void an_answer_to_nobody_is_dropped() {
        std::promise<std::function<void(Answer)>> asked;
        HttpsHouse house{[&](const Request&, std::function<void(Answer)> reply) { asked.set_value(std::move(reply)); }};
        std::function<void(Answer)> reply;
        {
            HttpsClient client{house.port()};
            client.send("GET /api/v1/slow HTTP/1.1\r\nHost: box\r\n\r\n");
            reply = asked.get_future().get();
            client.hang_up();
        }
        const auto stream = std::make_shared<HandFedStream>();
        // Whether the server has noticed yet or not: the stream hears that it is of no use.
        house.on_loop([&] { reply(std::shared_ptr<EventSource>{stream}); });
        house.on_loop([&] { stream->push("data: to nobody\n\n"); });
        stream->wait_closed();
    }

    void a_body_that_is_too_large_is_read_away_and_refused() {
        HttpsHouse house{HttpsHouse::echo, [](ServerSettings& settings) { settings.max_body = 1000; }};
        HttpsClient client{house.port()};
        const auto post = [&](std::size_t size) {
            client.send("POST /api/v1/x HTTP/1.1\r\nHost: box\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
                        std::string(size, 'x'));
            return client.read();
        };
        const auto refused = post(2'000'000);
        CPPUNIT_ASSERT_EQUAL(413, refused.status);
        CPPUNIT_ASSERT(refused.body.find("too large") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(200, post(1000).status);
        CPPUNIT_ASSERT_EQUAL(413, post(1001).status);
    }

    void large_bodies_share_what_there_is() {
        HttpsHouse house{HttpsHouse::echo, [](ServerSettings& settings) {
                             settings.small_body = 1000;
                             settings.max_bodies = 5000;
                         }};
        HttpsClient slow{house.port()};
        const auto post = [](HttpsClient& client, std::size_t announced, std::size_t sent) {
            client.send("POST /api/v1/x HTTP/1.1\r\nHost: box\r\nContent-Length: " + std::to_string(announced) +
                        "\r\n\r\n" + std::string(sent, 'x'));
        };
        HttpsClient quick{house.port()};
        const auto status = [&](std::size_t size) {
            post(quick, size, size);
            return quick.read().status;
        };
        // What was used is given back with every answer.
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT_EQUAL(200, status(6000));
        CPPUNIT_ASSERT_EQUAL(503, status(6001));
        CPPUNIT_ASSERT_EQUAL(200, status(6000));
        post(slow, 5000, 5000 - 1);
        while (status(6000) == 200) continue;  // until the slow one's piece has arrived
        CPPUNIT_ASSERT_EQUAL(200, status(1000));
        slow.send("x");
        CPPUNIT_ASSERT_EQUAL(200, slow.read().status);
        CPPUNIT_ASSERT_EQUAL(200, status(6000));
        // A sender that breaks off gives back as well.
        post(slow, 5000, 4999);
        while (status(6000) == 200) continue;
        slow.hang_up();
        while (status(6000) == 503) continue;
    }

    void a_head_that_is_too_large_is_refused() {
        HttpsHouse house;
        HttpsClient client{house.port()};
        client.send("GET / HTTP/1.1\r\nHost: box\r\nX-Long: " + std::string(40'000, 'x') + "\r\n\r\n");
        const int status = client.read_head().status;
        CPPUNIT_ASSERT(status == 431 || status == 413);
    }

    void a_path_with_a_zero_byte_is_refused() {
        HttpsHouse house;
        CPPUNIT_ASSERT_EQUAL(422, HttpsClient{house.port()}.get("/api/v1/school%00.png").status);
        CPPUNIT_ASSERT_EQUAL(422, HttpsClient{house.port()}.get("/index.html%00.png").status);
    }

    void one_connection_carries_many_requests() {
        HttpsHouse house;
        HttpsClient client{house.port()};
        for (int i = 0; i < 50; ++i) {
            const auto path = "/api/v1/" + std::to_string(i);
            CPPUNIT_ASSERT_EQUAL("GET " + path + " ", client.get(path).body);
            CPPUNIT_ASSERT_EQUAL(200, client.get("/").status);
        }
    }

    void hundreds_of_connections_at_once() {
        HttpsHouse house;
        std::vector<std::unique_ptr<HttpsClient>> clients;
        for (int i = 0; i < 300; ++i) clients.push_back(std::make_unique<HttpsClient>(house.port()));
        for (const auto& client : clients) client->send("GET /api/v1/x HTTP/1.1\r\nHost: box\r\n\r\n");
        for (const auto& client : clients) CPPUNIT_ASSERT_EQUAL(200, client->read().status);
    }

    void what_is_beyond_the_connection_limit_is_closed() {
        HttpsHouse house{HttpsHouse::echo, [](ServerSettings& settings) { settings.max_connections_per_address = 2; }};
        HttpsClient first{house.port()};
        HttpsClient second{house.port()};
        CPPUNIT_ASSERT_THROW(HttpsClient{house.port()}, std::exception);
        CPPUNIT_ASSERT_EQUAL(200, first.get("/").status);
        CPPUNIT_ASSERT_EQUAL(200, second.get("/").status);
    }

    void whoever_drips_a_request_is_thrown_out() {
        HttpsHouse house{HttpsHouse::echo,
                         [](ServerSettings& settings) { settings.request_time = std::chrono::seconds{0}; }};
        HttpsClient client{house.port()};
        client.send("GET /api/v1/x HTTP/1.1\r\nHost: bo");
        CPPUNIT_ASSERT(client.closed());
    }

    void whoever_idles_too_long_is_thrown_out() {
        HttpsHouse house{HttpsHouse::echo,
                         [](ServerSettings& settings) { settings.idle_time = std::chrono::seconds{0}; }};
        HttpsClient client{house.port()};
        CPPUNIT_ASSERT_EQUAL(200, client.get("/").status);
        CPPUNIT_ASSERT(client.closed());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServerTest);
