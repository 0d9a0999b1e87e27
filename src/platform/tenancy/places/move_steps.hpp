#pragma once

#include "platform/db/conninfo.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/places/move.hpp"
#include "platform/tenancy/places/row_transfer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

/// Internal to moves: what each step does is told in move.cpp (up to the copy) and move_switch.cpp (from the fence on).
namespace terrace::tenancy {

/// Where a tenant is or is to be.
struct Spot {
    Isolation isolation = Isolation::shared;
    std::string name;  ///< of the schema or database; empty: the shared tables

    bool apart() const { return isolation == Isolation::database; }
};

class Move {
  public:
    /// `options` must outlive it.
    explicit Move(const MoveOptions& options) : options_(options), installation_(options.admin_url) {}

    MoveOutcome run();
    void settle();

  private:
    void find_tenant();
    void take_turn();
    void make_place();
    bool was_cut_off();
    void keep_migrations_out();
    void settle_earlier();
    void begin();
    bool copy();
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
    Spot old_place(const std::string& name);
    void drop_old_place();

    std::string url(const Spot& spot) const {
        return spot.apart() ? db::with_conninfo(options_.admin_url, {{"dbname", spot.name}}) : options_.admin_url;
    }
    Side side(const Spot& spot) const {
        return {.url = url(spot), .schema = spot.isolation == Isolation::schema ? spot.name : "shared"};
    }
    bool cancelled() const { return options_.cancelled && options_.cancelled(); }
    void say(const std::string& step) const {
        if (options_.progress) options_.progress(step);
    }
    db::Params tenant() const { return db::Params().add(tenant_); }

    const MoveOptions& options_;
    db::AdminConnection installation_;
    Uuid tenant_;
    std::string state_;  ///< active, read_only or suspended
    std::int64_t epoch_ = 0;
    Spot from_, to_;
    std::optional<RowTransfer> transfer_;
};

}  // namespace terrace::tenancy
