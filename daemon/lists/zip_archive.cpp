#include "lists/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "lists/list_error.h"

namespace parley {

namespace {

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using ArchivePtr = std::unique_ptr<zip_t, Discard>;
using FilePtr = std::unique_ptr<zip_file_t, Discard>;

/// What the archive says of one of its files; it may lie, so the size is a claim.
struct Entry {
    std::string path;
    zip_uint64_t index{};
    std::uint64_t claimed{};
};

/// libzip takes no bytes at all for an archive without files.
ArchivePtr open_archive(const std::vector<char>& bytes, const std::string& name) {
    if (bytes.empty()) throw ListError{ListFault::not_zip, name};
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive == nullptr && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    if (archive == nullptr) throw ListError{ListFault::not_zip, name};
    return ArchivePtr{archive};
}

bool leads_out(const std::string& path) {
    return path.empty() || path.front() == '/' || path.find('\\') != std::string::npos ||
           ("/" + path + "/").find("/../") != std::string::npos || path.find(':') != std::string::npos;
}

class Archive {
public:
    Archive(const std::vector<char>& bytes, const std::string& name, const ZipLimits& limits)
        : name_{name}, limits_{limits}, archive_{open_archive(bytes, name)} {
        const auto count = zip_get_num_entries(archive_.get(), 0);
        if (count < 0) refuse(ListFault::not_zip);
        if (static_cast<std::size_t>(count) > limits.entries) refuse(ListFault::too_big);
        for (zip_int64_t i = 0; i < count; ++i) look_at(static_cast<zip_uint64_t>(i));
    }

    [[nodiscard]] std::map<std::string, std::string> unpack(const std::vector<std::string>& wanted) {
        std::map<std::string, std::string> files;
        for (const auto& entry : entries_) {
            const auto base = entry.path.substr(folder().size());
            if (std::find(wanted.begin(), wanted.end(), base) == wanted.end()) continue;
            files.emplace(base, contents(entry));
        }
        return files;
    }

private:
    [[noreturn]] void refuse(ListFault fault) const { throw ListError{fault, name_}; }

    void look_at(zip_uint64_t index) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
        if (zip_stat_index(archive_.get(), index, 0, &stat) != 0 || (stat.valid & needed) != needed)
            refuse(ListFault::not_zip);
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
            refuse(ListFault::zip_encrypted);
        const std::string path{stat.name};
        if (leads_out(path) || !paths_.insert(path).second) refuse(ListFault::zip_path);
        if (path.back() == '/') return;
        // Small files may shrink a lot: a header and many equal lines.
        constexpr std::uint64_t never_a_bomb = 1024 * 1024;
        if (stat.size > never_a_bomb && stat.size / limits_.growth > stat.comp_size) refuse(ListFault::zip_bomb);
        claimed_ += std::min<std::uint64_t>(stat.size, limits_.all_bytes + 1);
        if (claimed_ > limits_.all_bytes) refuse(ListFault::zip_bomb);
        entries_.push_back({path, index, stat.size});
    }

    /// "export/" when every file stands in it.
    [[nodiscard]] std::string folder() const {
        if (entries_.empty()) return {};
        const auto& first = entries_.front().path;
        const auto folder = first.substr(0, first.find('/') == std::string::npos ? 0 : first.find('/') + 1);
        const auto inside = [&](const Entry& entry) { return entry.path.starts_with(folder); };
        return std::all_of(entries_.begin(), entries_.end(), inside) ? folder : std::string{};
    }

    /// Never more than it claimed: libzip's own check comes at the end, when the memory would be gone.
    std::string contents(const Entry& entry) {
        const FilePtr file{zip_fopen_index(archive_.get(), entry.index, 0)};
        if (!file) refuse(ListFault::not_zip);
        std::string bytes;
        std::array<char, 64 * 1024> piece{};
        while (true) {
            const auto count = zip_fread(file.get(), piece.data(), piece.size());
            if (count < 0) refuse(ListFault::not_zip);
            if (count == 0) break;
            bytes.append(piece.data(), static_cast<std::size_t>(count));
            if (bytes.size() > entry.claimed) refuse(ListFault::zip_bomb);
        }
        return bytes;
    }

    const std::string& name_;
    const ZipLimits& limits_;
    ArchivePtr archive_;
    std::vector<Entry> entries_;
    std::set<std::string> paths_;
    std::uint64_t claimed_{};
};

}  // namespace

std::map<std::string, std::string> read_zip(const std::vector<char>& bytes, const std::string& name,
                                            const std::vector<std::string>& wanted, const ZipLimits& limits) {
    return Archive{bytes, name, limits}.unpack(wanted);
}

}  // namespace parley
