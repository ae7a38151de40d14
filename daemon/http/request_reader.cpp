#include "http/request_reader.h"

#include <microhttpd.h>

#include <boost/asio/ip/tcp.hpp>
#include <cstring>

namespace parley {

namespace {

constexpr const char* session_cookie_name = "__Host-parley";

std::string client_of(MHD_Connection* connection) {
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == nullptr || info->client_addr == nullptr) return {};
    boost::asio::ip::tcp::endpoint endpoint;
    const auto size = info->client_addr->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    endpoint.resize(size);
    std::memcpy(endpoint.data(), info->client_addr, size);
    const auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return make_address_v4(boost::asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

MHD_Result keep_argument(void* query, MHD_ValueKind, const char* name, const char* value) {
    (*static_cast<std::map<std::string, std::string>*>(query))[name] = value == nullptr ? "" : value;
    return MHD_YES;
}

}  // namespace

std::string header_of(MHD_Connection* connection, const char* name) {
    const char* value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return value == nullptr ? std::string{} : std::string{value};
}

Request read_request_head(MHD_Connection* connection, const char* method, const char* path) {
    Request request;
    request.method = method;
    request.path = path;
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &keep_argument, &request.query);
    if (const char* token = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, session_cookie_name))
        request.session = Secret{token};
    request.content_type = header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
    request.origin = header_of(connection, MHD_HTTP_HEADER_ORIGIN);
    request.fetch_site = header_of(connection, "Sec-Fetch-Site");
    request.host = header_of(connection, MHD_HTTP_HEADER_HOST);
    request.last_event_id = header_of(connection, "Last-Event-ID");
    request.client = client_of(connection);
    return request;
}

}  // namespace parley
