#pragma once

#include "platform/db/database.hpp"
#include "platform/tenancy/places/clusters.hpp"
#include "platform/tenancy/tenant.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace terrace::tenancy {

enum class TurnKind : std::uint8_t {
    reading,  ///< beside others who read: exports
    writing,  ///< alone: moves, imports, changes of state, erasure
};

/// A tenant whose place and state nobody else changes until the connection that has the turn closes, however it closes.
/// Blocking; an administrator's work. Every call throws std::runtime_error.
class TenantTurn {
  public:
    /// Refuses at once, or after `patience`, while another has the turn. `installation` is a connection to the
    /// installation's database, of which `admin_url` is the URL; it must outlive this and keeps the turn.
    TenantTurn(db::AdminConnection& installation, const std::string& admin_url, std::string slug, TurnKind kind,
               std::chrono::milliseconds patience = {});

    /// Where it is and how it does, as the catalog has it.
    const Uuid& id() const { return id_; }
    const std::string& slug() const { return slug_; }
    const std::string& name() const { return name_; }
    const std::string& time_zone() const { return time_zone_; }
    TenantState state() const { return state_; }
    const Spot& spot() const { return spot_; }
    std::int64_t epoch() const { return epoch_; }

    /// Reads all of that anew.
    void read();
    /// Of the tenant's id alone.
    db::Params params() const { return db::Params().add(id_); }
    db::AdminConnection& installation() const { return installation_; }
    const Clusters& clusters() const { return clusters_; }
    /// A new connection to the database in which its rows are.
    db::AdminConnection connect() const { return clusters_.connect(spot_); }
    /// Whether a move of it was cut off and is still to be settled.
    bool has_cut_off_move() const;

  private:
    void take(TurnKind kind, std::chrono::milliseconds patience) const;
    void clear_cut_off_import() const;

    db::AdminConnection& installation_;
    Clusters clusters_;
    std::string slug_;
    Uuid id_;
    std::string name_, time_zone_;
    TenantState state_ = TenantState::provisioning;
    Spot spot_;
    std::int64_t epoch_ = 0;
};

}  // namespace terrace::tenancy
