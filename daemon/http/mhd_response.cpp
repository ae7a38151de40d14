#include "http/mhd_response.h"

#include <microhttpd.h>

#include "http/security_headers.h"

namespace parley {

namespace {

using Body = std::shared_ptr<const std::string>;

void free_body(void* body) {
    delete static_cast<Body*>(body);
}

}  // namespace

void MhdResponseDeleter::operator()(MHD_Response* response) const {
    MHD_destroy_response(response);
}

void add_headers(MHD_Response* response, const HeaderList& headers) {
    for (const auto& [name, value] : headers) MHD_add_response_header(response, name.c_str(), value.c_str());
    for (const auto& [name, value] : security_headers()) MHD_add_response_header(response, name, value);
}

MhdResponse make_response(const HeaderList& headers, std::shared_ptr<const std::string> body) {
    // The bytes stay where they are, unchanged: the response holds on to their owner.
    auto* owner = new Body{std::move(body)};
    MhdResponse response{MHD_create_response_from_buffer_with_free_callback_cls(
        (*owner)->size(), const_cast<char*>((*owner)->data()), &free_body, owner)};
    add_headers(response.get(), headers);
    return response;
}

}  // namespace parley
