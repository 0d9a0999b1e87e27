#include "platform/identity/key_ring.hpp"

#include "platform/base/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto poll_interval = 10s;
constexpr auto empty_poll_interval = 1s;

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

std::vector<RingKey> in_use(std::vector<StoredKey> stored) {
    std::vector<RingKey> keys;
    for (StoredKey& key : stored)
        if (key.in_use())
            keys.push_back({std::move(key.kid), std::move(key.private_jwk), key.signs_from, key.verifies_until});
    return keys;
}

bool same_keys(const std::vector<RingKey>& a, const std::vector<RingKey>& b) {
    return std::ranges::equal(a, b, [](const RingKey& x, const RingKey& y) {
        return x.kid == y.kid && x.private_jwk == y.private_jwk && x.signs_from == y.signs_from &&
               x.verifies_until == y.verifies_until;
    });
}

}  // namespace

KeyRing::KeyRing(std::string_view root_secret) : store_(root_secret), snapshot_(std::make_shared<RingSnapshot>()) {}

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
    TERRACE_CO_TRY(stored, co_await store_.read(database));
    const bool needs_renewal = KeyStore::needs_renewal(stored);
    publish(in_use(std::move(stored)));
    co_return needs_renewal;
}

asio::awaitable<Result<void>> KeyRing::load(db::Database& database) {
    TERRACE_CO_TRY(needs_renewal, co_await read(database));
    if (!needs_renewal) co_return Result<void>{};
    if (const auto made = co_await store_.renew(database); !made) co_return std::unexpected(made.error());
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
