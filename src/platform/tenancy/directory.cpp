#include "platform/tenancy/directory.hpp"

#include "platform/base/mutant.hpp"
#include "platform/tenancy/lru_cache.hpp"
#include "platform/tenancy/single_flight.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace terrace::tenancy {
namespace {

namespace asio = boost::asio;

constexpr std::size_t tenant_limit = 20'000;
constexpr std::size_t missing_limit = 2'000;
constexpr std::chrono::seconds missing_for{5};
constexpr std::chrono::seconds move_patience{4};
constexpr std::chrono::milliseconds move_poll_interval{50};

constexpr db::Fragment of_catalog(
    "select id, slug, tenant.name, state, time_zone, epoch, isolation, schema_name, database_name, cluster,"
    " moving, url_reference, array_to_string(array(select domain from catalog.domain d where d.tenant_id = tenant.id"
    " and d.state = 'verified'), ' ') from catalog.tenant join catalog.cluster on cluster.name = cluster where state "
    "<> "
    "'deleting' and ");

const db::Shape& by_id_shape() {
    static const db::Shape& shape = db::shape({of_catalog, "id = $1"});
    return shape;
}

const db::Shape& by_slug_shape() {
    static const db::Shape& shape = db::shape({of_catalog, "slug = $1"});
    return shape;
}

const db::Shape& by_domain_shape() {
    static const db::Shape& shape = db::shape(
        {of_catalog, "id = (select tenant_id from catalog.domain d where d.domain = $1 and d.state = 'verified')"});
    return shape;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto blank = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, blank));
        text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return words;
}

TenantPtr tenant_from(const db::Rows& rows) {
    if (rows.empty()) return nullptr;
    const auto id = rows.uuid(0, 0);
    const auto state = tenant_state_from(rows.text(0, 3));
    if (!state) throw std::logic_error("a tenant's state that this version does not know");
    const auto isolation = isolation_from(rows.text(0, 6));
    if (!isolation) throw std::logic_error("an isolation mode that this version does not know");
    auto place = std::make_shared<const db::Place>(db::Place{.tenant = id,
                                                             .epoch = rows.integer(0, 5),
                                                             .isolation = *isolation,
                                                             .schema = std::string(rows.text(0, 7)),
                                                             .database = std::string(rows.text(0, 8)),
                                                             .cluster = std::string(rows.text(0, 9)),
                                                             .moving = rows.boolean(0, 10),
                                                             .url_reference = std::string(rows.text(0, 11))});
    return std::make_shared<const Tenant>(Tenant{.id = id,
                                                 .slug = std::string(rows.text(0, 1)),
                                                 .name = std::string(rows.text(0, 2)),
                                                 .state = *state,
                                                 .time_zone = std::string(rows.text(0, 4)),
                                                 .place = std::move(place),
                                                 .domains = words(rows.text(0, 12))});
}

