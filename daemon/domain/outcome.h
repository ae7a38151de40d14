#pragma once
#include <utility>
#include <variant>

#include "domain/refusal.h"

namespace parley {

/// What a rule answers: the thing asked for, or the reason why not. Breakage (a full disk) throws instead.
template <class T>
class Outcome {
public:
    Outcome(T value) : state_{std::in_place_index<0>, std::move(value)} {}  // NOLINT(google-explicit-constructor)
    Outcome(Refusal refusal) : state_{std::in_place_index<1>, refusal} {}   // NOLINT(google-explicit-constructor)

    explicit operator bool() const { return state_.index() == 0; }
    T& operator*() & { return std::get<0>(state_); }
    const T& operator*() const& { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    [[nodiscard]] Refusal refusal() const { return std::get<1>(state_); }

private:
    std::variant<T, Refusal> state_;
};

/// The value of a rule that answers nothing but "done".
struct Done {};

}  // namespace parley
