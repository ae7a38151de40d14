#pragma once
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "domain/transaction.h"

namespace parley {

/// What became of a write: the rule's answer, or what broke.
template <class T>
class Result {
public:
    explicit Result(T value) : value_{std::move(value)} {}
    explicit Result(std::exception_ptr error) : error_{std::move(error)} {}

    explicit operator bool() const { return value_.has_value(); }
    /// Throws what broke.
    T& value() {
        if (error_) std::rethrow_exception(error_);
        return *value_;
    }
    [[nodiscard]] std::exception_ptr error() const { return error_; }

private:
    std::optional<T> value_;
    std::exception_ptr error_;
};

namespace store_detail {

/// Where the answer is given: through `post`, or on the writer's own thread.
enum class Answer { posted, at_once };

/// One queued write, its types erased.
class Job {
public:
    virtual ~Job() = default;
    /// On the writer's thread. False: undo what was done (the rule refused).
    virtual bool run(Transaction&) = 0;
    virtual void fail(std::exception_ptr) = 0;
    /// Exactly once, after `run` or `fail`.
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

}  // namespace parley
