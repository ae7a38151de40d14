#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/database.h"
#include "store/job.h"
#include "store/tables.h"

namespace parley {

/// The one thread that writes: drains its queue, up to `group_limit` jobs in one transaction, a savepoint each, and
/// answers after the commit. One fsync carries the whole group.
class Writer {
public:
    using Post = std::function<void(std::function<void()>)>;

    Writer(const std::filesystem::path& file, Post post, std::size_t queue_limit, std::size_t group_limit);
    /// Carries out what is queued, then ends the thread.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Thread-safe. A job that finds the queue full is answered with StoreBusy.
    void enqueue(std::shared_ptr<store_detail::Job>, store_detail::Answer);
    Database& database() { return database_; }
    /// Starts the thread; before that, the database belongs to the caller.
    void start();

private:
    struct Entry {
        std::shared_ptr<store_detail::Job> job;
        store_detail::Answer answer;
    };
    using Group = std::vector<Entry>;

    void work();
    Group take_group();
    void carry_out(Group&);
    void run_all(Group&);
    void run_one(store_detail::Job&);
    void give_answer(Entry);

    Database database_;
    Tables tables_{database_};
    Post post_;
    std::size_t queue_limit_;
    std::size_t group_limit_;
    std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<Entry> queue_;
    bool ending_{false};
    std::thread thread_;
};

}  // namespace parley
