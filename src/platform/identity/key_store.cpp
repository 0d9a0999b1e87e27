#include "platform/identity/key_store.hpp"

#include "platform/base/clock.hpp"
#include "platform/base/log.hpp"
#include "platform/base/uuid.hpp"

#include <algorithm>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

/// How long a key verifies after its successor signs, in seconds: the life of a token and the skew of clocks.
constexpr std::int64_t verifies_after_successor = 600;
constexpr std::int64_t renewed_after = std::int64_t{90} * 24 * 3600;

/// A rotation is refused while another is under way, so that these are all that can be in use.
const db::Shape& read_shape() {
    static const db::Shape& shape = db::shape(
        "select kid, sealed_jwk, floor(extract(epoch from created_at))::bigint, "
        "floor(extract(epoch from not_before))::bigint, retired_at is not null, "
        "floor(extract(epoch from clock_timestamp()))::bigint "
        "from catalog.signing_key order by not_before desc, kid limit 16");
    return shape;
}

const db::Shape& lock_shape() {
    static const db::Shape& shape = db::shape("select pg_advisory_xact_lock(hashtextextended('signing_key', 0))");
    return shape;
}

/// $3: whether another key signs meanwhile. Then this one is published first, for longer than any process of ours takes
/// to read it and any cache keeps the JWK Set; else nobody can wait.
const db::Shape& insert_shape() {
    static const db::Shape& shape = db::shape(
        "insert into catalog.signing_key (kid, sealed_jwk, not_before) "
        "values ($1, $2, now() + case when $3::boolean then interval '6 minutes' else interval '0' end)");
    return shape;
}

const db::Shape& retire_shape() {
    static const db::Shape& shape =
        db::shape("update catalog.signing_key set retired_at = coalesce(retired_at, now()) where kid = $1");
    return shape;
}

const db::Shape& remove_shape() {
    static const db::Shape& shape = db::shape(
        "delete from catalog.signing_key k where k.retired_at < now() - interval '1 day' "
        "or exists (select from catalog.signing_key n where n.retired_at is null and n.not_before > k.not_before "
        "and n.not_before < now() - interval '1 hour')");
    return shape;
}

bool any_is(KeyState state, const std::vector<StoredKey>& keys) {
    return std::ranges::find(keys, state, &StoredKey::state) != keys.end();
}

bool no_rotation_is_under_way(const std::vector<StoredKey>& keys) {
    return !any_is(KeyState::next, keys);
}

/// Walks from the youngest to the oldest: the first whose time has come signs, and ends the older ones.
void tell_states(std::vector<StoredKey>& keys, std::int64_t now) {
    std::int64_t verifies_until = StoredKey::no_end;
    for (StoredKey& key : keys) {
        if (key.state == KeyState::retired || key.state == KeyState::foreign) continue;
        key.verifies_until = verifies_until;
        if (key.signs_from > now) {
            key.state = KeyState::next;
        } else if (verifies_until == StoredKey::no_end) {
            key.state = KeyState::signing;
            verifies_until = key.signs_from + verifies_after_successor;
        } else {
            key.state = verifies_until > now ? KeyState::verifies : KeyState::expired;
        }
    }
}

}  // namespace

std::string_view to_string(KeyState state) {
    switch (state) {
        case KeyState::next:
            return "next";
        case KeyState::signing:
            return "signing";
        case KeyState::verifies:
            return "verifies";
        case KeyState::expired:
            return "expired";
        case KeyState::retired:
            return "retired";
        case KeyState::foreign:
            break;
    }
    return "foreign";
}

std::vector<StoredKey> KeyStore::open(const db::Rows& rows) const {
    std::vector<StoredKey> keys;
    keys.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        StoredKey& key = keys.emplace_back();
        key.kid = rows.text(row, 0);
        key.created_at = rows.integer(row, 2);
        key.signs_from = rows.integer(row, 3);
        auto jwk = seal_.open(key.kid, rows.bytes(row, 1));
        if (!jwk) key.state = KeyState::foreign;
        if (rows.boolean(row, 4)) key.state = KeyState::retired;
        key.private_jwk = std::move(jwk).value_or("");
    }
    // PostgreSQL's clock made the times: by another one, a key of now could lie in the future and be made again.
    if (!rows.empty()) tell_states(keys, rows.integer(0, 5));
    return keys;
}

asio::awaitable<Result<std::vector<StoredKey>>> KeyStore::read(db::Database& database) const {
    const auto rows =
        co_await database.run(db::PlatformScope("signing keys"), db::UnitKind::point_read, read_shape(), {});
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    co_return open(*rows);
}

bool KeyStore::needs_renewal(const std::vector<StoredKey>& keys) {
    const std::int64_t old = unix_seconds() - renewed_after;
    const bool young =
        std::ranges::any_of(keys, [old](const StoredKey& key) { return key.in_use() && key.created_at > old; });
    return !young || !any_is(KeyState::signing, keys);
}

asio::awaitable<Result<std::optional<std::string>>> KeyStore::make(db::Database& database, IsWanted is_wanted) const {
    auto lease = co_await database.lease(db::PlatformScope("make a signing key"));
    if (!lease) co_return std::unexpected(db::to_error(lease.error()));
    if (const auto locked = co_await lease->run(lock_shape(), {}); !locked)
        co_return std::unexpected(db::to_error(locked.error()));
    const auto rows = co_await lease->run(read_shape(), {});
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    const std::vector<StoredKey> keys = open(*rows);
    if (!is_wanted(keys)) co_return std::optional<std::string>();

    const std::string kid = Uuid::v7().to_string();
    db::Params params;
    params.add(kid).add_bytes(seal_.seal(kid, SigningKey::generate(kid).private_jwk()));
    params.add(any_is(KeyState::signing, keys));
    if (const auto inserted = co_await lease->run(insert_shape(), std::move(params)); !inserted)
        co_return std::unexpected(db::to_error(inserted.error()));
    if (const auto committed = co_await lease->commit(); !committed)
        co_return std::unexpected(db::to_error(committed.error()));
    log::info("signing_key_made", {{"kid", kid}});
    co_return std::optional(kid);
}

asio::awaitable<Result<void>> KeyStore::renew(db::Database& database) const {
    const auto made = co_await make(database, needs_renewal);
    if (!made) co_return std::unexpected(made.error());
    co_return Result<void>{};
}

asio::awaitable<Result<std::string>> KeyStore::rotate(db::Database& database) const {
    TERRACE_CO_TRY(made, co_await make(database, no_rotation_is_under_way));
    if (made) co_return *made;
    co_return std::unexpected(
        errors::conflict("rotation_under_way", "The key that was made last has not begun to sign yet."));
}

asio::awaitable<Result<bool>> KeyStore::retire(db::Database& database, std::string kid) const {
    db::Params params;
    params.add(kid);
    const auto retired = co_await database.run(db::PlatformScope("retire a signing key"), db::UnitKind::write,
                                               retire_shape(), std::move(params));
    if (!retired) co_return std::unexpected(db::to_error(retired.error()));
    co_return retired->affected() == 1;
}

asio::awaitable<Result<void>> KeyStore::remove_expired(db::Database& database) const {
    const auto removed =
        co_await database.run(db::PlatformScope("expired signing keys"), db::UnitKind::write, remove_shape(), {});
    if (!removed) co_return std::unexpected(db::to_error(removed.error()));
    co_return Result<void>{};
}

}  // namespace terrace::identity
