#include "platform/identity/session_trail.hpp"

#include "platform/audit/audit.hpp"
#include "platform/base/log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

/// Entries in one unit: no unit should hold a lane for long.
constexpr std::size_t entries_per_unit = 100;

std::vector<tenancy::Change> changes_of(const std::vector<SessionRow>& sessions) {
    std::vector<tenancy::Change> changes;
    changes.reserve(sessions.size());
    for (const SessionRow& session : sessions)
        changes.push_back({.kind = tenancy::Change::Kind::session, .id = session.id, .tenant = {}});
    return changes;
}

/// The first sessions that share a tenant, taken out of `sessions`, which is sorted by tenant.
std::vector<SessionRow> take_group(std::vector<SessionRow>& sessions) {
    std::vector<SessionRow> group;
    for (const SessionRow& session : sessions) {
        if (session.tenant != sessions.front().tenant || group.size() == entries_per_unit) break;
        group.push_back(session);
    }
    sessions.erase(sessions.begin(), sessions.begin() + std::ssize(group));
    return group;
}

}  // namespace

std::vector<SessionRow> session_rows(const db::Rows& rows) {
    std::vector<SessionRow> sessions;
    sessions.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        sessions.push_back({.id = rows.uuid(row, 0), .user = rows.uuid(row, 1), .tenant = rows.uuid(row, 2)});
    return sessions;
}

asio::awaitable<void> SessionTrail::opened(SessionRow session, std::string_view action, Device device) {
    std::vector<SessionRow> one{session};
    co_await record(std::move(one), action, std::move(device), {});
}

asio::awaitable<void> SessionTrail::ended(std::vector<SessionRow> sessions, std::string_view action, Device device,
                                          std::optional<Actor> actor) {
    feed_.announce(changes_of(sessions));
    std::ranges::sort(sessions, {}, &SessionRow::tenant);
    while (!sessions.empty()) co_await record(take_group(sessions), action, device, actor);
}

/// Best effort and without waiting for the disk: a sign-in does not fail for its line in the audit.
asio::awaitable<void> SessionTrail::record(std::vector<SessionRow> of_one_tenant, std::string_view action,
                                           Device device, std::optional<Actor> actor) {
    const auto tenant = co_await directory_.by_id(of_one_tenant.front().tenant);
    if (!tenant || !*tenant) co_return;
    db::Unit unit{.kind = db::UnitKind::write, .asynchronous_commit = true};
    for (const SessionRow& session : of_one_tenant)
        unit.statements.push_back(audit::insert({.tenant = session.tenant,
                                                 .actor = actor ? actor->user : session.user,
                                                 .session = actor ? actor->session : session.id,
                                                 .action = action,
                                                 .object_type = "session",
                                                 .object = session.id,
                                                 .changes = "{}",
                                                 .client_address = device.address,
                                                 .request_id = device.request_id}));
    const auto written = co_await database_.run(tenancy::Directory::scope(**tenant), std::move(unit));
    if (!written)
        log::warning("audit_not_written", {{"action", action}, {"tenant", of_one_tenant.front().tenant.to_string()}});
}

}  // namespace terrace::identity
