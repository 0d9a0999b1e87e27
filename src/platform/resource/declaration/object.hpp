#pragma once

#include <memory>
#include <utility>

namespace terrace::resource {

/// An object of a resource's struct (or of an input or answer struct), types erased.
using Object = std::unique_ptr<void, void (*)(void*)>;

struct ObjectType {
    Object (*make)() = nullptr;
    Object (*copy)(const void* other) = nullptr;
};

namespace detail {

template <class T>
Object make_object(T value) {
    return Object(new T(std::move(value)), [](void* object) { delete static_cast<T*>(object); });
}

template <class T>
constexpr ObjectType object_type{
    [] { return make_object(T{}); },
    [](const void* other) { return make_object(*static_cast<const T*>(other)); },
};

}  // namespace detail
}  // namespace terrace::resource
