#include "platform/db/header.hpp"

#include "platform/db/advisory_lock.hpp"
#include "platform/db/shape_registry.hpp"

#include <utility>

namespace terrace::db {
namespace {

const Shape& plain_shape() {
    static const Shape& shape = lane_shape("select set_config('app.tenant_id', $1, true)");
    return shape;
}

const Shape& readable_shape() {
    static const Shape& shape = lane_shape(
        "select set_config('app.tenant_id', coalesce((select tenant_id::text from shared.tenant_place"
        " where tenant_id = $1::uuid and epoch = $2::bigint and state <> 'suspended'), ''), true)");
    return shape;
}

const Shape& writable_shape() {
    static const Shape& shape = lane_shape(
        "select set_config('app.tenant_id', coalesce((select tenant_id::text from shared.tenant_place"
        " where tenant_id = $1::uuid and epoch = $2::bigint"
        " and (state = 'active' or state = 'moving' and fenced_until < clock_timestamp())), ''), true)");
    return shape;
}

/// A statement of its own before the check: the check then runs on a snapshot taken after the lock was granted.
const Shape& lock_shape() {
    static const Shape& shape = lane_shape("select pg_catalog.pg_advisory_xact_lock_shared($1::bigint)");
    return shape;
}

const Shape& asynchronous_commit_shape() {
    static const Shape& shape = lane_shape("select set_config('synchronous_commit', 'off', true)");
    return shape;
}

const Shape& statement_timeout_shape() {
    static const Shape& shape = lane_shape("select set_config('statement_timeout', $1, true)");
    return shape;
}

const Shape& begin_shape() {
    static const Shape& shape = lane_shape("begin isolation level read committed read write");
    return shape;
}

void add(Task& task, const Shape& shape, Params params) {
    task.header.push_back({&shape, std::move(params)});
}

}  // namespace

void add_tenant_header(Task& task, const TenantScope& scope, Header header) {
    const Place& place = scope.place();
    task.tenant = place.tenant;
    task.schema = place.schema;
    switch (header) {
        case Header::plain:
            return add(task, plain_shape(), Params().add(place.tenant));
        case Header::checked:
            task.place_check = task.header.size();
            return add(task, readable_shape(), Params().add(place.tenant).add(place.epoch));
        case Header::locked:
            add(task, lock_shape(), Params().add(place_lock_key(place.tenant)));
            task.place_check = task.header.size();
            return add(task, writable_shape(), Params().add(place.tenant).add(place.epoch));
    }
}

void add_asynchronous_commit(Task& task) {
    add(task, asynchronous_commit_shape(), {});
}

void add_statement_timeout(Task& task, std::chrono::milliseconds timeout) {
    add(task, statement_timeout_shape(), Params().add(std::int64_t{timeout.count()}));
}

void add_begin(Task& task) {
    add(task, begin_shape(), {});
}

Statement commit_statement() {
    static const Shape& shape = lane_shape("commit");
    return {&shape, {}};
}

Statement rollback_statement() {
    static const Shape& shape = lane_shape("rollback");
    return {&shape, {}};
}

}  // namespace terrace::db
