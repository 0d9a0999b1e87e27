#include "platform/organization/logo.hpp"

#include <utility>

namespace terrace::organization {
namespace {

namespace asio = boost::asio;

constexpr std::string_view division_by_zero = "22012";

const db::Shape& read_logo_shape() {
    static const db::Shape& shape = db::shape(
        "select f.id, f.name, f.media_type, f.size from {tenant}.organization o "
        "join {tenant}.file f on f.tenant_id = o.tenant_id and f.id = o.logo where o.tenant_id = $1");
    return shape;
}

/// The uploader's own that nobody holds, or the one that the organisation holds or held.
const db::Shape& look_at_file_shape() {
    static const db::Shape& shape = db::shape(
        "select state = 'stored', size, coalesce(media_type, '') from {tenant}.file where tenant_id = $1 and id = $2 "
        "and ((object_id is null and created_by = $3) or object_type = 'organization')");
    return shape;
}

const db::Shape& make_row_shape() {
    static const db::Shape& shape = db::shape(
        "insert into {tenant}.organization (tenant_id, id) values ($1, $2) on conflict (tenant_id) do nothing");
    return shape;
}

const db::Shape& lock_row_shape() {
    static const db::Shape& shape = db::shape("select id from {tenant}.organization where tenant_id = $1 for update");
    return shape;
}

const db::Shape& let_go_shape() {
    static const db::Shape& shape = db::shape(
        "update {tenant}.file f set expires_at = now() from {tenant}.organization o "
        "where o.tenant_id = $1 and f.tenant_id = $1 and f.id = o.logo and f.id is distinct from $2::uuid");
    return shape;
}

/// Divides by zero when there is no such file to be taken, which ends the unit.
const db::Shape& take_file_shape() {
    static const db::Shape& shape = db::shape(
        "with taken as (update {tenant}.file f set object_type = 'organization', object_id = o.id, field = 'logo', "
        "expires_at = null from {tenant}.organization o where o.tenant_id = $1 and f.tenant_id = $1 and f.id = $2 "
        "and f.state = 'stored' and f.size <= $4 and f.media_type in ('image/jpeg', 'image/png', 'image/webp') "
        "and ((f.object_id is null and f.created_by = $3) or (f.object_id = o.id and f.object_type = 'organization')) "
        "returning 1) select 1 / count(*) from taken");
    return shape;
}

const db::Shape& set_logo_shape() {
    static const db::Shape& shape = db::shape("update {tenant}.organization set logo = $2 where tenant_id = $1");
    return shape;
}

Error refused(FieldError error) {
    return errors::validation_failed({{"logo", std::move(error)}});
}

Error no_such_file() {
    return refused({"does_not_exist", "This file does not exist."});
}

}  // namespace

asio::awaitable<Result<std::optional<Logo>>> Logos::read(db::TenantScope scope) {
    const auto rows =
        co_await database_.run(scope, db::UnitKind::point_read, read_logo_shape(), db::Params().add(scope.tenant()));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::optional<Logo>();
    co_return Logo{.file = rows->uuid(0, 0),
                   .name = std::string(rows->text(0, 1)),
                   .media_type = std::string(rows->text(0, 2)),
                   .size = rows->integer(0, 3)};
}

asio::awaitable<Result<void>> Logos::check(db::TenantScope scope, Uuid user, Uuid file) {
    const auto rows = co_await database_.run(scope, db::UnitKind::point_read, look_at_file_shape(),
                                             db::Params().add(scope.tenant()).add(file).add(user));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::unexpected(no_such_file());
    if (!rows->boolean(0, 0))
        co_return std::unexpected(refused({"incomplete", "This file has not been uploaded to its end."}));
    if (rows->integer(0, 1) > most_logo_bytes)
        co_return std::unexpected(refused({"max_size", "Ensure this file has at most 2097152 bytes."}));
    const auto type = rows->text(0, 2);
    if (type != "image/jpeg" && type != "image/png" && type != "image/webp")
        co_return std::unexpected(
            refused({"invalid_image",
                     "Upload a valid image. The file you uploaded was either not an image or a corrupted image."}));
    co_return Result<void>{};
}

asio::awaitable<Result<void>> Logos::write(db::TenantScope scope, Uuid user, std::optional<Uuid> file,
                                           db::Statement audit) {
    const Uuid tenant = scope.tenant();
    db::Unit unit{.kind = db::UnitKind::write};
    const auto add = [&unit](const db::Shape& shape, db::Params params) {
        unit.statements.push_back({&shape, std::move(params)});
    };
    add(make_row_shape(), db::Params().add(tenant).add(Uuid::v7()));
    add(lock_row_shape(), db::Params().add(tenant));
    add(let_go_shape(), db::Params().add(tenant).add(file));
    if (file) add(take_file_shape(), db::Params().add(tenant).add(*file).add(user).add(most_logo_bytes));
    add(set_logo_shape(), db::Params().add(tenant).add(file));
    unit.statements.push_back(std::move(audit));
    const auto written = co_await database_.run(scope, std::move(unit));
    if (written) co_return Result<void>{};
    // Whatever was seen before: somebody was faster.
    if (written.error().sqlstate == division_by_zero) co_return std::unexpected(no_such_file());
    co_return std::unexpected(db::to_error(written.error()));
}

}  // namespace terrace::organization
