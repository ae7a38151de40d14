#pragma once
#include <optional>
#include <utility>

#include "domain/field_error.h"
#include "domain/refusal.h"

namespace parley {

/// What a rule answers: the thing asked for, or the reason why not. Breakage (a full disk) throws instead.
/// A form that is wrong in several fields is refused with all of them at once (M4): `refusal()` is then the first one's
/// and `fields()` has them all; it is empty for a refusal that is not about a field.
template <class T>
class Outcome {
public:
    Outcome(T value) : value_{std::move(value)} {}   // NOLINT(google-explicit-constructor)
    Outcome(Refusal refusal) : refusal_{refusal} {}  // NOLINT(google-explicit-constructor)
    /// `errors` has at least one entry.
    Outcome(FieldErrors errors)  // NOLINT(google-explicit-constructor)
        : refusal_{errors.at(0).refusal}, fields_{std::move(errors)} {}

    explicit operator bool() const { return value_.has_value(); }
    T& operator*() & { return value_.value(); }
    const T& operator*() const& { return value_.value(); }
    T&& operator*() && { return std::move(value_).value(); }
    T* operator->() { return &value_.value(); }
    const T* operator->() const { return &value_.value(); }
    /// Of one that is refused.
    [[nodiscard]] Refusal refusal() const { return refusal_; }
    [[nodiscard]] const FieldErrors& fields() const { return fields_; }

private:
    std::optional<T> value_;
    Refusal refusal_{};
    FieldErrors fields_;
};

/// The value of a rule that answers nothing but "done".
struct Done {};

}  // namespace parley
