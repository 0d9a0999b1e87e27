#include "platform/identity/key_ring.hpp"

#include "platform/base/clock.hpp"
#include "platform/base/crypto.hpp"
#include "platform/base/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto poll_interval = 10s;
constexpr auto empty_poll_interval = 1s;
/// How long a key verifies after its successor signs, in seconds: the life of a token and the skew of clocks.
constexpr std::int64_t verifies_after_successor = 600;

/// The youngest first; without those of which no token can be alive, and those that were retired by hand.
const db::Shape& keys_shape() {
    static const db::Shape& shape = db::shape(
        "select kid, sealed_jwk, floor(extract(epoch from not_before))::bigint, created_at > now() - interval '90 "
        "days' "
        "from catalog.signing_key where retired_at is null order by not_before desc, kid limit 8");
    return shape;
}

const db::Shape& lock_shape() {
    static const db::Shape& shape = db::shape("select pg_advisory_xact_lock(hashtextextended('signing_key', 0))");
    return shape;
}

/// The first key signs at once: nobody waits for another. $3: whether there is one already.
const db::Shape& insert_shape() {
    static const db::Shape& shape = db::shape(
        "insert into catalog.signing_key (kid, sealed_jwk, not_before) "
        "values ($1, $2, now() + case when $3::boolean then interval '1 minute' else interval '0' end)");
    return shape;
}

std::string jwks_of(const std::vector<RingKey>& keys) {
    std::string jwks = R"({"keys":[)";
    for (const RingKey& key : keys) {
        const auto imported = SigningKey::from_private_jwk(key.private_jwk);
        if (!imported) continue;
        if (!jwks.ends_with('[')) jwks += ',';
        jwks += imported->public_jwk();
    }
    return jwks + "]}";
}

struct ReadKeys {
    std::vector<RingKey> keys;
    bool young = false;
};

/// Keys that another secret sealed are left out: whoever had that secret could sign with them.
ReadKeys open_keys(const db::Rows& rows, const JwkSeal& seal) {
    ReadKeys read;
    std::int64_t verifies_until = std::numeric_limits<std::int64_t>::max();
    const std::int64_t now = unix_seconds();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::string kid(rows.text(row, 0));
        auto jwk = seal.open(kid, rows.bytes(row, 1));
        if (!jwk) continue;
        const std::int64_t signs_from = rows.integer(row, 2);
        if (verifies_until > now) read.keys.push_back({kid, std::move(*jwk), signs_from, verifies_until});
        if (signs_from <= now && verifies_until == std::numeric_limits<std::int64_t>::max())
            verifies_until = signs_from + verifies_after_successor;
        read.young = read.young || rows.boolean(row, 3);
    }
    return read;
}

bool same_keys(const std::vector<RingKey>& a, const std::vector<RingKey>& b) {
    return std::ranges::equal(a, b, [](const RingKey& x, const RingKey& y) {
        return x.kid == y.kid && x.private_jwk == y.private_jwk && x.signs_from == y.signs_from &&
               x.verifies_until == y.verifies_until;
    });
}

}  // namespace

KeyRing::KeyRing(std::string_view root_secret) : seal_(root_secret), snapshot_(std::make_shared<RingSnapshot>()) {}

std::shared_ptr<const RingSnapshot> KeyRing::snapshot() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
}

void KeyRing::publish(std::vector<RingKey> keys) {
    const std::lock_guard lock(mutex_);
    if (generation_ != 0 && same_keys(snapshot_->keys, keys)) return;
    auto next = std::make_shared<RingSnapshot>();
    next->generation = snapshot_->generation + 1;
    next->jwks = jwks_of(keys);
    next->keys = std::move(keys);
    snapshot_ = std::move(next);
    generation_.store(snapshot_->generation, std::memory_order_release);
}

asio::awaitable<Result<bool>> KeyRing::read(db::Database& database) {
    const auto rows =
        co_await database.run(db::PlatformScope("signing keys"), db::UnitKind::point_read, keys_shape(), {});
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    ReadKeys read = open_keys(*rows, seal_);
    const bool young = read.young;
    publish(std::move(read.keys));
    co_return young;
}

asio::awaitable<Result<void>> KeyRing::make_key(db::Database& database) {
    auto lease = co_await database.lease(db::PlatformScope("make a signing key"));
    if (!lease) co_return std::unexpected(db::to_error(lease.error()));
    if (const auto locked = co_await lease->run(lock_shape(), {}); !locked)
        co_return std::unexpected(db::to_error(locked.error()));
    const auto rows = co_await lease->run(keys_shape(), {});
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    const ReadKeys found = open_keys(*rows, seal_);
    if (found.young) co_return Result<void>{};

    const std::string kid = crypto::base64url(crypto::random_bytes(12));
    db::Params params;
    params.add(kid).add_bytes(seal_.seal(kid, SigningKey::generate(kid).private_jwk())).add(!found.keys.empty());
    if (const auto inserted = co_await lease->run(insert_shape(), std::move(params)); !inserted)
        co_return std::unexpected(db::to_error(inserted.error()));
    if (const auto committed = co_await lease->commit(); !committed)
        co_return std::unexpected(db::to_error(committed.error()));
    log::info("signing_key_made", {{"kid", kid}});
    co_return Result<void>{};
}

asio::awaitable<Result<void>> KeyRing::load(db::Database& database) {
    TERRACE_CO_TRY(young, co_await read(database));
    if (young) co_return Result<void>{};
    if (const auto made = co_await make_key(database); !made) co_return std::unexpected(made.error());
    const auto again = co_await read(database);
    if (!again) co_return std::unexpected(again.error());
    co_return Result<void>{};
}

asio::awaitable<void> KeyRing::run(db::Database& database) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        const auto loaded = co_await load(database);
        const auto cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) co_return;
        if (!loaded) log::warning("signing_keys_not_read");
        timer.expires_after(snapshot()->keys.empty() ? empty_poll_interval : poll_interval);
        const auto [stopped] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
        if (stopped) co_return;
    }
}

}  // namespace terrace::identity
