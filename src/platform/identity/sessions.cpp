#include "platform/identity/sessions.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/log.hpp"
#include "platform/base/mutant.hpp"
#include "platform/identity/session_turn.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

const db::Shape& open_shape() {
    static const db::Shape& shape = db::shape(
        "insert into catalog.session "
        "(id, origin_id, user_id, tenant_id, refresh_hash, expires_at, address, user_agent, domain) "
        "values ($1, $1, $2, $3, $4, now() + interval '30 days', $5, $6, $7)");
    return shape;
}

/// A session `s` of a sign-in at a host that nobody but us holds: neither handed over nor opened at an own domain.
constexpr db::Fragment of_our_host = "(s.origin_id = s.id and s.domain is null)";

/// A session `s` that could still be refreshed. $1 session, $2 the host's tenant or null.
constexpr db::Fragment is_refreshable =
    "s.id = $1 and s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '7 days' "
    "and ($2::uuid is null or s.tenant_id = $2) "
    "and (s.domain is null or exists (select from catalog.domain d "
    "where d.tenant_id = s.tenant_id and d.domain = s.domain and d.state = 'verified')) "
    "and exists (select from catalog.membership m join catalog.tenant t on t.id = m.tenant_id "
    "where m.tenant_id = s.tenant_id and m.user_id = s.user_id and t.state <> 'deleting')";

/// $1 and $2 as above, $3 whether it may have been opened at any host, $4 generation, $5 hash of the token, $6 hash of
/// its child, $7 address, $8 user agent. Of parallel calls one finds the row; the others wait for its lock and then
/// find it changed.
const db::Shape& rotate_shape() {
    constexpr db::Fragment rotate =
        "update catalog.session s set refresh_hash = $6, refresh_generation = s.refresh_generation + 1, "
        "refreshed_at = now(), last_seen_at = now(), address = $7, user_agent = $8 "
        "where s.refresh_generation = $4 and s.refresh_hash = $5 and ($3 or ";
    static const db::Shape& shape =
        db::shape({rotate, of_our_host, ") and ", is_refreshable, " returning s.user_id, s.tenant_id"});
    return shape;
}

/// $1 to $3 as above, $4 hash of the child.
const db::Shape& refreshable_shape() {
    static const db::Shape& shape =
        db::shape({"select s.user_id, s.tenant_id, s.refresh_generation, "
                   "s.refresh_hash = $4 and s.refreshed_at > now() - interval '24 hours' "
                   "from catalog.session s where ($3 or ",
                   of_our_host, ") and ", is_refreshable});
    return shape;
}

/// $1 the session that has just been opened, $2 how many its person may have. Those beyond, by when they were used;
/// never itself. Who has far more (from before there was a bound) loses a part each time.
const db::Shape& end_oldest_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.session set revoked_at = now() where revoked_at is null "
        "and id = any(array(select s.id from catalog.session s "
        "where s.user_id = (select o.user_id from catalog.session o where o.id = $1) and s.revoked_at is null "
        "order by s.id <> $1, s.last_seen_at desc, s.id desc offset $2 limit 1000)) returning id, user_id, tenant_id");
    return shape;
}

/// Of the person's live sessions, which an index has, those of one origin: of one origin alone any number may have
/// ended.
const db::Shape& revoke_shape() {
    static const db::Shape& shape = db::shape(
        "with own as (select user_id, origin_id from catalog.session where id = $1), "
        "live as materialized (select s.id, s.origin_id from catalog.session s "
        "where s.user_id = (select user_id from own) and s.revoked_at is null) "
        "update catalog.session set revoked_at = now() where revoked_at is null "
        "and id = any(array(select l.id from live l where l.origin_id = (select origin_id from own))) "
        "returning id, user_id, tenant_id");
    return shape;
}

/// Of a tenant ($1) at one of its domains ($2). Beside others who end or use them, who then hold them: what is left
/// alive so cannot be refreshed.
const db::Shape& revoke_at_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.session set revoked_at = now() where id = any(array(select s.id from catalog.session s "
        "where s.tenant_id = $1 and s.domain = $2 and s.revoked_at is null limit 1000 for update skip locked)) "
        "returning id, user_id, tenant_id");
    return shape;
}

