#include "platform/resource/input/idempotency.hpp"

#include "platform/base/crypto.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {
namespace {

constexpr std::size_t longest_key = 255;

bool is_visible(char c) {
    return c > ' ' && c < '\x7f';
}

std::string hash_of(const http::Request& request) {
    const auto digest = crypto::sha256(fmt::format("{} {}{}{}\n{}", http::to_string(request.method), request.path,
                                                   request.query.empty() ? "" : "?", request.query, request.body));
    return std::string(crypto::as_view(digest));
}

}  // namespace

Result<std::optional<IdempotencyKey>> read_key(const http::Request& request, const Uuid& user, int status) {
    const auto header = request.header("idempotency-key");
    if (!header) return std::nullopt;
    if (header->empty() || header->size() > longest_key || !std::ranges::all_of(*header, is_visible))
        return std::unexpected(
            errors::parse_error("The header Idempotency-Key takes 1 to 255 visible ASCII characters."));
    return IdempotencyKey{user, std::string(*header), hash_of(request), status, std::nullopt};
}

db::Statement find_key(const IdempotencyKey& key, const Uuid& tenant) {
    static const db::Shape& shape = db::shape(
        "select request_hash, status, object_id, answer from {tenant}.idempotency_key "
        "where tenant_id = $1 and user_id = $2 and key = $3 and created_at > now() - interval '24 hours'");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(key.user).add(key.key);
    return statement;
}

std::optional<KeptKey> kept_key(const db::Rows& rows) {
    if (rows.empty()) return {};
    return KeptKey{rows.bytes(0, 0), static_cast<int>(rows.integer(0, 1)), rows.uuid(0, 2), rows.optional_text(0, 3)};
}

db::Statement forget_expired_key(const IdempotencyKey& key, const Uuid& tenant) {
    static const db::Shape& shape = db::shape(
        "delete from {tenant}.idempotency_key "
        "where tenant_id = $1 and user_id = $2 and key = $3 and created_at <= now() - interval '24 hours'");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(key.user).add(key.key);
    return statement;
}

db::Statement keep_key(const IdempotencyKey& key, const Uuid& tenant, const Uuid& object, std::int64_t version) {
    static const db::Shape& shape = db::shape(
        "insert into {tenant}.idempotency_key "
        "(tenant_id, user_id, key, request_hash, status, answer, object_id, object_version) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8)");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant)
        .add(key.user)
        .add(key.key)
        .add_bytes(key.request_hash)
        .add(key.status)
        .add(key.answer)
        .add(object)
        .add(version);
    return statement;
}

Error idempotency_mismatch() {
    return {.status = 422,
            .code = "idempotency_mismatch",
            .detail = "This Idempotency-Key was used for another request. Use a new key for each request."};
}

bool is_key_taken(const db::DbError& error) {
    return error.kind == db::DbError::Kind::constraint && error.constraint == "idempotency_key_pkey";
}

boost::asio::awaitable<Result<std::int64_t>> purge_keys(db::Database& database, db::TenantScope scope) {
    // In batches that end well within the time that a write may take.
    constexpr std::int64_t batch = 2'000;
    static const db::Shape& shape = db::shape(
        "delete from {tenant}.idempotency_key where tenant_id = $1 and (user_id, key) in ("
        "select user_id, key from {tenant}.idempotency_key "
        "where tenant_id = $1 and created_at <= now() - interval '24 hours' limit $2)");
    std::int64_t removed = 0;
    for (;;) {
        db::Params params;
        params.add(scope.tenant()).add(batch);
        auto rows = co_await database.run(scope, db::UnitKind::write, shape, std::move(params));
        if (!rows) co_return std::unexpected(db::to_error(rows.error()));
        removed += rows->affected();
        if (rows->affected() < batch) co_return removed;
    }
}

}  // namespace terrace::resource
