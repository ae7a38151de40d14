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

void write_private(const std::filesystem::path& file, const std::string& text) {
    const FileDescriptor fd{::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (!fd || ::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        throw StartError(fmt::format("{} cannot be written: {}", file.string(), std::strerror(errno)));
}

}  // namespace

void seed_demo_box(const Settings& settings, const std::filesystem::path& file) {
    const auto key = load_link_key(settings.state_dir);
    Store store{settings.state_dir, [](const std::function<void()>& work) { work(); }};
    const auto now = SystemClock{}.now();
    const auto seeded = store.write_and_wait([&](Transaction& tx) { return seed_demo(tx, key, now); });
    if (!seeded)
        throw StartError(
            fmt::format("{} holds a school already; the demo needs an empty folder", settings.state_dir.string()));
    json::array personas;
    for (const auto& persona : *seeded) personas.push_back(describe(persona, settings.public_url));
    write_private(file, json::serialize(json::object{{"url", settings.public_url}, {"personas", personas}}) + '\n');
}

}  // namespace parley
