#include "platform/app/housekeeping.hpp"

#include "platform/base/log.hpp"
#include "platform/files/sweep.hpp"
#include "platform/resource/input/idempotency.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace terrace::app {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds sweep_interval{30};
constexpr std::chrono::hours removal_interval{1};

constexpr std::int64_t batch = 1'000;  // of the statements below

const db::Shape& sessions_shape() {
    static const auto& shape = db::shape(
        "delete from catalog.session where id = any(array(select id from catalog.session where expires_at < now() "
        "order by expires_at limit 1000 for update skip locked))");
    return shape;
}

const db::Shape& codes_shape() {
    static const auto& shape = db::shape(
        "delete from catalog.handoff_code where code_hash = any(array(select code_hash from catalog.handoff_code "
        "where expires_at < now() order by expires_at limit 1000 for update skip locked))");
    return shape;
}

/// One batch after the other until none is full, so that no statement takes long, however much there is.
asio::awaitable<void> remove_in_batches(db::Database& database, std::string_view what, const db::Shape& shape) {
    for (;;) {
        const auto removed =
            co_await database.run(db::PlatformScope("what has expired"), db::UnitKind::write, shape, {});
        if (!removed)
            log::warning("expired rows were not removed",
                         {{"what", what}, {"reason", db::to_error(removed.error()).code}});
        if (!removed || removed->affected() < batch) co_return;
    }
}

/// A page of tenants after `last`, so that no list of all of them is ever held.
asio::awaitable<Result<std::vector<Uuid>>> tenants_after(db::Database& database, Uuid last) {
    static const auto& shape =
        db::shape("select id from catalog.tenant where state = 'active' and id > $1 order by id limit 500");
    db::Params params;
    params.add(last);
    const auto rows = co_await database.run(db::PlatformScope("tenants to keep house for"), db::UnitKind::read, shape,
                                            std::move(params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    std::vector<Uuid> tenants;
    tenants.reserve(rows->size());
    for (std::size_t row = 0; row < rows->size(); ++row) tenants.push_back(rows->uuid(row, 0));
    co_return tenants;
}

/// What is left for the next time. A tenant that only a newer version understands is left to that one.
asio::awaitable<Result<void>> keep_tenants_house(Services& services, Uuid id) {
    try {
        TERRACE_CO_TRY(tenant, co_await services.directory.by_id(id));
        if (!tenant) co_return Result<void>();
        const auto scope = tenancy::Directory::scope(*tenant);
        const auto purged = co_await resource::purge_keys(services.database, scope);
        auto swept = co_await files::sweep(services.database, scope);
        if (!purged) co_return std::unexpected(purged.error());
        co_return swept;
    } catch (const std::logic_error& fault) {
        log::error("no house is kept for a tenant", {{"tenant", id.to_string()}, {"reason", fault.what()}});
        co_return Result<void>();
    }
}

/// How many of them had to be left as they were, and why the last of those.
struct Left {
    std::int64_t tenants = 0;
    std::string reason;
};

/// What cannot be done now is done in an hour.
asio::awaitable<Result<Left>> keep_tenants_houses(Services& services) {
    Left left;
    for (Uuid last;;) {
        TERRACE_CO_TRY(page, co_await tenants_after(services.database, last));
        if (page.empty()) co_return left;
        for (const auto& id : page) {
            const auto kept = co_await keep_tenants_house(services, id);
            if (!kept) left = {left.tenants + 1, kept.error().code};
        }
        last = page.back();
    }
}

}  // namespace

asio::awaitable<void> remove_expired(Services& services) {
    co_await remove_in_batches(services.database, "hand-off codes", codes_shape());
    co_await remove_in_batches(services.database, "sessions", sessions_shape());
    const auto removed = co_await services.process.identity.keys.store().remove_expired(services.database);
    if (!removed) log::warning("expired signing keys were not removed", {{"reason", removed.error().code}});
    const auto left = co_await keep_tenants_houses(services);
    if (!left) {
        log::warning("no more tenants were found to keep house for", {{"reason", left.error().code}});
    } else if (left->tenants > 0) {
        log::warning("what has expired of tenants was not removed",
                     {{"tenants", left->tenants}, {"reason", left->reason}});
    }
}

asio::awaitable<void> complete_sign_ups(Services& services) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        timer.expires_after(sweep_interval);
        co_await timer.async_wait(asio::use_awaitable);
        const auto completed = co_await services.provisioner.sweep();
        if (completed && *completed > 0) log::info("sign-ups completed by the sweep", {{"tenants", *completed}});
    }
}

asio::awaitable<void> keep_house(Services& services) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        timer.expires_after(removal_interval);
        co_await timer.async_wait(asio::use_awaitable);
        co_await remove_expired(services);
    }
}

}  // namespace terrace::app