asio::awaitable<Result<TenantPtr>> load(db::Database& database, const db::Shape& shape, db::Params params) {
    const auto rows =
        co_await database.run(db::PlatformScope("resolve tenant"), db::UnitKind::point_read, shape, std::move(params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    co_return tenant_from(*rows);
}

}  // namespace

struct Directory::Impl {
    Impl(const asio::any_io_executor& executor, db::Database& database, ChangeFeed& feed)
        : database(database),
          feed(feed),
          id_flights(executor),
          slug_flights(executor),
          domain_flights(executor),
          moved_flights(executor) {}

    bool knowledge_is_fresh() const { return feed.age() <= stale_after; }

    /// What a load found, for the next caller. `name` is the slug or the domain that was asked for, empty when it was
    /// an id: no name is both, since a slug has no dot.
    void keep(const TenantPtr& tenant, const std::string& name) {
        if (!knowledge_is_fresh()) return;
        if (!tenant) {
            if (!name.empty()) missing.put(name, Clock::now() + missing_for);
        } else if (tenant->state != TenantState::provisioning) {
            tenants.put(tenant->id, tenant);
            slugs.put(tenant->slug, tenant->id);
            for (const auto& domain : tenant->domains) domains.put(domain, tenant->id);
        }
    }

    std::optional<TenantPtr> cached(const Uuid& id) { return knowledge_is_fresh() ? tenants.find(id) : std::nullopt; }

    std::optional<TenantPtr> cached(const std::string& slug) {
        if (!knowledge_is_fresh()) return std::nullopt;
        if (const auto id = slugs.find(slug)) {
            const auto tenant = tenants.find(*id);
            // A tenant that changed its slug leaves the old one behind.
            return tenant && (*tenant)->slug == slug ? tenant : std::nullopt;
        }
        return known_missing(slug);
    }

    std::optional<TenantPtr> cached_domain(const std::string& domain) {
        if (!knowledge_is_fresh()) return std::nullopt;
        if (const auto id = domains.find(domain)) {
            const auto tenant = tenants.find(*id);
            // One that was removed, or that another tenant has proved, leaves its entry behind.
            const bool still = tenant && std::ranges::find((*tenant)->domains, domain) != (*tenant)->domains.end();
            return still ? tenant : std::nullopt;
        }
        return known_missing(domain);
    }

    std::optional<TenantPtr> known_missing(const std::string& name) {
        const auto until = missing.find(name);
        return until && Clock::now() < *until ? std::optional<TenantPtr>(nullptr) : std::nullopt;
    }

    void forget(const Uuid& tenant) {
        tenants.erase(tenant);
        missing.clear();
        id_flights.forget();
        slug_flights.forget();
        domain_flights.forget();
    }

    db::Database& database;
    ChangeFeed& feed;
    LruCache<Uuid, TenantPtr> tenants{tenant_limit};
    LruCache<std::string, Uuid> slugs{tenant_limit};
    LruCache<std::string, Uuid> domains{tenant_limit};
    LruCache<std::string, Clock::time_point> missing{missing_limit};
    SingleFlight<Uuid, TenantPtr> id_flights;
    SingleFlight<std::string, TenantPtr> slug_flights;
    SingleFlight<std::string, TenantPtr> domain_flights;
    SingleFlight<Uuid, TenantPtr> moved_flights;
    std::shared_ptr<void> subscription;
};

namespace {

/// The tenant as the catalog has it now; while a move keeps its writes out, as it is when that is over, for which it
/// waits no longer than a caller would.
asio::awaitable<Result<TenantPtr>> load_settled(db::Database& database, Uuid id, std::int64_t known_epoch) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    const auto end = Clock::now() + move_patience;
    for (;;) {
        auto tenant = co_await load(database, by_id_shape(), db::Params().add(id));
        const bool under_way = tenant && *tenant && (*tenant)->place->moving && (*tenant)->place->epoch == known_epoch;
        if (!under_way || Clock::now() > end) co_return tenant;
        timer.expires_after(move_poll_interval);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace

/// As the catalog has it now, to be kept.
asio::awaitable<Result<TenantPtr>> Directory::load_by_id(std::shared_ptr<Impl> impl, Uuid id) {
    co_return co_await impl->id_flights.run(
        id, [impl, id] { return load(impl->database, by_id_shape(), db::Params().add(id)); },
        [impl](const TenantPtr& tenant) { impl->keep(tenant, {}); });
}

/// The place of a tenant that was not where `known` says, past every cache. All who ask at once share one answer.
asio::awaitable<std::optional<db::TenantScope>> Directory::resolve_anew(std::weak_ptr<Impl> directory,
                                                                        db::TenantScope known, db::DbError::Kind why) {
    const auto impl = directory.lock();
    if (!impl) co_return std::nullopt;
    impl->forget(known.tenant());
    const auto tenant =
        why == db::DbError::Kind::moved
            ? co_await impl->moved_flights.run(
                  known.tenant(),
                  [impl, known] { return load_settled(impl->database, known.tenant(), known.place().epoch); },
                  [](const TenantPtr&) {})
            : co_await load_by_id(impl, known.tenant());
    if (!tenant || !*tenant) co_return std::nullopt;
    co_return scope(**tenant);
}

Directory::Directory(asio::any_io_executor executor, db::Database& database, ChangeFeed& feed)
    : impl_(std::make_shared<Impl>(executor, database, feed)) {
    impl_->subscription = feed.listen(executor, [impl = impl_.get()](const Change& change) {
        if (change.kind == Change::Kind::tenant && !mutant("tenants-never-forgotten")) impl->forget(change.id);
    });
    database.on_moved([weak = std::weak_ptr(impl_)](db::TenantScope known, db::DbError::Kind why) {
        return resolve_anew(weak, known, why);
    });
    database.on_read([&feed] { return feed.age() < places_fresh_for; });
}

Directory::~Directory() = default;

asio::awaitable<Result<TenantPtr>> Directory::by_id(Uuid id) {
    const auto impl = impl_;
    if (const auto known = impl->cached(id)) co_return *known;
    co_return co_await load_by_id(impl, id);
}

asio::awaitable<Result<TenantPtr>> Directory::by_slug(std::string slug) {
    const auto impl = impl_;
    if (const auto known = impl->cached(slug)) co_return *known;
    co_return co_await impl->slug_flights.run(
        slug,
        [impl, slug] {
            db::Params params;
            params.add(slug);
            return load(impl->database, by_slug_shape(), std::move(params));
        },
        [impl, slug](const TenantPtr& tenant) { impl->keep(tenant, slug); });
}

asio::awaitable<Result<TenantPtr>> Directory::by_domain(std::string domain) {
    const auto impl = impl_;
    if (const auto known = impl->cached_domain(domain)) co_return *known;
    co_return co_await impl->domain_flights.run(
        domain,
        [impl, domain] {
            db::Params params;
            params.add(domain);
            return load(impl->database, by_domain_shape(), std::move(params));
        },
        [impl, domain](const TenantPtr& tenant) { impl->keep(tenant, domain); });
}

db::TenantScope Directory::scope(const Tenant& tenant) {
    return db::TenantScope(tenant.place);
}

void Directory::announce(const Uuid& tenant) {
    impl_->forget(tenant);
    impl_->feed.announce({{.kind = Change::Kind::tenant, .id = tenant, .tenant = tenant}});
}

}  // namespace terrace::tenancy
