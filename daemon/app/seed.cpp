#include "app/seed.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "app/link_key.h"
#include "base/file_descriptor.h"
#include "domain/demo.h"
#include "store/store.h"

namespace parley {

namespace {

namespace json = boost::json;

json::object describe(const DemoPersona& persona, const std::string& url) {
    return {{"role", to_text(persona.role)},
            {"name", persona.name},
            {"email", persona.email},
            {"students", json::array(persona.students.begin(), persona.students.end())},
            {"link", url + "/in#" + std::string{persona.token.reveal()}}};
}

/// A file for its owner alone: there under its name whole, or not at all. It can be written before the school is made,
/// so that there is no school whose links nobody has.
class PrivateFile {
public:
    explicit PrivateFile(std::filesystem::path file) : file_{std::move(file)}, fresh_{file_} {
        fresh_ += ".new";
        ::unlink(fresh_.c_str());
        fd_ = FileDescriptor{::open(fresh_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
        if (!fd_) fail();
    }
    ~PrivateFile() { ::unlink(fresh_.c_str()); }
    PrivateFile(const PrivateFile&) = delete;
    PrivateFile& operator=(const PrivateFile&) = delete;

    void keep(const std::string& text) {
        if (::write(fd_.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
            ::fsync(fd_.get()) != 0 || ::rename(fresh_.c_str(), file_.c_str()) != 0)
            fail();
    }

private:
    [[noreturn]] void fail() const {
        throw StartError(fmt::format("{} cannot be written: {}", file_.string(), std::strerror(errno)));
    }

    std::filesystem::path file_;
    std::filesystem::path fresh_;
    FileDescriptor fd_;
};

}  // namespace

void seed_demo_box(const Settings& settings, const std::filesystem::path& file) {
    PrivateFile people{file};
    const auto key = load_link_key(settings.state_dir);
    Store store{settings.state_dir, [](const std::function<void()>& work) { work(); }};
    const auto now = SystemClock{}.now();
    const auto seeded = store.write_and_wait([&](Transaction& tx) { return seed_demo(tx, key, now); });
    if (!seeded)
        throw StartError(
            fmt::format("{} holds a school already; the demo needs an empty folder", settings.state_dir.string()));
    json::array personas;
    for (const auto& persona : *seeded) personas.push_back(describe(persona, settings.public_url));
    people.keep(json::serialize(json::object{{"url", settings.public_url}, {"personas", personas}}) + '\n');
}

}  // namespace parley
