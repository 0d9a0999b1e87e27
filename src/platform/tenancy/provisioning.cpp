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
    static const db::Shape& shape =
        db::shape("insert into catalog.tenant (id, slug, name, time_zone) values ($1, $2, $3, $4)");
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

}  // namespace

asio::awaitable<Result<void>> insert_tenant(db::Lease& lease, const NewTenant& tenant) {
    db::Params values;
    values.add(tenant.id).add(tenant.slug).add(tenant.name).add(tenant.time_zone);
    const auto inserted = co_await lease.run(insert_tenant_shape(), std::move(values));
    if (!inserted) co_return std::unexpected(insert_error(inserted.error()));

    db::Params place;
    place.add(tenant.id);
    const auto placed = co_await lease.run(insert_place_shape(), std::move(place));
    if (!placed) co_return std::unexpected(db::to_error(placed.error()));
    co_return Result<void>{};
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
