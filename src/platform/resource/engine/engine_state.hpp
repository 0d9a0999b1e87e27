#pragma once

#include "platform/resource/engine/engine.hpp"
#include "platform/resource/input/body.hpp"
#include "platform/resource/input/precondition.hpp"

#include <optional>
#include <string>
#include <vector>

namespace terrace::resource {

/// How often a change without If-Match starts again when another writer was faster.
inline constexpr int most_attempts = 10;

Object object_from(const Resource& resource, const db::Rows& rows, std::size_t row = 0);

/// 409 `invalid_transition` where the object is in none of the states from which the action goes.
Result<void> check_step(const Resource& resource, const Action& action, const void* object);

/// An object that is about to be created.
struct Engine::Draft {
    Uuid id;
    Object object;
    Object input;
    std::vector<NestedList> nested;
};

/// An object as it is stored, and what is kept under the request's key.
struct Engine::Stored {
    Uuid id;
    db::Rows rows;
    std::optional<KeptKey> kept;
};

/// One of the rows that were read.
struct Engine::StoredRow {
    Uuid id;
    const db::Rows& rows;
    std::size_t index = 0;
};

/// A request to change one object, read and checked as far as it can be without the object.
struct Engine::ChangeRequest {
    Caller caller;
    Change change;
    const Action* action;  ///< of Change::act
    std::optional<IdempotencyKey> key;
    std::optional<IfMatch> if_match;
    Body body;
    bool one_of_many = false;  ///< of those that one unit writes: Pending::order is wanted
};

/// What a change is about to write.
struct Engine::Pending {
    std::vector<Step> before;
    Attachments files = {};
    std::vector<Step> touches = {};  ///< WriteStatements::touches; unused where the parent is written in the same unit
    db::Statement effect;
    std::string act;                       ///< as in the audit
    std::shared_ptr<const void> previous;  ///< the object as it was, for the hooks after the commit
    std::optional<std::string> output;     ///< the answer of an action that has one of its own
    std::string order = {};  ///< of one of many: WriteStatements::order_of, where a unique value may change
};

/// A nested list that is written with its parent, and the engine of the children's resource.
struct Engine::Child {
    const Relation* relation;
    std::unique_ptr<Engine> engine;
};

/// What is about to be written of one child.
struct Engine::ChildWrite {
    Uuid id;
    std::optional<std::int64_t> version;  ///< of a child that was there before
    Pending pending;
    bool removes = false;
    const Child* child = nullptr;
    std::string path = {};  ///< of its errors: `lines.0`
};

/// One object about to be written, with its children.
struct Engine::Writing {
    Uuid id;
    std::vector<Step> before;
    std::optional<IdempotencyKey> key;
    db::Statement effect;
    std::vector<ChildWrite> children = {};
    bool ahead = false;
};

struct Engine::Written {
    db::Rows object;              ///< empty where another writer was faster
    std::vector<db::Rows> lists;  ///< those that are always answered, as they are now
};

struct Engine::WriteFault {
    db::DbError error;
    std::optional<Error> of_child;  ///< where the statement of a child failed
};

}  // namespace terrace::resource
