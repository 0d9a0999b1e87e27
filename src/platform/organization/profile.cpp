#include "platform/organization/profile.hpp"

#include "platform/base/json.hpp"
#include "platform/tenancy/slug.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace terrace::organization {
namespace {

namespace asio = boost::asio;

constexpr std::string_view slug_key = "tenant_slug_key";
constexpr std::string_view too_many_slugs = "23514";  // of the same key (migrations/catalog/0018_former_slugs.sql)
constexpr std::size_t longest_zone = 64;

const db::Shape& read_profile_shape() {
    static const db::Shape& shape =
        db::shape("select name, slug, locale, time_zone, version from catalog.tenant where id = $1");
    return shape;
}

const db::Shape& write_profile_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.tenant set name = coalesce($3, name), slug = coalesce($4, slug), locale = coalesce($5, "
        "locale), "
        "time_zone = coalesce($6, time_zone), version = version + 1, updated_at = clock_timestamp() "
        "where id = $1 and version = coalesce($2, version) and state <> 'deleting' returning name, slug, locale, "
        "time_zone, version");
    return shape;
}

/// When fewer than three former slugs will be kept, to the second after.
const db::Shape& slug_free_at_shape() {
    static const db::Shape& shape = db::shape(
        "select to_char((until + interval '1 second') at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') "
        "from catalog.former_slug where tenant_id = $1 and until > clock_timestamp() order by until desc "
        "offset 2 limit 1");
    return shape;
}

Profile profile_from(const db::Rows& rows) {
    return {.name = std::string(rows.text(0, 0)),
            .slug = std::string(rows.text(0, 1)),
            .locale = std::string(rows.text(0, 2)),
            .time_zone = std::string(rows.text(0, 3)),
            .version = rows.integer(0, 4)};
}

}  // namespace

asio::awaitable<Result<Profile>> Profiles::read(Uuid tenant) {
    const auto rows = co_await database_.run(db::PlatformScope("an organisation's profile"), db::UnitKind::point_read,
                                             read_profile_shape(), db::Params().add(tenant));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::unexpected(errors::not_found());
    co_return profile_from(*rows);
}

asio::awaitable<Result<std::optional<Profile>>> Profiles::write(Uuid tenant, std::optional<std::int64_t> known,
                                                                ProfileChange change) {
    db::Params params;
    params.add(tenant).add(known).add(change.name).add(change.slug).add(change.locale).add(change.time_zone);
    const auto rows = co_await database_.run(db::PlatformScope("change an organisation's profile"), db::UnitKind::write,
                                             write_profile_shape(), std::move(params));
    if (!rows) {
        const auto& error = rows.error();
        if (error.kind != db::DbError::Kind::constraint || error.constraint != slug_key)
            co_return std::unexpected(db::to_error(error));
        if (error.sqlstate == too_many_slugs) co_return std::unexpected(co_await slug_limit(tenant));
        co_return std::unexpected(tenancy::slug_taken());
    }
    if (rows->empty()) co_return std::optional<Profile>();
    directory_.announce(tenant);
    co_return profile_from(*rows);
}

asio::awaitable<Error> Profiles::slug_limit(Uuid tenant) {
    const auto rows = co_await database_.run(db::PlatformScope("when an organisation may change its slug"),
                                             db::UnitKind::point_read, slug_free_at_shape(), db::Params().add(tenant));
    if (!rows) co_return db::to_error(rows.error());
    if (rows->empty()) co_return errors::unavailable();  // one has become free meanwhile
    const std::string free_at(rows->text(0, 0));
    Error error = errors::conflict(
        "slug_limit",
        fmt::format("The three slugs that the organisation had before are kept for it, 30 days each. It can change its "
                    "slug again from {}.",
                    free_at));
    json::Writer(error.extension).key("free_at").string(free_at);
    co_return error;
}

bool is_time_zone(const std::string& name) {
    // The tz database's folders have files of other kinds, and names of one word that are no places (EST, GMT0).
    const bool of_a_place = name.contains('/') && !name.starts_with("posix/") && !name.starts_with("right/");
    if (name.size() > longest_zone || (name != "UTC" && !of_a_place)) return false;
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
               c == '-' || c == '+';
    };
    if (!std::ranges::all_of(name, plain)) return false;
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

}  // namespace terrace::organization
