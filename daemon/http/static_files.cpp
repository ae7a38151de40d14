#include "http/static_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>

#include "base/crypto.h"
#include "http/server.h"

namespace parley {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> content_types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".mp3", "audio/mpeg"},
}};

std::string content_type_of(const std::string& path) {
    const auto extension = fs::path{path}.extension().string();
    const auto* found = std::find_if(content_types.begin(), content_types.end(),
                                     [&](const auto& type) { return type.first == extension; });
    return std::string{found == content_types.end() ? "application/octet-stream" : found->second};
}

/// The content coding that a file's name ends with, and the name without it.
std::pair<std::string, std::string> split_coding(const std::string& name) {
    for (const auto& [ending, coding] : {std::pair{".br", "br"}, std::pair{".gz", "gzip"}})
        if (name.ends_with(ending)) return {name.substr(0, name.size() - 3), coding};
    return {name, ""};
}

/// Whether a coding is among those accepted with a weight above zero (RFC 9110, 12.5.3). Good enough for browsers: a
/// coding that is not understood is not used.
bool accepts(std::string_view header, std::string_view coding) {
    while (!header.empty()) {
        auto item = header.substr(0, header.find(','));
        header.remove_prefix(std::min(item.size() + 1, header.size()));
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        const auto name = item.substr(0, item.find_first_of("; "));
        if (name != coding) continue;
        const auto weight = item.find("q=");
        if (weight == std::string_view::npos) return true;
        double value = 0;
        std::from_chars(item.begin() + weight + 2, item.end(), value);
        return value > 0;
    }
    return false;
}

std::string read_file(const fs::path& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream) throw ServerError(fmt::format("{} cannot be read", file.string()));
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// A strong one: the body's own hash, so that no two forms or versions share it (RFC 9110, 8.8.3).
std::string etag_of(const std::string& body) {
    const auto hash = hash_token(body);
    return '"' + to_hex(std::span{hash}.first<8>()) + '"';
}

FileAnswer plain_answer(int status, const char* sentence) {
    return {status,
            {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
            std::make_shared<const std::string>(sentence)};
}

bool is_page(std::string_view path) {
    return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos && !path.starts_with("/assets/");
}

}  // namespace

StaticFiles::StaticFiles(const std::string& folder) {
    std::error_code error;
    std::size_t bytes = 0;
    for (auto entry = fs::recursive_directory_iterator{folder, error}; !error && entry != fs::end(entry);
         entry.increment(error)) {
        if (!entry->is_regular_file()) continue;
        bytes += entry->file_size();
        if (bytes > max_bytes)
            throw ServerError(fmt::format("{} holds more than {} MiB; is it the folder of the built pages?", folder,
                                          max_bytes >> 20U));
        const auto [name, coding] = split_coding("/" + fs::relative(entry->path(), folder).generic_string());
        auto& file = files_[name];
        auto body = std::make_shared<const std::string>(read_file(entry->path()));
        auto etag = etag_of(*body);
        file.forms[coding] = {std::move(body), std::move(etag)};
        file.content_type = content_type_of(name);
        file.immutable = name.starts_with("/assets/");
    }
    std::erase_if(files_, [](const auto& file) { return !file.second.forms.contains(""); });
    if (error || !files_.contains("/index.html"))
        throw ServerError(fmt::format("{} holds no built pages (index.html); see [http] web_root", folder));
}

const StaticFiles::File* StaticFiles::find(const std::string& path) const {
    const auto found = files_.find(is_page(path) ? "/index.html" : path);
    return found == files_.end() ? nullptr : &found->second;
}

FileAnswer StaticFiles::answer(const FileRequest& request) const {
    if (request.method != "GET" && request.method != "HEAD") {
        auto refused = plain_answer(405, "Pages can only be read.\n");
        refused.headers.emplace_back("Allow", "GET, HEAD");
        return refused;
    }
    const File* file = find(request.path);
    if (file == nullptr) return plain_answer(404, "There is nothing here. The start page is at /.\n");

    auto form = file->forms.find("");
    for (const char* coding : {"br", "gzip"}) {
        const auto compressed = file->forms.find(coding);
        if (compressed == file->forms.end() || !accepts(request.accept_encoding, coding)) continue;
        form = compressed;
        break;
    }
    FileAnswer answer{200, {}, form->second.body};
    answer.headers = {{"ETag", form->second.etag},
                      {"Vary", "Accept-Encoding"},
                      {"Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
    if (request.if_none_match.find(form->second.etag) != std::string::npos) {
        answer.status = 304;
        answer.body = std::make_shared<const std::string>();
        return answer;
    }
    answer.headers.emplace_back("Content-Type", file->content_type);
    if (!form->first.empty()) answer.headers.emplace_back("Content-Encoding", form->first);
    return answer;
}

}  // namespace parley
