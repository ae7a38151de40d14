#pragma once
#include <gmime/gmime.h>

#include <memory>

namespace parley {

struct UnrefObject {
    template <class T>
    void operator()(T* object) const {
        g_object_unref(object);
    }
};

/// Owns one reference.
template <class T>
using GObjectPtr = std::unique_ptr<T, UnrefObject>;

/// Before the first use of GMime; may be called again, from any thread.
void start_gmime();

}  // namespace parley
