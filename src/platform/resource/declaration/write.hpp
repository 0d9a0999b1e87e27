#pragma once

#include "platform/base/error.hpp"
#include "platform/db/statement.hpp"
#include "platform/resource/declaration/member.hpp"
#include "platform/resource/declaration/object.hpp"
#include "platform/tenancy/tenant.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::resource {

/// A statement that goes before a write in its unit. Where a unit has those of many writes, they go in the order of
/// `order`: two such units that touch the same rows then do not wait for each other.
struct Step {
    db::Statement statement;
    std::string order = {};
};

/// A write under way, types erased: what the engine hands to the hooks of a resource.
struct WriteState {
    void* object = nullptr;          ///< as it will be stored
    const void* previous = nullptr;  ///< as it is stored; nullptr on create
    const void* input = nullptr;     ///< the input struct
    const tenancy::Tenant& tenant;
    Uuid user;  ///< nil: the system
    FieldErrors errors;
    std::optional<Error> refusal;
    std::vector<Step> steps;
    Object output{nullptr, [](void*) {}};  ///< what an action answers, where it is not the object
};

/// A write under way, as the resource's checks and hooks see it.
template <class T, class In>
class Write {
  public:
    explicit Write(WriteState& state) : state_(state) {}

    /// The object as it will be stored: on update, the stored one with the supplied fields replaced.
    T& object() { return *static_cast<T*>(state_.object); }
    /// The stored object; nullptr on create.
    const T* previous() const { return static_cast<const T*>(state_.previous); }
    const In& input() const { return *static_cast<const In*>(state_.input); }
    const tenancy::Tenant& tenant() const { return state_.tenant; }
    /// Who writes; nil: the system.
    const Uuid& user() const { return state_.user; }

    /// True on create, and where this update changes the member.
    template <auto Member>
    bool changes() const {
        return !previous() || previous()->*Member != static_cast<const T*>(state_.object)->*Member;
    }

    template <auto Member>
    void error(std::string code, std::string message) {
        add_error(name_of<Member>, std::move(code), std::move(message));
    }
    /// An error of the whole object: `non_field_errors`.
    void error(std::string code, std::string message) {
        add_error("non_field_errors", std::move(code), std::move(message));
    }

    /// Nothing is written and this is answered, such as errors::conflict("room_taken", "…").
    void refuse(Error error) { state_.refusal = std::move(error); }

    /// A statement that runs in the same unit, before the write. Let it be harmless when the write touches no row:
    /// another writer may have won, and then the hook runs again on the newer object. What an action adds is done with
    /// its write or not at all. `order`: what of it other writes may touch too, such as the key of the row.
    void first(db::Statement statement, std::string order = {}) {
        state_.steps.push_back({std::move(statement), std::move(order)});
    }

  private:
    void add_error(std::string_view field, std::string code, std::string message) {
        state_.errors.emplace_back(field, {std::move(code), std::move(message)});
    }

    WriteState& state_;
};

/// For resources that read nothing but their own members.
struct NoInput {};

}  // namespace terrace::resource
