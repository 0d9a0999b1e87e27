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

/// An object that is about to be created.
struct Engine::Draft {
    Uuid id;
    Object object;
    Object input;
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
};

/// What a change is about to write.
struct Engine::Pending {
    std::vector<Step> before;
    db::Statement effect;
    std::string act;                       ///< as in the audit
    std::shared_ptr<const void> previous;  ///< the object as it was, for the hooks after the commit
    std::optional<std::string> output;     ///< the answer of an action that has one of its own
    std::string order = {};  ///< of a resource with bulk: WriteStatements::order_of, where a unique value may change
};

}  // namespace terrace::resource
