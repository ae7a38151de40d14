#include <arpa/inet.h>
#include <cppunit/extensions/HelperMacros.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <csignal>
#include <fstream>
#include <iterator>

#include "app/parleyd.h"
#include "http/https_client.h"
#include "http/self_signed.h"

using namespace parley;

/// The whole program, from its start to its end.
class ParleydTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ParleydTest);
    CPPUNIT_TEST(X2_says_when_it_serves);
    CPPUNIT_TEST(X2_gives_signs_of_life_to_the_watchdog);
    CPPUNIT_TEST(X2_takes_the_socket_that_systemd_hands_over);
    CPPUNIT_TEST(X2_reads_the_certificate_again_on_SIGHUP);
    CPPUNIT_TEST(X2_keeps_the_certificate_when_the_new_one_is_none);
    CPPUNIT_TEST(ends_in_order_on_SIGTERM_with_its_call_processes);
    CPPUNIT_TEST(ends_in_order_on_SIGINT);
    CPPUNIT_TEST(makes_a_certificate_that_stays);
    CPPUNIT_TEST(a_full_disk_leaves_no_half_certificate);
    CPPUNIT_TEST(the_demo_school_is_written_for_its_owner_alone);
    CPPUNIT_TEST(the_links_of_the_demo_school_open);
    CPPUNIT_TEST(a_session_outlives_a_crash_and_a_restart);
    CPPUNIT_TEST(P1_another_key_switches_the_links_off_and_says_so);
    CPPUNIT_TEST(P3_no_link_and_no_name_gets_into_the_log);
    CPPUNIT_TEST_SUITE_END();

    Parleyd box_;

    void end() {
        box_.send(SIGTERM);
        const auto ending = box_.wait();
        CPPUNIT_ASSERT_EQUAL_MESSAGE(ending.said, 0, ending.status);
    }

    [[nodiscard]] HttpsAnswer health() const { return HttpsClient{box_.port()}.get("/api/v1/health"); }

    boost::json::object seed() {
        const auto ending = box_.run({"--seed-demo", box_.path("demo.json")});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(ending.said, 0, ending.status);
        std::ifstream file{box_.path("demo.json")};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        return boost::json::parse(text).as_object();
    }

    static std::string token_of(const boost::json::value& persona) {
        const std::string link{persona.at("link").as_string()};
        return link.substr(link.find('#') + 1);
    }

    [[nodiscard]] HttpsAnswer sign_in(const std::string& token) const {
        const std::string body = R"({"token":")" + token + R"("})";
        HttpsClient client{box_.port()};
        client.send(
            "POST /api/v1/session HTTP/1.1\r\nHost: box\r\nOrigin: https://box\r\n"
            "Content-Type: application/json\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body);
        return client.read();
    }

    [[nodiscard]] HttpsAnswer session(const std::string& cookie) const {
        return HttpsClient{box_.port()}.get("/api/v1/session", "Cookie: " + cookie + "\r\n");
    }

    void X2_says_when_it_serves() {
        box_.start();
        CPPUNIT_ASSERT_EQUAL(200, health().status);
        CPPUNIT_ASSERT_EQUAL(200, HttpsClient{box_.port()}.get("/").status);
        box_.send(SIGTERM);
        box_.wait_for_notice("STOPPING=1");
        CPPUNIT_ASSERT_EQUAL(0, box_.wait().status);
    }

    void X2_gives_signs_of_life_to_the_watchdog() {
        box_.start({{"WATCHDOG_USEC", "200000"}});
        for (int sign = 0; sign < 5; ++sign) box_.wait_for_notice("WATCHDOG=1");
        end();
    }

    void X2_takes_the_socket_that_systemd_hands_over() {
        const FileDescriptor listening{::socket(AF_INET, SOCK_STREAM, 0)};
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        CPPUNIT_ASSERT_EQUAL(0, ::bind(listening.get(), any, size));
        CPPUNIT_ASSERT_EQUAL(0, ::listen(listening.get(), 100));
        CPPUNIT_ASSERT_EQUAL(0, ::getsockname(listening.get(), any, &size));
        const auto port = ntohs(address.sin_port);

        const auto hand_over = [&] {
            constexpr int first_handed_over = 3;  // sd_listen_fds(3)
            ::dup2(listening.get(), first_handed_over);
            ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
        };
        box_.start({{"LISTEN_FDS", "1"}}, hand_over);
        CPPUNIT_ASSERT_EQUAL(200, HttpsClient{port}.get("/api/v1/health").status);
        end();
        // The port is systemd's: who comes now waits for the next parleyd.
        box_.start({{"LISTEN_FDS", "1"}}, hand_over);
        CPPUNIT_ASSERT_EQUAL(200, HttpsClient{port}.get("/api/v1/health").status);
        end();
    }

    void X2_reads_the_certificate_again_on_SIGHUP() {
        box_.start();
        const auto before = HttpsClient{box_.port()}.certificate();
        write_self_signed_certificate("127.0.0.1", box_.path("state/certificate.pem"), box_.path("state/key.pem"));
        box_.send(SIGHUP);
        box_.wait_for_notice("READY=1");
        CPPUNIT_ASSERT(before != HttpsClient{box_.port()}.certificate());
        CPPUNIT_ASSERT(box_.said().find("The certificate was read again.") != std::string::npos);
        end();
    }

    void X2_keeps_the_certificate_when_the_new_one_is_none() {
        box_.start();
        const auto before = HttpsClient{box_.port()}.certificate();
        box_.write("state/certificate.pem", "none\n");
        box_.send(SIGHUP);
        box_.wait_for_notice("READY=1");
        CPPUNIT_ASSERT(before == HttpsClient{box_.port()}.certificate());
        CPPUNIT_ASSERT(box_.said().find("error: The old certificate stays in use: ") != std::string::npos);
        end();
    }

    void ends_in_order_on_SIGTERM_with_its_call_processes() {
        ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // whoever parleyd leaves behind becomes a child of this test
        box_.set("calls", "spares", "2");
        box_.start();
        end();
        CPPUNIT_ASSERT_EQUAL(pid_t{-1}, ::waitpid(-1, nullptr, WNOHANG));
        ::prctl(PR_SET_CHILD_SUBREAPER, 0);
    }

    void ends_in_order_on_SIGINT() {
        box_.start();
        HttpsClient open{box_.port()};
        box_.send(SIGINT);
        CPPUNIT_ASSERT_EQUAL(0, box_.wait().status);
    }

    void makes_a_certificate_that_stays() {
        box_.start();
        const auto before = HttpsClient{box_.port()}.certificate();
        end();
        box_.start();
        CPPUNIT_ASSERT(before == HttpsClient{box_.port()}.certificate());
        end();
    }

    void a_full_disk_leaves_no_half_certificate() {
        std::filesystem::create_directories(box_.path("state"));
        const std::string certificate = box_.path("state/certificate.pem");
        std::filesystem::create_symlink("/dev/full", certificate + ".new");
        const auto make = [&] { write_self_signed_certificate("127.0.0.1", certificate, box_.path("state/key.pem")); };
        CPPUNIT_ASSERT_THROW(make(), std::exception);
        CPPUNIT_ASSERT(!std::filesystem::exists(certificate));
        std::filesystem::remove(certificate + ".new");
        make();
        box_.start();
        CPPUNIT_ASSERT_EQUAL(200, health().status);
        end();
    }

    void the_demo_school_is_written_for_its_owner_alone() {
        const auto demo = seed();
        CPPUNIT_ASSERT(demo.at("url").as_string() == "https://127.0.0.1");
        const auto& alex = demo.at("personas").as_array().front().as_object();
        CPPUNIT_ASSERT(alex.at("name").as_string() == "Alex Morgan");
        CPPUNIT_ASSERT(alex.at("role").as_string() == "parent");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, alex.at("students").as_array().size());
        CPPUNIT_ASSERT(alex.at("link").as_string().starts_with("https://127.0.0.1/in#"));
        struct stat facts {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(box_.path("demo.json").c_str(), &facts));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, mode_t{facts.st_mode & 0777U});
    }

    void the_links_of_the_demo_school_open() {
        const auto demo = seed();
        const auto& personas = demo.at("personas").as_array();
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, personas.size());  // 12 teachers, 30 parents, an administrator
        box_.start();
        // One of each role: log-ins of one client are limited (P3).
        CPPUNIT_ASSERT_EQUAL(201, sign_in(token_of(personas.front())).status);
        for (const char* role : {"teacher", "admin"}) {
            const auto* person = std::find_if(personas.begin(), personas.end(),
                                              [&](const auto& each) { return each.at("role").as_string() == role; });
            CPPUNIT_ASSERT_MESSAGE(role, person != personas.end());
            CPPUNIT_ASSERT_EQUAL(201, sign_in(token_of(*person)).status);
        }
        end();
    }

    void a_session_outlives_a_crash_and_a_restart() {
        const auto demo = seed();
        box_.start();
        const auto set_cookie = sign_in(token_of(demo.at("personas").as_array().front())).header("set-cookie");
        const auto cookie = set_cookie.substr(0, set_cookie.find(';'));
        CPPUNIT_ASSERT_EQUAL(200, session(cookie).status);
        box_.send(SIGKILL);
        CPPUNIT_ASSERT_EQUAL(-1, box_.wait().status);
        box_.start();
        CPPUNIT_ASSERT_EQUAL(200, session(cookie).status);
        end();
        box_.start();
        CPPUNIT_ASSERT(session(cookie).body.find("Alex Morgan") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(401, session("__Host-parley=made-up").status);
        end();
    }

    void P1_another_key_switches_the_links_off_and_says_so() {
        const auto demo = seed();
        const auto token = token_of(demo.at("personas").as_array().front());
        box_.start();
        CPPUNIT_ASSERT_EQUAL(201, sign_in(token).status);
        end();
        std::filesystem::remove(box_.path("state/link.key"));
        box_.start();
        CPPUNIT_ASSERT_EQUAL(410, sign_in(token).status);
        box_.send(SIGTERM);
        const auto said = box_.wait().said;
        CPPUNIT_ASSERT_MESSAGE(said, said.find("links were switched off") != std::string::npos);
    }

    void P3_no_link_and_no_name_gets_into_the_log() {
        const auto demo = seed();
        const auto& alex = demo.at("personas").as_array().front();
        box_.start();
        CPPUNIT_ASSERT_EQUAL(201, sign_in(token_of(alex)).status);
        CPPUNIT_ASSERT_EQUAL(404, sign_in("made-up").status);
        box_.send(SIGTERM);
        const auto said = box_.wait().said;
        for (const auto& secret : {token_of(alex), std::string{"made-up"}, std::string{"Morgan"}, std::string{"Sam"}})
            CPPUNIT_ASSERT_MESSAGE(secret + " stands in: " + said, said.find(secret) == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ParleydTest);
