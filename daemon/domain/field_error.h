#pragma once
#include <string>
#include <vector>

#include "domain/refusal.h"

namespace parley {

/// What is wrong with one field of a form. `field` is the field's name in the request's JSON.
struct FieldError {
    std::string field;
    Refusal refusal;
    friend bool operator==(const FieldError&, const FieldError&) = default;
};

using FieldErrors = std::vector<FieldError>;

}  // namespace parley
