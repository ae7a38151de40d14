#pragma once
#include <utility>
#include <variant>

#include "domain/field_error.h"
#include "domain/refusal.h"

namespace parley {

/// What a rule answers: the thing asked for, or the reason why not. Breakage (a full disk) throws instead.
/// A form that is wrong in several fields is refused with all of them at once (M4): `refusal()` is then the first one's
/// and `fields()` has them all; it is empty for a refusal that is not about a field.
template <class T>
class Outcome {
public:
    Outcome(T value) : state_{std::in_place_index<0>, std::move(value)} {}  // NOLINT(google-explicit-constructor)
    Outcome(Refusal refusal)
        : state_{std::in_place_index<1>, Refused{refusal, {}}} {}  // NOLINT(google-explicit-constructor)
    /// `errors` has at least one entry.
    Outcome(FieldErrors errors)
        : state_{std::in_place_index<1>, Refused{errors.at(0).refusal, {}}} {  // NOLINT(google-explicit-constructor)
        std::get<1>(state_).fields = std::move(errors);
    }

    explicit operator bool() const { return state_.index() == 0; }
    T& operator*() & { return std::get<0>(state_); }
    const T& operator*() const& { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    [[nodiscard]] Refusal refusal() const { return std::get<1>(state_).refusal; }
    [[nodiscard]] const FieldErrors& fields() const { return std::get<1>(state_).fields; }

private:
    struct Refused {
        Refusal refusal;
        FieldErrors fields;
    };
    std::variant<T, Refused> state_;
};

/// The value of a rule that answers nothing but "done".
struct Done {};

}  // namespace parley
