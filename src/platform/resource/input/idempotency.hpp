#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"
#include "platform/http/message.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>

/// `Idempotency-Key`: a key is a row in the unit of its effect, so that both are kept or neither.
namespace terrace::resource {

/// The key of a write that is about to be done.
struct IdempotencyKey {
    Uuid user;
    std::string key;
    std::string request_hash;  ///< SHA-256 of method, path, query and body
    int status = 200;          ///< that a success answers
    /// What it answers, where that is not the object; of a request over many objects its BulkOutcome.
    std::optional<std::string> answer = {};
};

/// The request's key; nothing without the header. 400 when it is not 1 to 255 visible ASCII characters.
Result<std::optional<IdempotencyKey>> read_key(const http::Request& request, const Uuid& user, int status);

/// What an earlier request with the same key did.
struct KeptKey {
    std::string request_hash;
    int status;
    Uuid object;
    std::optional<std::string> answer;
};

/// Reads what is kept under a key, younger than 24 hours.
db::Statement find_key(const IdempotencyKey& key, const Uuid& tenant);
std::optional<KeptKey> kept_key(const db::Rows& rows);
/// Removes a row that has outlived its 24 hours, so that its key is free: goes before the write in its unit.
db::Statement forget_expired_key(const IdempotencyKey& key, const Uuid& tenant);
/// Keeps a key whose request had nothing to change, or is not of one object: `object` is nil then, `version` 0.
db::Statement keep_key(const IdempotencyKey& key, const Uuid& tenant, const Uuid& object, std::int64_t version);

/// 422 `idempotency_mismatch`.
Error idempotency_mismatch();
/// Whether a write failed because its key is kept already: another request with it has won.
bool is_key_taken(const db::DbError& error);

/// Removes the expired keys of a tenant; returns how many.
boost::asio::awaitable<Result<std::int64_t>> purge_keys(db::Database& database, db::TenantScope scope);

}  // namespace terrace::resource
