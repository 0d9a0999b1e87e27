#include "platform/tenancy/provisioning.hpp"

#include "platform/base/log.hpp"

#include <string_view>
#include <utility>

namespace terrace::tenancy {
namespace {

namespace asio = boost::asio;

constexpr std::string_view slug_key = "tenant_slug_key";
constexpr int sweep_batch = 100;

const db::Shape& insert_tenant_shape() {
    static const db::Shape& shape = db::shape(
        "insert into catalog.tenant (id, slug, name, time_zone, isolation, schema_name, cluster, database_name)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)");
    return shape;
}

/// The oldest that nobody else is about to take. $1: the mode, $2: the cluster.
const db::Shape& take_place_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.place set taken_at = clock_timestamp() where name = ("
        "select name from catalog.place where isolation = $1 and cluster = $2 and taken_at is null and state = 'ready'"
        " order by made_at limit 1 for update skip locked) returning tenant_id, name, cluster");
    return shape;
}

const db::Shape& insert_place_shape() {
    static const db::Shape& shape =
        db::shape("insert into shared.tenant_place (tenant_id, epoch, state) values ($1, 1, 'active')");
    return shape;
}

const db::Shape& activate_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.tenant set state = 'active', updated_at = clock_timestamp() "
        "where id = $1 and state = 'provisioning'");
    return shape;
}

const db::Shape& left_behind_shape() {
    static const db::Shape& shape = db::shape(
        "select id from catalog.tenant where state = 'provisioning' "
        "and created_at < clock_timestamp() - interval '1 minute' order by created_at limit $1");
    return shape;
}

Error insert_error(const db::DbError& error) {
    const bool taken = error.kind == db::DbError::Kind::constraint && error.constraint == slug_key;
    return taken ? slug_taken() : db::to_error(error);
}

asio::awaitable<Result<db::Place>> take_place(db::Lease& lease, Isolation isolation, const std::string& cluster) {
    const auto taken = co_await lease.run(take_place_shape(), db::Params().add(to_string(isolation)).add(cluster));
    if (!taken) co_return std::unexpected(db::to_error(taken.error()));
    if (taken->empty()) {
        log::error("provisioning.no_spare_place", {{"isolation", to_string(isolation)}, {"cluster", cluster}});
        co_return std::unexpected(errors::unavailable());
    }
    db::Place place{.tenant = taken->uuid(0, 0), .epoch = 1, .isolation = isolation};
    (isolation == Isolation::schema ? place.schema : place.database) = taken->text(0, 1);
    place.cluster = taken->text(0, 2);
    co_return place;
}

db::Params values_of(const NewTenant& tenant, const db::Place& place) {
    db::Params values;
    values.add(place.tenant).add(tenant.slug).add(tenant.name).add(tenant.time_zone);
    values.add(to_string(place.isolation)).add(place.schema).add(place.cluster);
    place.database.empty() ? values.add_null() : values.add(place.database);
    return values;
}

}  // namespace

asio::awaitable<Result<Uuid>> insert_tenant(db::Lease& lease, const NewTenant& tenant) {
    db::Place place{.tenant = tenant.id, .epoch = 1};
    if (tenant.isolation != Isolation::shared) {
        TERRACE_CO_TRY(taken, co_await take_place(lease, tenant.isolation, tenant.cluster));
        place = std::move(taken);
    }
    const auto inserted = co_await lease.run(insert_tenant_shape(), values_of(tenant, place));
    if (!inserted) co_return std::unexpected(insert_error(inserted.error()));
    if (!place.database.empty()) co_return place.tenant;  // it names its tenant itself

    const auto placed = co_await lease.run(insert_place_shape(), db::Params().add(place.tenant));
    if (!placed) co_return std::unexpected(db::to_error(placed.error()));
    co_return place.tenant;
}

Provisioner::Provisioner(db::Database& database, Directory& directory, std::vector<TenantSeed> seeds)
    : database_(database), directory_(directory), seeds_(std::move(seeds)) {}

asio::awaitable<Result<void>> Provisioner::complete(Uuid id) {
    TERRACE_CO_TRY(tenant, co_await directory_.by_id(id));
    if (!tenant) co_return std::unexpected(errors::not_found());
    if (tenant->state != TenantState::provisioning) co_return Result<void>{};

    db::Unit rows{.kind = db::UnitKind::write};
    for (const auto& seed : seeds_) seed(id, rows.statements);
    if (!rows.statements.empty()) {
        const auto seeded = co_await database_.run(Directory::scope(*tenant), std::move(rows));
        if (!seeded) co_return std::unexpected(db::to_error(seeded.error()));
    }

    db::Params params;
    params.add(id);
    const auto activated = co_await database_.run(db::PlatformScope("activate tenant"), db::UnitKind::write,
                                                  activate_shape(), std::move(params));
    if (!activated) co_return std::unexpected(db::to_error(activated.error()));
    directory_.announce(id);
    co_return Result<void>{};
}

asio::awaitable<Result<int>> Provisioner::sweep() {
    db::Params limit;
    limit.add(sweep_batch);
    const auto left_behind = co_await database_.run(db::PlatformScope("provisioning sweep"), db::UnitKind::point_read,
                                                    left_behind_shape(), std::move(limit));
    if (!left_behind) co_return std::unexpected(db::to_error(left_behind.error()));

    int completed = 0;
    for (std::size_t row = 0; row < left_behind->size(); ++row) {
        const auto id = left_behind->uuid(row, 0);
        if (const auto outcome = co_await complete(id)) {
            ++completed;
        } else {
            log::warning("provisioning.not_completed", {{"tenant_id", id.to_string()}, {"code", outcome.error().code}});
        }
    }
    co_return completed;
}

}  // namespace terrace::tenancy
