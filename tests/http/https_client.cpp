#include "http/https_client.h"

#include <openssl/x509.h>

#include <algorithm>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <cctype>

namespace parley {

namespace asio = boost::asio;

HttpsClient::HttpsClient(std::uint16_t port) : stream_{io_, tls_} {
    stream_.next_layer().connect({asio::ip::address_v4::loopback(), port});
    stream_.handshake(asio::ssl::stream_base::client);
}

void HttpsClient::send(const std::string& bytes) {
    asio::write(stream_, asio::buffer(bytes));
}

std::string HttpsClient::take(std::size_t size) {
    if (buffer_.size() < size)
        asio::read(stream_, asio::dynamic_buffer(buffer_), asio::transfer_exactly(size - buffer_.size()));
    auto taken = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return taken;
}

std::string HttpsClient::line() {
    const auto size = asio::read_until(stream_, asio::dynamic_buffer(buffer_), "\r\n");
    return take(size).substr(0, size - 2);
}

HttpsAnswer HttpsClient::read_head() {
    HttpsAnswer answer;
    answer.status = std::stoi(line().substr(9, 3));
    for (auto text = line(); !text.empty(); text = line()) {
        const auto colon = text.find(": ");
        auto name = text.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        answer.headers.emplace(name, text.substr(colon + 2));
    }
    return answer;
}

HttpsAnswer HttpsClient::read(bool has_body) {
    auto answer = read_head();
    const auto length = answer.header("content-length");
    if (!has_body || length.empty()) return answer;
    const auto size = std::stoul(length);
    answer.body = take(size);
    return answer;
}

std::string HttpsClient::read_chunk() {
    const auto size = std::stoul(line(), nullptr, 16);
    return take(size + 2).substr(0, size);
}

bool HttpsClient::closed() {
    boost::system::error_code error;
    char byte = 0;
    stream_.read_some(asio::buffer(&byte, 1), error);
    return error.failed();
}

HttpsAnswer HttpsClient::get(const std::string& path, const std::string& headers) {
    send("GET " + path + " HTTP/1.1\r\nHost: box\r\n" + headers + "\r\n");
    return read();
}

void HttpsClient::hang_up() {
    stream_.next_layer().close();
}

std::string HttpsClient::certificate() {
    X509* certificate = SSL_get1_peer_certificate(stream_.native_handle());
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    std::string text{reinterpret_cast<char*>(der), static_cast<std::size_t>(size)};
    OPENSSL_free(der);
    X509_free(certificate);
    return text;
}

}  // namespace parley
