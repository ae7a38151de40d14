#pragma once
#include <array>
#include <initializer_list>
#include <string>

#include "store/store_error.h"

namespace parley {

/// The value of a closed set that the database writes as this name. Throws StoreError for a name that is not in it.
template <class E>
E named(const std::string& name, std::initializer_list<E> all) {
    for (const E value : all) {
        if (name == to_text(value)) return value;
    }
    throw StoreError{"the database holds an unknown name, '" + name + "': restore the latest backup"};
}

}  // namespace parley
