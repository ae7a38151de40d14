#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

/// What a browser said that matters for a file.
struct FileRequest {
    std::string method;  ///< "GET" or "HEAD"; anything else is a 405
    std::string path;    ///< percent-decoded
    std::string accept_encoding;
    std::string if_none_match;
};

struct FileAnswer {
    int status{};
    std::vector<std::pair<std::string, std::string>> headers;
    std::shared_ptr<const std::string> body;
};

/// The built pages, in memory: a disk that fails on the evening takes no page away, and no path of a request ever
/// reaches the file system. Content-hashed files (/assets/) may be kept for ever, all else is asked for again (ETag).
/// A path without a dot in its last part is a page of the single-page application: index.html.
class StaticFiles {
public:
    static constexpr std::size_t max_bytes = std::size_t{64} << 20U;
    /// Reads the folder with what is below it; FILE.br and FILE.gz beside FILE are its compressed forms. Throws
    /// ServerError when there is no index.html, or more than `max_bytes`.
    explicit StaticFiles(const std::string& folder);

    [[nodiscard]] FileAnswer answer(const FileRequest&) const;

private:
    struct Form {
        std::shared_ptr<const std::string> body;
        std::string etag;
    };
    struct File {
        std::string content_type;
        bool immutable{};
        std::map<std::string, Form, std::less<>> forms;  ///< by content coding; "" is the plain one
    };
    [[nodiscard]] const File* find(const std::string& path) const;

    std::map<std::string, File, std::less<>> files_;
};

}  // namespace parley
