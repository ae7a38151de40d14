#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <cstdint>
#include <map>
#include <string>

namespace parley {

struct HttpsAnswer {
    int status{};
    std::multimap<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    [[nodiscard]] std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
};

/// One TLS connection to the box, with every byte of it in the test's hands. Blocks.
class HttpsClient {
public:
    explicit HttpsClient(std::uint16_t port);

    void send(const std::string& bytes);
    HttpsAnswer read(bool has_body = true);  ///< one whole answer; `has_body` is false behind HEAD
    HttpsAnswer read_head();
    std::string read_chunk();  ///< of a chunked body; empty at its end
    bool closed();             ///< waits until the peer has closed; false when it says something instead
    HttpsAnswer get(const std::string& path, const std::string& headers = {});
    void hang_up();                           ///< without a farewell, as a killed browser would
    [[nodiscard]] std::string certificate();  ///< the server's, in DER

private:
    std::string line();
    std::string take(std::size_t size);

    boost::asio::io_context io_;
    boost::asio::ssl::context tls_{boost::asio::ssl::context::tls_client};
    boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream_;
    std::string buffer_;  ///< received and not taken yet
};

}  // namespace parley