/// $1 hash of the code, $2 challenge, $3 user, $4 session, $5 the tenant's slug, $6 the own domain or null, $7 whether
/// the session may have been opened at any host.
const db::Shape& make_code_shape() {
    static const db::Shape& shape = db::shape(
        {"insert into catalog.handoff_code (code_hash, challenge, user_id, session_id, tenant_id, domain, expires_at) "
         "select $1::bytea, $2::text, $3::uuid, s.id, t.id, $6::text, now() + interval '60 seconds' "
         "from catalog.tenant t join catalog.membership m on m.tenant_id = t.id and m.user_id = $3 "
         "join catalog.session s on s.id = $4 and s.revoked_at is null and ($7 or ",
         of_our_host, ") where t.slug = $5 and t.state in ('active', 'read_only')"});
    return shape;
}

/// $1 hash of the code, $2 challenge, $3 the host's tenant or null, then the new session: $4 id, $5 hash of its refresh
/// token, $6 address, $7 user agent, $8 own domain or null. Of parallel calls one uses the code.
const db::Shape& take_code_shape() {
    static const db::Shape& shape = db::shape(
        "with used as (update catalog.handoff_code c set used_at = now() from catalog.session s "
        "where c.code_hash = $1 and c.challenge = $2 and c.used_at is null and c.expires_at > now() "
        "and ($3::uuid is null or c.tenant_id = $3) and (c.domain is null or c.domain = $8) "
        "and s.id = c.session_id and s.revoked_at is null and s.expires_at > now() returning c.user_id, c.tenant_id, "
        "s.origin_id, s.expires_at) "
        "insert into catalog.session "
        "(id, origin_id, user_id, tenant_id, refresh_hash, expires_at, address, user_agent, domain) "
        "select $4::uuid, used.origin_id, used.user_id, used.tenant_id, $5::bytea, used.expires_at, $6::text, "
        "$7::text, $8::text from used "
        "where exists (select from catalog.membership m "
        "where m.tenant_id = used.tenant_id and m.user_id = used.user_id) "
        "returning user_id, tenant_id");
    return shape;
}

Error invalid_grant() {
    return {.status = 401, .code = "invalid_grant", .detail = "This session has ended. Sign in again."};
}

void add_hash(db::Params& params, const RefreshToken& token) {
    const crypto::Digest hash = token.hash();
    params.add_bytes(crypto::as_view(hash));
}

db::Unit rotation(const RefreshToken& token, const RefreshToken& child, const std::optional<Uuid>& host_tenant,
                  bool of_any_host, const Device& device) {
    db::Params rotate;
    rotate.add(token.session).add(host_tenant).add(of_any_host).add(std::int64_t{token.generation});
    add_hash(rotate, token);
    add_hash(rotate, child);
    rotate.add(device.address).add(device.user_agent);
    db::Params look;
    look.add(token.session).add(host_tenant).add(of_any_host);
    add_hash(look, child);
    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back({&rotate_shape(), std::move(rotate)});
    unit.statements.push_back({&refreshable_shape(), std::move(look)});
    return unit;
}

/// `open` makes the session `id`, in its person's turn; then the third statement ends what is beyond the bound.
db::Unit opening(db::Statement turn, db::Statement open, const Uuid& id) {
    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back(std::move(turn));
    unit.statements.push_back(std::move(open));
    unit.statements.emplace_back(&end_oldest_shape()).params.add(id).add(Sessions::most_live);
    return unit;
}

}  // namespace

asio::awaitable<Result<Session>> Sessions::open(Uuid user, Uuid tenant, Device device) {
    const Uuid id = Uuid::v7();
    const RefreshToken token = tokens_.first(id);
    db::Params params;
    params.add(id).add(user).add(tenant);
    add_hash(params, token);
    params.add(device.address).add(device.user_agent).add(device.domain);
    const auto rows = co_await database_.run(db::PlatformScope("open a session"),
                                             opening(turn_of_person(user), {&open_shape(), std::move(params)}, id));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    Session session{.id = id, .user = user, .tenant = tenant, .refresh_token = token.text};
    co_await record_opening(session, "session.open", session_rows((*rows)[2]), std::move(device));
    co_return session;
}

asio::awaitable<void> Sessions::record_opening(Session session, std::string_view action,
                                               std::vector<SessionRow> displaced, Device device) {
    co_await trail_.opened({.id = session.id, .user = session.user, .tenant = session.tenant}, action, device);
    if (displaced.empty()) co_return;
    const Actor actor{.user = session.user, .session = session.id};
    co_await trail_.ended(std::move(displaced), "session.displaced", std::move(device), actor);
}

