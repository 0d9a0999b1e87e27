#pragma once

#include "platform/base/uuid.hpp"
#include "platform/db/scope.hpp"
#include "platform/tenancy/tenant.hpp"

#include <memory>
#include <string>

namespace terrace::resource {

/// A write that is committed, types erased.
struct CommittedState {
    std::string act;
    std::shared_ptr<const void> object, previous;
    tenancy::TenantPtr tenant;
    db::TenantScope scope;
    Uuid user;
};

/// A write that is committed, as the hooks of `after_commit` see it. It is theirs: it outlives the request.
template <class T>
class Committed {
  public:
    explicit Committed(CommittedState state) : state_(std::move(state)) {}

    /// `bookings.create`, `.update`, `.archive`, `.restore`, or of an action: as in the audit.
    const std::string& act() const { return state_.act; }
    /// The object as it was stored.
    const T& object() const { return *static_cast<const T*>(state_.object.get()); }
    /// The object as it was before; nullptr on create.
    const T* previous() const { return static_cast<const T*>(state_.previous.get()); }
    const tenancy::Tenant& tenant() const { return *state_.tenant; }
    const db::TenantScope& scope() const { return state_.scope; }
    /// Who wrote; nil: the system.
    const Uuid& user() const { return state_.user; }

  private:
    CommittedState state_;
};

}  // namespace terrace::resource
