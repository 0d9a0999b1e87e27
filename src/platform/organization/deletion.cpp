#include "platform/organization/deletion.hpp"

#include "platform/db/advisory_lock.hpp"

#include <utility>

namespace terrace::organization {
namespace {

namespace asio = boost::asio;

const db::Shape& take_turn_shape() {
    static const db::Shape& shape = db::shape("select pg_catalog.pg_try_advisory_xact_lock($1::bigint)");
    return shape;
}

/// Waits for writing units, which hold it shared.
const db::Shape& hold_place_shape() {
    static const db::Shape& shape = db::shape("select pg_catalog.pg_advisory_xact_lock($1::bigint)::text");
    return shape;
}

/// A move that was cut off is an operator's to settle: what it left elsewhere must not outlive the tenant.
const db::Shape& may_be_deleted_shape() {
    static const db::Shape& shape = db::shape(
        "select isolation, not exists (select from catalog.tenant_move m where m.tenant_id = t.id) "
        "from catalog.tenant t where id = $1");
    return shape;
}

const db::Shape& shut_place_shape() {
    static const db::Shape& shape =
        db::shape("update shared.tenant_place set state = 'suspended', fenced_until = null where tenant_id = $1");
    return shape;
}

/// The event commits with the change and only with one.
const db::Shape& shut_catalog_shape() {
    static const db::Shape& shape = db::shape(
        "with changed as (update catalog.tenant set state = 'deleting', updated_at = clock_timestamp(), "
        "delete_after = clock_timestamp() + interval '30 days' where id = $1 and state in ('active', 'read_only') "
        "returning id) insert into catalog.tenant_event (tenant_id, action, actor) "
        "select id, 'delete', $2 from changed");
    return shape;
}

const db::Shape& delete_after_shape() {
    static const db::Shape& shape = db::shape(
        "select to_char(delete_after at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from catalog.tenant "
        "where id = $1 and state = 'deleting'");
    return shape;
}

Error busy() {
    Error error = errors::conflict(
        "tenant_busy", "The organisation is being moved, copied or changed by an operator. Try again later.");
    return error;
}

}  // namespace

asio::awaitable<Result<std::string>> ask_deletion(db::Database& database, tenancy::Directory& directory, Uuid tenant,
                                                  std::string actor) {
    auto lease = co_await database.lease(db::PlatformScope("delete an organisation"));
    if (!lease) co_return std::unexpected(db::to_error(lease.error()));
    const auto turn = co_await lease->run(take_turn_shape(), db::Params().add(db::move_lock_key(tenant)));
    if (!turn) co_return std::unexpected(db::to_error(turn.error()));
    if (!turn->boolean(0, 0)) co_return std::unexpected(busy());
    const auto found = co_await lease->run(may_be_deleted_shape(), db::Params().add(tenant));
    if (!found) co_return std::unexpected(db::to_error(found.error()));
    if (found->empty()) co_return std::unexpected(errors::not_found());
    if (!found->boolean(0, 1)) co_return std::unexpected(busy());
    if (found->text(0, 0) != "database") {
        const auto held = co_await lease->run(hold_place_shape(), db::Params().add(db::place_lock_key(tenant)));
        if (!held) co_return std::unexpected(db::to_error(held.error()));
        const auto shut = co_await lease->run(shut_place_shape(), db::Params().add(tenant));
        if (!shut) co_return std::unexpected(db::to_error(shut.error()));
    }
    const auto shut = co_await lease->run(shut_catalog_shape(), db::Params().add(tenant).add(actor));
    if (!shut) co_return std::unexpected(db::to_error(shut.error()));
    const auto until = co_await lease->run(delete_after_shape(), db::Params().add(tenant));
    if (!until) co_return std::unexpected(db::to_error(until.error()));
    if (until->empty()) co_return std::unexpected(errors::not_found());  // suspended or erased meanwhile
    std::string delete_after(until->text(0, 0));
    if (const auto committed = co_await lease->commit(); !committed)
        co_return std::unexpected(db::to_error(committed.error()));
    directory.announce(tenant);
    co_return delete_after;
}

}  // namespace terrace::organization