asio::awaitable<Result<Session>> Sessions::refresh(std::string text, std::optional<Uuid> host_tenant, Device device) {
    const auto token = tokens_.read(text);
    if (!token) co_return std::unexpected(invalid_grant());
    const RefreshToken child = tokens_.child(*token);
    const bool of_any_host = host_tenant || hosts_ == TenantHosts::none;
    if (mutant("refresh-at-any-host")) host_tenant.reset();
    const auto rows = co_await database_.run(db::PlatformScope("refresh a session"),
                                             rotation(*token, child, host_tenant, of_any_host, device));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    const db::Rows& rotated = (*rows)[0];
    const db::Rows& refreshable = (*rows)[1];
    if (refreshable.empty()) co_return std::unexpected(invalid_grant());

    Session session{.id = token->session,
                    .user = refreshable.uuid(0, 0),
                    .tenant = refreshable.uuid(0, 1),
                    .refresh_token = child.text};
    const bool parent_of_newest = refreshable.boolean(0, 3);
    if (!rotated.empty() || parent_of_newest) co_return session;
    if (refreshable.integer(0, 2) > std::int64_t{token->generation} && !mutant("reuse-unpunished"))
        co_await end_for_reuse(session.id, std::move(device));
    co_return std::unexpected(invalid_grant());
}

asio::awaitable<void> Sessions::end_for_reuse(Uuid session, Device device) {
    log::warning("refresh_token_reused", {{"session", session.to_string()}});
    const auto ended = co_await end(session, "session.token_reused", std::move(device));
    if (!ended) log::error("reused_session_not_ended", {{"session", session.to_string()}});
}

asio::awaitable<Result<void>> Sessions::close(Uuid session, Device device) {
    return end(session, "session.close", std::move(device));
}

asio::awaitable<Result<void>> Sessions::end(Uuid session, std::string_view action, Device device) {
    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back(turn_of_session(session));
    unit.statements.emplace_back(&revoke_shape()).params.add(session);
    const auto rows = co_await database_.run(db::PlatformScope("end a session"), std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    co_await trail_.ended(session_rows((*rows)[1]), action, std::move(device));
    co_return Result<void>{};
}

asio::awaitable<Result<void>> Sessions::close_at(Uuid tenant, std::string domain, Device device, Actor actor) {
    std::vector<SessionRow> ended;
    do {
        const auto rows = co_await database_.run(db::PlatformScope("end the sessions of a domain"), db::UnitKind::write,
                                                 revoke_at_shape(), db::Params().add(tenant).add(domain));
        if (!rows) co_return std::unexpected(db::to_error(rows.error()));
        ended = session_rows(*rows);
        co_await trail_.ended(ended, "session.domain_gone", device, actor);
    } while (!ended.empty());
    co_return Result<void>{};
}

asio::awaitable<Result<std::optional<std::string>>> Sessions::make_handoff(Session session, std::string tenant_slug,
                                                                           std::string challenge,
                                                                           std::optional<std::string> domain) {
    const std::string code = crypto::base64url(crypto::random_bytes(32));
    const crypto::Digest hash = crypto::sha256(code);
    db::Params params;
    params.add_bytes(crypto::as_view(hash)).add(challenge).add(session.user).add(session.id).add(tenant_slug);
    params.add(domain).add(hosts_ == TenantHosts::none);
    const auto made = co_await database_.run(db::PlatformScope("make a hand-off code"), db::UnitKind::write,
                                             make_code_shape(), std::move(params));
    if (!made) co_return std::unexpected(db::to_error(made.error()));
    if (made->affected() == 0) co_return std::optional<std::string>();
    co_return std::optional(code);
}

asio::awaitable<Result<std::optional<Session>>> Sessions::take_handoff(std::string code, std::string challenge,
                                                                       std::optional<Uuid> host_tenant, Device device) {
    const Uuid id = Uuid::v7();
    const RefreshToken token = tokens_.first(id);
    const crypto::Digest hash = crypto::sha256(code);
    if (mutant("hand-off-to-any-host")) host_tenant.reset();
    db::Params params;
    params.add_bytes(crypto::as_view(hash)).add(challenge).add(host_tenant).add(id);
    add_hash(params, token);
    params.add(device.address).add(device.user_agent).add(device.domain);
    const auto rows = co_await database_.run(db::PlatformScope("take a hand-off code"),
                                             opening(turn_of_code(hash), {&take_code_shape(), std::move(params)}, id));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    const db::Rows& taken = (*rows)[1];
    if (taken.empty()) co_return std::optional<Session>();
    Session session{.id = id, .user = taken.uuid(0, 0), .tenant = taken.uuid(0, 1), .refresh_token = token.text};
    co_await record_opening(session, "session.hand_off", session_rows((*rows)[2]), std::move(device));
    co_return std::optional(std::move(session));
}

}  // namespace terrace::identity
