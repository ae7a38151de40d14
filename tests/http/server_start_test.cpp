#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <csignal>

#include "http/https_client.h"
#include "http/https_house.h"
#include "http/listen_socket.h"

using namespace parley;

/// What the server needs to start, and its certificate.
class ServerStartTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerStartTest);
    CPPUNIT_TEST(a_taken_port_is_named);
    CPPUNIT_TEST(an_address_that_is_none_is_named);
    CPPUNIT_TEST(certificate_and_key_must_be_there_and_belong_together);
    CPPUNIT_TEST(it_takes_a_socket_that_systemd_opened);
    CPPUNIT_TEST(a_renewed_certificate_is_used_without_a_restart);
    CPPUNIT_TEST(a_broken_certificate_leaves_the_old_one_in_use);
    CPPUNIT_TEST(without_tls_there_is_no_answer);
    CPPUNIT_TEST(old_tls_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_taken_port_is_named() {
        const HttpsHouse house;
        const auto reason = refusal([&](ServerSettings& settings) { settings.port = house.port(); });
        contains("port " + std::to_string(house.port()), reason);
        contains("another program listens there", reason);
    }

    void an_address_that_is_none_is_named() {
        contains("is localhost, which is no IPv4", refusal([](auto& settings) { settings.address = "localhost"; }));
        contains("no such address", refusal([](auto& settings) { settings.address = "192.0.2.1"; }));
    }

    void certificate_and_key_must_be_there_and_belong_together() {
        contains("certificate cannot be read", refusal([](auto& settings) { settings.certificate_file = "/nowhere"; }));
        contains("key cannot be read", refusal([](auto& settings) { settings.key_file = "/nowhere"; }));
        contains("no usable key", refusal([](auto& settings) { settings.key_file = settings.certificate_file; }));
        contains("no usable certificate",
                 refusal([](auto& settings) { settings.certificate_file = settings.key_file; }));
        const HttpsHouse other;
        contains("does not belong", refusal([&](auto& settings) { settings.key_file = other.path("box.key"); }));
    }

    void it_takes_a_socket_that_systemd_opened() {
        auto socket = listen_on("::1", 0);
        const auto port = port_of(socket.get());
        const HttpsHouse house{HttpsHouse::echo,
                               [&](ServerSettings& settings) { settings.listen_fd = socket.release(); }};
        CPPUNIT_ASSERT_EQUAL(port, house.port());
    }

    void a_renewed_certificate_is_used_without_a_restart() {
        HttpsHouse house;
        HttpsClient before{house.port()};
        house.make_certificate("box");
        house.on_loop([&] { CPPUNIT_ASSERT(!house.server().reload_certificate()); });
        HttpsClient after{house.port()};
        CPPUNIT_ASSERT(before.certificate() != after.certificate());
        CPPUNIT_ASSERT_EQUAL(200, before.get("/").status);
        CPPUNIT_ASSERT_EQUAL(200, after.get("/").status);
    }

    void a_broken_certificate_leaves_the_old_one_in_use() {
        HttpsHouse house;
        const auto before = HttpsClient{house.port()}.certificate();
        house.write("box.pem", "no certificate");
        std::optional<std::string> reason;
        house.on_loop([&] { reason = house.server().reload_certificate(); });
        contains("no usable certificate", reason.value_or(""));
        CPPUNIT_ASSERT(before == HttpsClient{house.port()}.certificate());
    }

    void without_tls_there_is_no_answer() {
        const HttpsHouse house;
        boost::asio::io_context io;
        boost::asio::ip::tcp::socket socket{io};
        socket.connect({boost::asio::ip::address_v4::loopback(), house.port()});
        boost::asio::write(socket, boost::asio::buffer(std::string{"GET / HTTP/1.1\r\nHost: box\r\n\r\n"}));
        std::array<char, 4> answer{};
        boost::system::error_code error;
        boost::asio::read(socket, boost::asio::buffer(answer), error);
        CPPUNIT_ASSERT(std::string(answer.data(), answer.size()) != "HTTP");
    }

    void old_tls_is_refused() {
        const HttpsHouse house;
        const auto attempt = "openssl s_client -connect 127.0.0.1:" + std::to_string(house.port()) +
                             " -cipher ALL:@SECLEVEL=0 </dev/null >/dev/null 2>&1 ";
        CPPUNIT_ASSERT_EQUAL(0, std::system((attempt + "-tls1_2").c_str()));
        CPPUNIT_ASSERT(std::system((attempt + "-tls1_1").c_str()) != 0);
    }

private:
    static std::string refusal(const std::function<void(ServerSettings&)>& change) {
        try {
            const HttpsHouse house{HttpsHouse::echo, change};
        } catch (const ServerError& error) {
            return error.what();
        }
        return "it started";
    }
    static void contains(const std::string& part, const std::string& whole) {
        CPPUNIT_ASSERT_MESSAGE(whole, whole.find(part) != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServerStartTest);
