#include "platform/identity/own_sessions.hpp"

#include "platform/identity/session_turn.hpp"

#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

/// A row of catalog.session `s` that a refresh would accept.
constexpr db::Fragment is_live =
    "s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '7 days' "
    "and exists (select from catalog.membership m where m.tenant_id = s.tenant_id and m.user_id = s.user_id)";

/// $1 user, $2 the session that asks.
const db::Shape& list_shape() {
    static const db::Shape& shape = db::shape(
        {"select s.id, t.slug, t.name, to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), "
         "to_char(s.last_seen_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), s.user_agent, s.address "
         "from catalog.session s join catalog.tenant t on t.id = s.tenant_id where s.user_id = $1 and ",
         is_live, " order by s.id <> $2, s.last_seen_at desc, s.id limit 100"});
    return shape;
}

/// $1 user, $2 session. By way of the person's live sessions as `revoke_shape` of sessions.cpp.
const db::Shape& end_shape() {
    static const db::Shape& shape =
        db::shape({"with live as materialized (select s.id, s.origin_id from catalog.session s "
                   "where s.user_id = $1 and s.revoked_at is null) "
                   "update catalog.session e set revoked_at = now() where e.revoked_at is null "
                   "and e.id = any(array(select l.id from live l where l.origin_id = "
                   "(select s.origin_id from catalog.session s where s.id = $2 and s.user_id = $1 and ",
                   is_live, "))) returning e.id, e.user_id, e.tenant_id"});
    return shape;
}

const db::Shape& end_all_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.session set revoked_at = now() where user_id = $1 and revoked_at is null "
        "returning id, user_id, tenant_id");
    return shape;
}

}  // namespace

asio::awaitable<Result<std::vector<LiveSession>>> OwnSessions::list(Uuid user, Uuid current) {
    db::Params params;
    params.add(user).add(current);
    const auto rows = co_await database_.run(db::PlatformScope("list a person's sessions"), db::UnitKind::read,
                                             list_shape(), std::move(params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    std::vector<LiveSession> sessions;
    sessions.reserve(rows->size());
    for (std::size_t row = 0; row < rows->size(); ++row)
        sessions.push_back({.id = rows->uuid(row, 0),
                            .tenant_slug = std::string(rows->text(row, 1)),
                            .tenant_name = std::string(rows->text(row, 2)),
                            .created_at = std::string(rows->text(row, 3)),
                            .last_used_at = std::string(rows->text(row, 4)),
                            .user_agent = std::string(rows->text(row, 5)),
                            .address = std::string(rows->text(row, 6))});
    co_return sessions;
}

asio::awaitable<Result<std::vector<SessionRow>>> OwnSessions::revoke(Uuid user, db::Statement ending) {
    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back(turn_of_person(user));
    unit.statements.push_back(std::move(ending));
    const auto rows = co_await database_.run(db::PlatformScope("end a person's sessions"), std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    co_return session_rows((*rows)[1]);
}

asio::awaitable<Result<std::vector<Uuid>>> OwnSessions::end(Uuid user, Uuid session, Device device, Actor actor) {
    db::Params params;
    params.add(user).add(session);
    TERRACE_CO_TRY(ended, co_await revoke(user, {&end_shape(), std::move(params)}));
    std::vector<Uuid> ids;
    ids.reserve(ended.size());
    for (const SessionRow& row : ended) ids.push_back(row.id);
    co_await trail_.ended(std::move(ended), "session.end", std::move(device), actor);
    co_return ids;
}

asio::awaitable<Result<std::size_t>> OwnSessions::end_all(Uuid user, Device device, Actor actor) {
    db::Params params;
    params.add(user);
    TERRACE_CO_TRY(ended, co_await revoke(user, {&end_all_shape(), std::move(params)}));
    const std::size_t count = ended.size();
    co_await trail_.ended(std::move(ended), "session.end_all", std::move(device), actor);
    co_return count;
}

}  // namespace terrace::identity
