#include "platform/tenancy/change_feed.hpp"

#include "platform/base/log.hpp"
#include "platform/base/mutant.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <string_view>
#include <utility>

namespace terrace::tenancy {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto poll_interval = 500ms;
constexpr auto removal_interval = 10min;
constexpr std::int64_t removal_batch = 2'000;

Change::Kind kind_from(std::string_view text) {
    if (text == "tenant") return Change::Kind::tenant;
    if (text == "membership") return Change::Kind::membership;
    return Change::Kind::session;
}

const db::Shape& clock_shape() {
    static const db::Shape& shape = db::shape("select clock_timestamp()::text");
    return shape;
}

/// $1: PostgreSQL's clock at the last good poll, null at the first.
const db::Shape& changes_shape() {
    static const db::Shape& shape = db::shape(
        "select sequence, kind, object_id, tenant_id from catalog.change "
        "where at > coalesce($1::timestamptz, clock_timestamp() - interval '10 minutes') - interval '15 seconds' "
        "order by sequence");
    return shape;
}

}  // namespace

struct ChangeFeed::Subscription {
    asio::any_io_executor executor;
    Listener listener;
};

std::shared_ptr<void> ChangeFeed::listen(asio::any_io_executor executor, Listener listener) {
    auto subscription = std::make_shared<Subscription>(std::move(executor), std::move(listener));
    const std::lock_guard lock(mutex_);
    subscriptions_.emplace_back(subscription);
    return subscription;
}

void ChangeFeed::publish(std::vector<Change> changes) {
    if (changes.empty() || mutant("changes-ignored")) return;
    const auto shared = std::make_shared<const std::vector<Change>>(std::move(changes));
    const std::lock_guard lock(mutex_);
    std::erase_if(subscriptions_, [](const auto& subscription) { return subscription.expired(); });
    for (const auto& weak : subscriptions_) {
        const auto subscription = weak.lock();
        if (!subscription) continue;
        asio::post(subscription->executor, [weak, shared] {
            // The listener's owner lives on this executor: what it has let go of by now is not called.
            const auto current = weak.lock();
            if (!current) return;
            for (const auto& change : *shared) current->listener(change);
        });
    }
}

void ChangeFeed::announce(std::vector<Change> changes) {
    publish(std::move(changes));
}

asio::awaitable<bool> ChangeFeed::poll(db::Database& database) {
    const auto started = Clock::now();
    // The first, and one after an outage, may find more changes than a point read has time for.
    db::Unit unit{.kind = age() <= stale_after ? db::UnitKind::point_read : db::UnitKind::read};
    // The clock first: what commits after it is read by the next poll.
    unit.statements.push_back({&clock_shape(), {}});
    unit.statements.push_back({&changes_shape(), {}});
    unit.statements.back().params.add(read_until_);
    const auto rows = co_await database.run(db::PlatformScope("change feed"), std::move(unit));
    if (!rows) co_return false;

    std::vector<Change> news;
    std::unordered_set<std::int64_t> told;
    const db::Rows& changes = (*rows)[1];
    for (std::size_t row = 0; row < changes.size(); ++row) {
        const auto sequence = changes.integer(row, 0);
        told.insert(sequence);
        if (told_.contains(sequence)) continue;
        news.push_back({.kind = kind_from(changes.text(row, 1)),
                        .id = changes.uuid(row, 2),
                        .tenant = changes.is_null(row, 3) ? Uuid{} : changes.uuid(row, 3)});
    }
    told_ = std::move(told);
    read_until_ = std::string((*rows)[0].text(0, 0));
    publish(std::move(news));
    last_good_poll_.store(started.time_since_epoch().count(), std::memory_order_release);
    co_return true;
}

/// One batch between two polls, so that no poll waits long, until there is no more; then not for a while.
asio::awaitable<void> ChangeFeed::remove_old(db::Database& database) {
    if (Clock::now() - last_removal_ < removal_interval) co_return;
    static const db::Shape& shape = db::shape(
        "delete from catalog.change where sequence in (select sequence from catalog.change"
        " where at < clock_timestamp() - interval '1 day' order by at limit $1)");
    const auto removed = co_await database.run(db::PlatformScope("change feed: remove old"), db::UnitKind::write, shape,
                                               db::Params().add(removal_batch));
    if (!removed) log::warning("change_feed.removal_failed", {{"error", removed.error().message}});
    if (!removed || removed->affected() < removal_batch) last_removal_ = Clock::now();
}

asio::awaitable<void> ChangeFeed::run(db::Database& database) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    bool failing = false;
    for (;;) {
        const bool good = co_await poll(database);
        const auto cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) co_return;
        if (good == failing) {
            failing = !good;
            failing ? log::warning("change_feed.lost") : log::info("change_feed.back");
        }
        if (good) co_await remove_old(database);

        timer.expires_after(poll_interval);
        const auto [stopped] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
        if (stopped) co_return;
    }
}

Clock::duration ChangeFeed::age() const {
    const auto last = last_good_poll_.load(std::memory_order_acquire);
    if (last == never) return Clock::duration::max();
    return Clock::now().time_since_epoch() - Clock::duration(last);
}

}  // namespace terrace::tenancy
