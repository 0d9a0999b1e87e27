#pragma once

#include "platform/db/database.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/data/kept_export.hpp"
#include "platform/tenancy/places/move.hpp"
#include "platform/tenancy/places/row_transfer.hpp"
#include "platform/tenancy/places/tenant_turn.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

/// Internal to moves: what each step does is told in move.cpp (up to the copy) and move_switch.cpp (from the fence on).
namespace terrace::tenancy {

class Move {
  public:
    /// `options` must outlive it.
    explicit Move(const MoveOptions& options)
        : options_(options),
          installation_(options.admin_url),
          turn_(installation_, options.admin_url, options.slug, TurnKind::writing),
          tenant_(turn_.id()) {}

    MoveOutcome run();
    void settle();

  private:
    void read_tenant();
    std::string target_cluster() const;
    bool is_there() const;
    void make_place();
    void keep_migrations_out();
    void settle_earlier();
    void begin();
    bool copy();
    bool keep_rows();
    void complete_kept_rows(MoveOutcome& outcome);
    void prune();
    void undo();

    std::chrono::milliseconds switch_over();
    void fence();
    void lift_fence();
    void require_fence(db::AdminConnection& at);
    void open_target();
    bool has_left();
    void leave();
    void arrive();
    void remove_at_source();
    void name_new_place();
    void insert_place(db::AdminConnection& at);
    void drop_schema(const std::string& name);
    Spot place_of(const std::string& name);
    void drop_old_place();
    void drop_old_database();

    Side side(const Spot& spot) const { return turn_.clusters().side(spot); }
    db::AdminConnection connect(const Spot& spot) const { return turn_.clusters().connect(spot); }
    bool cancelled() const { return options_.cancelled && options_.cancelled(); }
    void say(const std::string& step) const {
        if (options_.progress) options_.progress(step);
    }
    db::Params tenant() const { return db::Params().add(tenant_); }

    const MoveOptions& options_;
    db::AdminConnection installation_;
    TenantTurn turn_;
    const Uuid tenant_;
    std::string state_;  ///< active, read_only or suspended
    std::int64_t epoch_ = 0;
    Spot from_, to_;
    std::optional<RowTransfer> transfer_;
    std::optional<KeptExport> kept_;
};

}  // namespace terrace::tenancy
