#pragma once

#include "platform/base/error.hpp"
#include "platform/base/json.hpp"
#include "platform/base/uuid.hpp"
#include "platform/resource/resource.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::resource {

struct NestedList;

/// The fields of a body that are valid by themselves, with their values in stored form.
struct Body {
    std::vector<std::pair<const FieldMeta*, Value>> given;
    std::vector<NestedList> nested;  ///< of the lists that are to be written

    /// Replaces the given fields of an object and its input.
    void apply(void* object, void* input) const;
};

/// What a body says of the children in one nested list.
struct NestedList {
    struct Element {
        std::size_t index;       ///< in the list
        std::optional<Uuid> id;  ///< of a child that is there already
        Body body;
    };
    const Relation* relation;
    bool given = true;  ///< false: left out of a body that replaces the parent
    std::vector<Element> elements;
};

class Viewer;

enum class BodyMode { create, update, replace };

/// Reads a body against its resource; every fault of every field at once (400 `validation_failed`): unknown fields,
/// (to this viewer), missing ones on create and replace, what does not fit. Read-only fields are ignored. Only what is
/// supplied is looked at on update: absent is not null. On replace a create-only field may stand in the body, as in the
/// object that the client read; that it is the stored one is for the caller to check. `parent` is the reference that
/// the body of a child does not say: it is read-only there. Faults of elements of nested lists have paths:
/// `lines.0.text`.
Result<Body> read_body(const Resource& resource, json::Value root, BodyMode mode, const Viewer& viewer,
                       const FieldMeta* parent = nullptr);

/// The same from a body's text; 400 `parse_error` when it is no JSON.
Result<Body> parse_body(const Resource& resource, std::string_view text, BodyMode mode, const Viewer& viewer);
/// The body of an action that takes nothing: an object without members.
Result<void> parse_empty_body(std::string_view text);

}  // namespace terrace::resource
