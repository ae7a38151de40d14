#include "store/store.h"

#include <fcntl.h>
#include <sys/file.h>

#include <mutex>
#include <system_error>

#include "base/file_descriptor.h"
#include "store/database.h"
#include "store/migrations.h"
#include "store/tables.h"
#include "store/writer.h"

namespace parley {

namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& dir) {
    std::error_code error;
    if (fs::is_directory(dir, error)) return;
    fs::create_directories(dir, error);
    if (error) throw StoreError{"the folder " + dir.string() + " cannot be made: " + error.message()};
    fs::permissions(dir, fs::perms::owner_all, error);
}

/// Two daemons on one database would each believe they know who sits where. Held until the descriptor closes.
FileDescriptor lock_folder(const fs::path& dir) {
    const std::string file = (dir / "parley.lock").string();
    FileDescriptor lock{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!lock) {
        const std::error_code why{errno, std::generic_category()};
        throw StoreError{"the folder " + dir.string() + " cannot be written (" + why.message() +
                         "): let the service's user own it"};
    }
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        throw StoreError{"the database in " + dir.string() + " is in use by another Parley: stop that one first"};
    }
    return lock;
}

fs::path database_file(const fs::path& dir) {
    return dir / "parley.db";
}

void check_health(Database& database, const fs::path& file) {
    const std::string damage = database.find_damage();
    if (!damage.empty()) throw StoreError{file.string() + " is damaged (" + damage + "): restore the latest backup"};
}

FileDescriptor prepare_folder(const fs::path& dir) {
    make_folder(dir);
    return lock_folder(dir);
}

}  // namespace

struct Store::Parts {
    Parts(const fs::path& dir, Post post, Limits limits)
        : lock{prepare_folder(dir)}, writer{database_file(dir), std::move(post), limits.queue, limits.group} {
        check_health(writer.database(), database_file(dir));
        migrate(writer.database(), migrations());
        reading = std::make_unique<Database>(database_file(dir), Database::Access::read);
        tables = std::make_unique<Tables>(*reading);
        writer.start();
    }

    FileDescriptor lock;
    std::unique_ptr<Database> reading;
    std::unique_ptr<Tables> tables;
    std::recursive_mutex read_mutex;
    int read_depth{0};
    Writer writer;
};

Store::Store(const std::filesystem::path& dir, Post post, Limits limits)
    : parts_{std::make_unique<Parts>(dir, std::move(post), limits)} {}

Store::~Store() = default;

void Store::enqueue(std::shared_ptr<store_detail::Job> job, store_detail::Answer answer) {
    parts_->writer.enqueue(std::move(job), answer);
}

// A rule that reads may be called by another one that does: they share the state they see.
Store::ReadScope::ReadScope(Store& store) : store_{store}, lock_{store.lock_reading()} {
    if (store_.parts_->read_depth == 0) store_.parts_->reading->execute("BEGIN");
    ++store_.parts_->read_depth;
}

Store::ReadScope::~ReadScope() {
    if (--store_.parts_->read_depth > 0) return;
    try {
        store_.parts_->reading->execute("ROLLBACK");
    } catch (const StoreError&) {
        // Nothing was written; the next BEGIN reports what is wrong with the file.
    }
}

Transaction& Store::ReadScope::transaction() const {
    return store_.parts_->tables->transaction();
}

std::unique_lock<std::recursive_mutex> Store::lock_reading() {
    return std::unique_lock{parts_->read_mutex};
}

}  // namespace parley
