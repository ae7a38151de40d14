#include "store/writer.h"

#include <algorithm>
#include <exception>

#include "store/store_error.h"

namespace parley {

Writer::Writer(const std::filesystem::path& file, Post post, std::size_t queue_limit, std::size_t group_limit)
    : database_{file, Database::Access::write},
      post_{std::move(post)},
      queue_limit_{queue_limit},
      group_limit_{std::max<std::size_t>(group_limit, 1)} {}

Writer::~Writer() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    filled_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Writer::start() {
    thread_ = std::thread{[this] { work(); }};
}

void Writer::enqueue(std::shared_ptr<store_detail::Job> job, store_detail::Answer answer) {
    {
        const std::lock_guard lock{mutex_};
        if (queue_.size() < queue_limit_) {
            queue_.push_back({std::move(job), answer});
            filled_.notify_one();
            return;
        }
    }
    job->fail(
        std::make_exception_ptr(StoreBusy{"too much is being written at the moment: try again in a few seconds"}));
    give_answer({std::move(job), answer});
}

void Writer::work() {
    for (Group group = take_group(); !group.empty(); group = take_group()) {
        carry_out(group);
        for (auto& entry : group) give_answer(std::move(entry));
    }
}

Writer::Group Writer::take_group() {
    std::unique_lock lock{mutex_};
    filled_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), group_limit_));
    Group group{std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.begin() + count)};
    queue_.erase(queue_.begin(), queue_.begin() + count);
    return group;
}

void Writer::carry_out(Group& group) {
    try {
        database_.execute("BEGIN IMMEDIATE");
        run_all(group);
        database_.execute("COMMIT");
    } catch (...) {
        // Every answer of the group may rest on what another one of it wrote: all of them are void.
        for (const auto& entry : group) entry.job->fail(std::current_exception());
        if (!database_.in_transaction()) return;
        try {
            database_.execute("ROLLBACK");
        } catch (const StoreError&) {
            // The next BEGIN says so again, to those whom it concerns.
        }
    }
}

void Writer::run_all(Group& group) {
    for (const auto& entry : group) run_one(*entry.job);
}

void Writer::run_one(store_detail::Job& job) {
    database_.execute("SAVEPOINT job");
    bool keep = false;
    try {
        keep = job.run(tables_.transaction());
    } catch (...) {
        // A full disk makes SQLite drop the whole transaction, and with it the work of those before.
        if (!database_.in_transaction()) throw;
        job.fail(std::current_exception());
    }
    if (!keep) database_.execute("ROLLBACK TO job");
    database_.execute("RELEASE job");
}

void Writer::give_answer(Entry entry) {
    if (entry.answer == store_detail::Answer::at_once) return entry.job->deliver();
    post_([job = std::move(entry.job)] { job->deliver(); });
}

}  // namespace parley
