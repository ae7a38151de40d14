#pragma once
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

#include "domain/outcome.h"
#include "domain/transaction.h"
#include "store/job.h"
#include "store/store_error.h"

namespace parley {

/// The school's SQLite file: one writer thread with group commit, and a reading connection.
class Store {
public:
    /// Brings a callback to the thread that asked: asio's post in production. Called on the writer's thread.
    using Post = std::function<void(std::function<void()>)>;

    struct Limits {
        std::size_t queue = 4096;  ///< writes that wait
        std::size_t group = 64;    ///< writes in one transaction
    };

    /// Opens `dir`/parley.db (made with mode 0600 when it is not there), migrates it, and starts the writer. Throws
    /// StoreError: unwritable folder, not a database, damaged, newer than this program, in use by another process.
    Store(const std::filesystem::path& dir, Post post, Limits limits);
    Store(const std::filesystem::path& dir, Post post) : Store{dir, std::move(post), Limits{}} {}
    /// Carries out what was accepted, posts the answers, then closes.
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// Runs `rule(Transaction&) -> T` (T not void; Done if there is nothing to say) on the writer's thread, in a
    /// savepoint of a shared transaction, and calls `done(Result<T>)` through `post` once it is on the disk. When the
    /// rule throws, or answers an Outcome that refuses, what it did is undone. When the commit fails every write of the
    /// group gets the error. A full queue answers StoreBusy, through `post` too. Thread-safe; both callables are moved
    /// in.
    template <class F, class Done>
    void write(F rule, Done done) {
        enqueue(std::make_shared<store_detail::TypedJob<F, Done>>(std::move(rule), std::move(done)),
                store_detail::Answer::posted);
    }

    /// The same, waiting for the answer: for start-up, tools and tests, never on the loop. Throws what broke.
    template <class F>
    auto write_and_wait(F rule) -> std::invoke_result_t<F&, Transaction&> {
        using Value = std::invoke_result_t<F&, Transaction&>;
        std::promise<Value> promise;
        auto done = [&promise](Result<Value> result) {
            if (result)
                promise.set_value(std::move(result.value()));
            else
                promise.set_exception(result.error());
        };
        using Job = store_detail::TypedJob<F, decltype(done)>;
        enqueue(std::make_shared<Job>(std::move(rule), std::move(done)), store_detail::Answer::at_once);
        return promise.get_future().get();
    }

    /// Runs `rule(Transaction&)` at once on the reading connection, over one consistent state that holds everything
    /// answered before. Writing through it throws. Meant for the loop's thread (others wait for each other).
    template <class F>
    auto read(F rule) -> std::invoke_result_t<F&, Transaction&> {
        const ReadScope scope{*this};
        return rule(scope.transaction());
    }

private:
    class ReadScope {
    public:
        explicit ReadScope(Store&);
        ~ReadScope();
        ReadScope(const ReadScope&) = delete;
        ReadScope& operator=(const ReadScope&) = delete;
        [[nodiscard]] Transaction& transaction() const;

    private:
        Store& store_;
        std::unique_lock<std::recursive_mutex> lock_;
    };
    void enqueue(std::shared_ptr<store_detail::Job>, store_detail::Answer);

    std::unique_lock<std::recursive_mutex> lock_reading();

    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace parley
