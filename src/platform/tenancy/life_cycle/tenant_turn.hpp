#pragma once

#include "platform/base/isolation.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/tenant.hpp"

#include <string>
#include <string_view>

namespace terrace::tenancy {

/// A tenant whose place and state nobody else changes for as long as this lives: moves and other changes of it are kept
/// out, as they keep this one out. Blocking; an administrator's work. Every call throws std::runtime_error.
class TenantTurn {
  public:
    /// Waits 3 s at most for another who has the turn. `admin_url` is of the installation's database.
    TenantTurn(std::string admin_url, std::string slug);

    const Uuid& id() const { return id_; }
    const std::string& slug() const { return slug_; }
    TenantState state() const { return state_; }
    Isolation isolation() const { return isolation_; }
    /// Whether its rows are in a database of its own, which cannot commit together with the catalog.
    bool apart() const { return isolation_ == Isolation::database; }
    /// Of the schema or of the database of its own; "shared" where it has neither.
    const std::string& place() const { return place_; }
    const std::string& schema() const { return apart() ? shared_ : place_; }

    db::AdminConnection& installation() { return installation_; }
    /// A new connection to the database of its own.
    db::AdminConnection own_database() const;
    /// Of the tenant's id alone.
    db::Params params() const { return db::Params().add(id_); }

    /// Writes into the place, at `at`, what may be done there while the tenant is in `state`. In a transaction; writing
    /// units that are under way end before, 5 s at most are waited for them, and none begins until it is over.
    void set_place(db::AdminConnection& at, TenantState state) const;
    /// One line of catalog.tenant_event.
    void note(std::string_view action, const std::string& actor, const std::string& reason);

  private:
    void read();
    void take();

    std::string admin_url_;
    std::string slug_;
    db::AdminConnection installation_;
    Uuid id_;
    TenantState state_ = TenantState::provisioning;
    Isolation isolation_ = Isolation::shared;
    std::string place_;
    const std::string shared_ = "shared";
};

}  // namespace terrace::tenancy
