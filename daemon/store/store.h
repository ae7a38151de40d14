#pragma once
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

#include "domain/outcome.h"
#include "domain/transaction.h"

namespace parley {

/// The database cannot do its work (full disk, broken file, newer version). `what()` is one sentence that says what to
/// do.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// More requests wait than the writer's queue holds: ask again later.
class StoreBusy : public StoreError {
public:
    using StoreError::StoreError;
};

/// What became of a write: the rule's answer, or what broke.
template <class T>
class Result {
public:
    explicit Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
    explicit Result(std::exception_ptr error) : state_{std::in_place_index<1>, std::move(error)} {}

    explicit operator bool() const { return state_.index() == 0; }
    /// Throws what broke.
    T& value() {
        if (state_.index() == 1) std::rethrow_exception(std::get<1>(state_));
        return std::get<0>(state_);
    }
    [[nodiscard]] std::exception_ptr error() const { return state_.index() == 1 ? std::get<1>(state_) : nullptr; }

private:
    std::variant<T, std::exception_ptr> state_;
};

namespace store_detail {

/// One queued write, its types erased.
class Job {
public:
    virtual ~Job() = default;
    /// On the writer's thread. False: undo what was done (the rule refused).
    virtual bool run(Transaction&) = 0;
    virtual void fail(std::exception_ptr) = 0;
    /// Through `post`, exactly once.
    virtual void deliver() = 0;
};

template <class T>
concept Refusable = requires(const T& outcome) {
    outcome.refusal();
    static_cast<bool>(outcome);
};

template <class F, class Done>
class TypedJob final : public Job {
public:
    using Value = std::invoke_result_t<F&, Transaction&>;
    TypedJob(F rule, Done done) : rule_{std::move(rule)}, done_{std::move(done)} {}

    bool run(Transaction& tx) override {
        result_.emplace(rule_(tx));
        if constexpr (Refusable<Value>) return static_cast<bool>(result_->value());
        return true;
    }
    void fail(std::exception_ptr error) override { result_.emplace(std::move(error)); }
    void deliver() override { done_(std::move(*result_)); }

private:
    F rule_;
    Done done_;
    std::optional<Result<Value>> result_;
};

}  // namespace store_detail

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
        enqueue(std::make_shared<store_detail::TypedJob<F, Done>>(std::move(rule), std::move(done)), Answer::posted);
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
        enqueue(std::make_shared<Job>(std::move(rule), std::move(done)), Answer::at_once);
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
    enum class Answer { posted, at_once };
    class ReadScope {
    public:
        explicit ReadScope(Store&);
        ~ReadScope();
        ReadScope(const ReadScope&) = delete;
        ReadScope& operator=(const ReadScope&) = delete;
        [[nodiscard]] Transaction& transaction() const;

    private:
        Store& store_;
    };
    void enqueue(std::shared_ptr<store_detail::Job>, Answer);

    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace parley
