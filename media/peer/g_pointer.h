#pragma once
#include <glib-object.h>

#include <memory>
#include <utility>

namespace parley::peer {

/// Owns one reference of a GObject (every GstObject is one).
template <class T>
class GPointer {
public:
    GPointer() = default;
    /// Takes over a reference that the caller owns.
    static GPointer adopt(T* object) { return GPointer{object}; }
    /// Adds a reference of its own.
    static GPointer share(T* object) {
        return GPointer{object != nullptr ? static_cast<T*>(g_object_ref(object)) : nullptr};
    }
    GPointer(GPointer&& other) noexcept : object_{std::exchange(other.object_, nullptr)} {}
    GPointer(const GPointer& other) : GPointer{share(other.object_)} {}
    GPointer& operator=(GPointer other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~GPointer() {
        if (object_ != nullptr) g_object_unref(object_);
    }

    [[nodiscard]] T* get() const { return object_; }
    explicit operator bool() const { return object_ != nullptr; }

private:
    explicit GPointer(T* object) : object_{object} {}
    T* object_{};
};

struct GFree {
    void operator()(void* memory) const { g_free(memory); }
};
/// A string that GLib allocated.
using GString = std::unique_ptr<char, GFree>;

/// A GObject property that is an object, with a reference of its own; empty when the property is.
template <class T>
GPointer<T> object_property(void* from, const char* name) {
    T* object = nullptr;
    g_object_get(from, name, &object, nullptr);
    return GPointer<T>::adopt(object);
}

}  // namespace parley::peer
