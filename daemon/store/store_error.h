#pragma once
#include <stdexcept>

namespace parley {

/// The database cannot do its work (full disk, broken file, newer version). `what()` is one sentence that says what to
/// do.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The schema refused what a rule wanted to write: a defect, kept from doing harm.
class ConstraintError : public StoreError {
public:
    using StoreError::StoreError;
};

/// More requests wait than the writer's queue holds: ask again later.
class StoreBusy : public StoreError {
public:
    using StoreError::StoreError;
};

}  // namespace parley
