#include "platform/base/clock.hpp"
#include "platform/db/admin_transaction.hpp"
#include "platform/tenancy/places/fence.hpp"
#include "platform/tenancy/places/move_steps.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <thread>

namespace terrace::tenancy {

void Move::fence() {
    db::AdminConnection source = connect(from_);
    raise_fence(source, tenant_);
}

void Move::lift_fence() {
    db::AdminConnection source = connect(from_);
    tenancy::lift_fence(source, tenant_);
}

/// Within the transaction that switches: whether writes were kept out the whole time.
void Move::require_fence(db::AdminConnection& at) {
    if (!fence_stands(at, tenant_)) throw std::runtime_error("copying the rest took too long: nothing has moved");
}

std::chrono::milliseconds Move::switch_over() {
    const auto began = Clock::now();
    fence();
    try {
        transfer_->copy_changes({});
        if (!transfer_->verify()) {
            transfer_->remove_gone();
            if (!transfer_->verify()) throw std::runtime_error("the copy is not like the rows: nothing has moved");
        }
        kept_->hold();
        open_target();
        if (from_.apart()) leave();
        arrive();
    } catch (...) {
        if (!from_.apart() || !has_left()) undo();
        throw;
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
}

/// A database that the tenant comes to must know it before anyone is sent there.
void Move::open_target() {
    if (!to_.apart()) return;
    db::AdminConnection target = connect(to_);
    db::AdminTransaction transaction(target);
    target.run("delete from shared.tenant_place");
    insert_place(target);
    transaction.commit();
}

/// A database that the tenant leaves and the catalog cannot change together. The database goes first: from then on the
/// rows can be reached nowhere, for a moment, instead of in two places.
void Move::leave() {
    installation_.run("update catalog.tenant_move set phase = 'left' where tenant_id = $1", tenant());
    db::AdminConnection source = connect(from_);
    db::AdminTransaction transaction(source);
    require_fence(source);
    source.run("delete from shared.tenant_place where tenant_id = $1", tenant());
    transaction.commit();
}

bool Move::has_left() {
    db::AdminConnection source = connect(from_);
    return source.run("select from shared.tenant_place where tenant_id = $1", tenant()).empty();
}

/// The one moment at which the tenant is somewhere else.
void Move::arrive() {
    db::AdminTransaction transaction(installation_);
    installation_.run("set local lock_timeout = '2s'");
    if (!from_.apart()) {
        require_fence(installation_);
        remove_at_source();
    }
    name_new_place();
    installation_.run(
        "update catalog.tenant set isolation = $2, schema_name = $3, database_name = nullif($4, ''), epoch = $5,"
        " cluster = $6, moving = false, updated_at = clock_timestamp() where id = $1",
        tenant()
            .add(to_string(to_.isolation))
            .add(to_.schema())
            .add(to_.apart() ? to_.name : "")
            .add(epoch_ + 1)
            .add(to_.cluster));
    installation_.run(from_.name.empty() ? "delete from catalog.tenant_move where tenant_id = $1"
                                         : "update catalog.tenant_move set phase = 'emptying' where tenant_id = $1",
                      tenant());
    transaction.commit();
}

/// The rows only: a schema that is dropped here would make reads wait for its tables until the commit.
void Move::remove_at_source() {
    const std::string schema = from_.schema();
    enter(installation_, tenant_);
    delete_rows(installation_, schema, read_tenant_tables(installation_, schema), tenant_);
    installation_.run("reset role");
}

void Move::drop_schema(const std::string& name) {
    installation_.run("drop schema if exists " + name + " cascade");
    installation_.run("delete from catalog.place where name = $1", db::Params().add(name));
}

/// What the new place says of the tenant: what it may do is as it was.
void Move::insert_place(db::AdminConnection& at) {
    at.run("insert into shared.tenant_place (tenant_id, epoch, state) values ($1, $2, $3)",
           tenant().add(epoch_ + 1).add(state_));
}

/// In the installation's own database, where the tenant comes, stays or leaves, and in the list of places.
void Move::name_new_place() {
    installation_.run("delete from shared.tenant_place where tenant_id = $1", tenant());
    if (!to_.apart()) insert_place(installation_);
    if (to_.name.empty()) return;
    installation_.run("update catalog.place set tenant_id = gen_random_uuid() where tenant_id = $1", tenant());
    installation_.run("update catalog.place set tenant_id = $1 where name = $2", tenant().add(to_.name));
}

Spot Move::place_of(const std::string& name) {
    const db::Rows rows =
        installation_.run("select isolation, cluster from catalog.place where name = $1", db::Params().add(name));
    if (rows.empty()) throw std::runtime_error(fmt::format("the place {} of the move is not known any more", name));
    return {
        .isolation = isolation_from(rows.text(0, 0)).value(), .name = name, .cluster = std::string(rows.text(0, 1))};
}

void Move::drop_old_database() {
    try {
        turn_.clusters().drop_database(from_.cluster, from_.name);
    } catch (const std::runtime_error& fault) {
        throw std::runtime_error(
            fmt::format("{} works in its new place, but the database that it left is still there ({}): the next"
                        " `terrace tenant move` of it removes that",
                        options_.slug, fault.what()));
    }
}

/// Not before every process knows that the tenant is elsewhere: until then they ask there, and are told that it is not.
void Move::drop_old_place() {
    transfer_.reset();
    say(fmt::format("Removing the old {}", to_string(from_.isolation)));
    std::this_thread::sleep_for(heard_after);
    if (from_.apart()) drop_old_database();
    db::AdminTransaction transaction(installation_);
    if (from_.apart()) {
        installation_.run("delete from catalog.place where name = $1", db::Params().add(from_.name));
    } else {
        drop_schema(from_.name);
    }
    installation_.run("delete from catalog.tenant_move where tenant_id = $1", tenant());
    transaction.commit();
}

}  // namespace terrace::tenancy
