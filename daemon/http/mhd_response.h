#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct MHD_Response;

namespace parley {

struct MhdResponseDeleter {
    void operator()(MHD_Response*) const;
};
using MhdResponse = std::unique_ptr<MHD_Response, MhdResponseDeleter>;

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// A response with a body that lives at least as long as it, the headers given and the box's security headers.
MhdResponse make_response(const HeaderList&, std::shared_ptr<const std::string> body);

/// Adds the headers given and the security headers to a response that was made elsewhere.
void add_headers(MHD_Response*, const HeaderList&);

}  // namespace parley
