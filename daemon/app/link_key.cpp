#include "app/link_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/file_descriptor.h"

namespace parley {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& what) {
    throw StartError(fmt::format("the key of the links, {}, {}", file.string(), what));
}

/// Whole and on the disk, or not there at all: written under another name first.
void make_key(const std::filesystem::path& file) {
    auto fresh = file;
    fresh += ".new";
    ::unlink(fresh.c_str());
    const FileDescriptor fd{::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    LinkKey key;
    const auto size = static_cast<ssize_t>(key.bytes.size());
    if (!fd || ::getrandom(key.bytes.data(), key.bytes.size(), 0) != size ||
        ::write(fd.get(), key.bytes.data(), key.bytes.size()) != size || ::fsync(fd.get()) != 0 ||
        ::rename(fresh.c_str(), file.c_str()) != 0)
        fail(file, fmt::format("cannot be made: {}", std::strerror(errno)));
    const FileDescriptor folder{::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!folder || ::fsync(folder.get()) != 0) fail(file, fmt::format("cannot be kept: {}", std::strerror(errno)));
}

}  // namespace

LinkKey load_link_key(const std::filesystem::path& state_dir) {
    const auto file = state_dir / "link.key";
    if (!std::filesystem::exists(file)) make_key(file);
    const FileDescriptor fd{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    struct stat facts {};
    if (!fd || ::fstat(fd.get(), &facts) != 0) fail(file, fmt::format("cannot be read: {}", std::strerror(errno)));
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        fail(file,
             "may be read by others; make it private (chmod 600), or remove it: all links that were sent die then");
    LinkKey key;
    if (facts.st_size != static_cast<off_t>(key.bytes.size()) ||
        ::read(fd.get(), key.bytes.data(), key.bytes.size()) != static_cast<ssize_t>(key.bytes.size()))
        fail(file, "is damaged; put it back from a copy, or remove it: all links that were sent die then");
    return key;
}

}  // namespace parley
