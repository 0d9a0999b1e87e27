#include "platform/identity/sessions.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/log.hpp"
#include "platform/base/mutant.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

const db::Shape& open_shape() {
    static const db::Shape& shape = db::shape(
        "insert into catalog.session "
        "(id, origin_id, user_id, tenant_id, refresh_hash, expires_at, address, user_agent) "
        "values ($1, $1, $2, $3, $4, now() + interval '30 days', $5, $6)");
    return shape;
}

/// $1 session, $2 generation, $3 hash of the token, $4 hash of its child, $5 the host's tenant or null, $6 address,
/// $7 user agent. Of parallel calls one finds the row; the others wait for its lock and then find it changed.
const db::Shape& rotate_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.session s set refresh_hash = $4, refresh_generation = s.refresh_generation + 1, "
        "refreshed_at = now(), last_seen_at = now(), address = $6, user_agent = $7 "
        "where s.id = $1 and s.refresh_generation = $2 and s.refresh_hash = $3 and s.revoked_at is null "
        "and s.expires_at > now() and s.last_seen_at > now() - interval '7 days' "
        "and ($5::uuid is null or s.tenant_id = $5) and exists (select from catalog.membership m "
        "join catalog.tenant t on t.id = m.tenant_id "
        "where m.tenant_id = s.tenant_id and m.user_id = s.user_id and t.state <> 'deleting') "
        "returning s.user_id, s.tenant_id");
    return shape;
}

/// $1 session, $2 hash of the child, $3 the host's tenant or null. Only a session that could still be refreshed.
const db::Shape& refreshable_shape() {
    static const db::Shape& shape = db::shape(
        "select s.user_id, s.tenant_id, s.refresh_generation, "
        "s.refresh_hash = $2 and s.refreshed_at > now() - interval '24 hours' "
        "from catalog.session s where s.id = $1 and s.revoked_at is null "
        "and s.expires_at > now() and s.last_seen_at > now() - interval '7 days' "
        "and ($3::uuid is null or s.tenant_id = $3) and exists (select from catalog.membership m "
        "join catalog.tenant t on t.id = m.tenant_id "
        "where m.tenant_id = s.tenant_id and m.user_id = s.user_id and t.state <> 'deleting')");
    return shape;
}

const db::Shape& revoke_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.session set revoked_at = now() "
        "where origin_id = (select origin_id from catalog.session where id = $1) and revoked_at is null "
        "returning id, user_id, tenant_id");
    return shape;
}

const db::Shape& forget_codes_shape() {
    static const db::Shape& shape =
        db::shape("delete from catalog.handoff_code where expires_at < now() - interval '1 hour'");
    return shape;
}

/// $1 hash of the code, $2 challenge, $3 user, $4 session, $5 the tenant's slug.
const db::Shape& make_code_shape() {
    static const db::Shape& shape = db::shape(
        "insert into catalog.handoff_code (code_hash, challenge, user_id, session_id, tenant_id, expires_at) "
        "select $1::bytea, $2::text, $3::uuid, $4::uuid, t.id, now() + interval '60 seconds' from catalog.tenant t "
        "join catalog.membership m on m.tenant_id = t.id and m.user_id = $3 "
        "where t.slug = $5 and t.state in ('active', 'read_only')");
    return shape;
}

/// $1 hash of the code, $2 challenge, $3 the host's tenant or null, then the new session: $4 id, $5 hash of its refresh
/// token, $6 address, $7 user agent. Of parallel calls one uses the code.
const db::Shape& take_code_shape() {
    static const db::Shape& shape = db::shape(
        "with used as (update catalog.handoff_code c set used_at = now() from catalog.session s "
        "where c.code_hash = $1 and c.challenge = $2 and c.used_at is null and c.expires_at > now() "
        "and ($3::uuid is null or c.tenant_id = $3) and s.id = c.session_id and s.revoked_at is null "
        "and s.expires_at > now() returning c.user_id, c.tenant_id, s.origin_id, s.expires_at) "
        "insert into catalog.session "
        "(id, origin_id, user_id, tenant_id, refresh_hash, expires_at, address, user_agent) "
        "select $4::uuid, used.origin_id, used.user_id, used.tenant_id, $5::bytea, used.expires_at, $6::text, $7::text "
        "from used "
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
                  const Device& device) {
    db::Params rotate;
    rotate.add(token.session).add(std::int64_t{token.generation});
    add_hash(rotate, token);
    add_hash(rotate, child);
    rotate.add(host_tenant).add(device.address).add(device.user_agent);
    db::Params look;
    look.add(token.session);
    add_hash(look, child);
    look.add(host_tenant);
    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back({&rotate_shape(), std::move(rotate)});
    unit.statements.push_back({&refreshable_shape(), std::move(look)});
    return unit;
}

}  // namespace

asio::awaitable<Result<Session>> Sessions::open(Uuid user, Uuid tenant, Device device) {
    const Uuid id = Uuid::v7();
    const RefreshToken token = tokens_.first(id);
    db::Params params;
    params.add(id).add(user).add(tenant);
    add_hash(params, token);
    params.add(device.address).add(device.user_agent);
    const auto inserted = co_await database_.run(db::PlatformScope("open a session"), db::UnitKind::write, open_shape(),
                                                 std::move(params));
    if (!inserted) co_return std::unexpected(db::to_error(inserted.error()));
    Session session{.id = id, .user = user, .tenant = tenant, .refresh_token = token.text};
    co_await trail_.opened({.id = id, .user = user, .tenant = tenant}, "session.open", std::move(device));
    co_return session;
}

asio::awaitable<Result<Session>> Sessions::refresh(std::string text, std::optional<Uuid> host_tenant, Device device) {
    const auto token = tokens_.read(text);
    if (!token) co_return std::unexpected(invalid_grant());
    const RefreshToken child = tokens_.child(*token);
    if (mutant("refresh-at-any-host")) host_tenant.reset();
    const auto rows =
        co_await database_.run(db::PlatformScope("refresh a session"), rotation(*token, child, host_tenant, device));
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
    db::Params params;
    params.add(session);
    const auto ended = co_await database_.run(db::PlatformScope("end a session"), db::UnitKind::write, revoke_shape(),
                                              std::move(params));
    if (!ended) co_return std::unexpected(db::to_error(ended.error()));
    co_await trail_.ended(session_rows(*ended), action, std::move(device));
    co_return Result<void>{};
}

asio::awaitable<Result<std::optional<std::string>>> Sessions::make_handoff(Session session, std::string tenant_slug,
                                                                           std::string challenge) {
    const std::string code = crypto::base64url(crypto::random_bytes(32));
    const crypto::Digest hash = crypto::sha256(code);
    db::Params params;
    params.add_bytes(crypto::as_view(hash)).add(challenge).add(session.user).add(session.id).add(tenant_slug);
    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back({&forget_codes_shape(), {}});
    unit.statements.push_back({&make_code_shape(), std::move(params)});
    const auto rows = co_await database_.run(db::PlatformScope("make a hand-off code"), std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if ((*rows)[1].affected() == 0) co_return std::optional<std::string>();
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
    params.add(device.address).add(device.user_agent);
    const auto rows = co_await database_.run(db::PlatformScope("take a hand-off code"), db::UnitKind::write,
                                             take_code_shape(), std::move(params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::optional<Session>();
    Session session{.id = id, .user = rows->uuid(0, 0), .tenant = rows->uuid(0, 1), .refresh_token = token.text};
    co_await trail_.opened({.id = id, .user = session.user, .tenant = session.tenant}, "session.hand_off",
                           std::move(device));
    co_return std::optional(std::move(session));
}

}  // namespace terrace::identity
