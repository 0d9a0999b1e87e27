#include "platform/access/memberships.hpp"

#include "platform/base/mutant.hpp"
#include "platform/tenancy/lru_cache.hpp"
#include "platform/tenancy/single_flight.hpp"

#include <utility>
#include <vector>

namespace terrace::access {
namespace {

namespace asio = boost::asio;
using MembershipPtr = std::shared_ptr<const Membership>;

constexpr std::size_t membership_limit = 20'000;

struct Key {
    Uuid tenant;
    Uuid user;

    bool operator==(const Key&) const = default;
};

struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
        return std::hash<Uuid>{}(key.tenant) ^ (std::hash<Uuid>{}(key.user) * 31);
    }
};

const db::Shape& role_slug_shape() {
    static const db::Shape& shape =
        db::shape("select role_slug from catalog.membership where tenant_id = $1 and user_id = $2");
    return shape;
}

const db::Shape& role_shape() {
    static const db::Shape& shape = db::shape(
        "select r.name, r.holds_all, p.permission from {tenant}.role r "
        "left join {tenant}.role_permission p on p.tenant_id = r.tenant_id and p.role_slug = r.slug "
        "where r.tenant_id = $1 and r.slug = $2");
    return shape;
}

/// What the role's rows allow. A permission that this version does not know allows nothing.
PermissionSet permissions_from(const db::Rows& rows, const Catalogue& catalogue) {
    if (rows.boolean(0, 1)) return catalogue.all();
    std::vector<std::string> names;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!rows.is_null(row, 2) && catalogue.knows(rows.text(row, 2))) names.emplace_back(rows.text(row, 2));
    }
    return PermissionSet(std::move(names));
}

asio::awaitable<Result<MembershipPtr>> load(db::Database& database, const Catalogue& catalogue, db::TenantScope scope,
                                            Uuid user) {
    db::Params whose;
    whose.add(scope.tenant()).add(user);
    const auto member = co_await database.run(db::PlatformScope("membership"), db::UnitKind::point_read,
                                              role_slug_shape(), std::move(whose));
    if (!member) co_return std::unexpected(db::to_error(member.error()));
    if (member->empty()) co_return nullptr;

    const std::string slug(member->text(0, 0));
    db::Params which;
    which.add(scope.tenant()).add(slug);
    const auto role = co_await database.run(scope, db::UnitKind::point_read, role_shape(), std::move(which));
    if (!role) co_return std::unexpected(db::to_error(role.error()));
    // A role that is gone allows nothing; the person is a member all the same.
    if (role->empty()) {
        co_return std::make_shared<const Membership>(
            Membership{slug, slug, std::make_shared<const PermissionSet>(std::vector<std::string>{})});
    }
    co_return std::make_shared<const Membership>(
        Membership{slug, std::string(role->text(0, 0)),
                   std::make_shared<const PermissionSet>(permissions_from(*role, catalogue))});
}

}  // namespace

struct Memberships::Impl {
    Impl(const asio::any_io_executor& executor, db::Database& database, tenancy::ChangeFeed& feed,
         const Catalogue& catalogue)
        : database(database), feed(feed), catalogue(catalogue), flights(executor) {}

    bool knowledge_is_fresh() const { return feed.age() <= tenancy::stale_after; }

    void hear(const tenancy::Change& change) {
        using Kind = tenancy::Change::Kind;
        if (change.kind == Kind::session || mutant("memberships-never-forgotten")) return;
        if (change.kind == Kind::membership) {
            known.erase({change.tenant, change.id});
        } else {
            known.erase_if([&](const Key& key) { return key.tenant == change.id; });
        }
        flights.forget();
    }

    db::Database& database;
    tenancy::ChangeFeed& feed;
    const Catalogue& catalogue;
    tenancy::LruCache<Key, MembershipPtr, KeyHash> known{membership_limit};
    tenancy::SingleFlight<Key, MembershipPtr, KeyHash> flights;
    std::shared_ptr<void> subscription;
};

Memberships::Memberships(asio::any_io_executor executor, db::Database& database, tenancy::ChangeFeed& feed,
                         const Catalogue& catalogue)
    : impl_(std::make_shared<Impl>(executor, database, feed, catalogue)) {
    impl_->subscription =
        feed.listen(executor, [impl = impl_.get()](const tenancy::Change& change) { impl->hear(change); });
}

Memberships::~Memberships() = default;

const Catalogue& Memberships::catalogue() const {
    return impl_->catalogue;
}

asio::awaitable<Result<MembershipPtr>> Memberships::find(db::TenantScope scope, Uuid user) {
    const auto impl = impl_;
    const Key key{mutant("membership-kept-without-its-tenant") ? Uuid{} : scope.tenant(), user};
    if (impl->knowledge_is_fresh()) {
        if (const auto known = impl->known.find(key)) co_return *known;
    }
    co_return co_await impl->flights.run(
        key, [impl, scope, user] { return load(impl->database, impl->catalogue, scope, user); },
        [impl, key](const MembershipPtr& membership) {
            // Who is no member is asked anew each time: a sign-up or an invitation counts at once.
            if (membership && impl->knowledge_is_fresh()) impl->known.put(key, membership);
        });
}

}  // namespace terrace::access
