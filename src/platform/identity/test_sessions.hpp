#pragma once

#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

/// For tests of sessions: opens them, counts them, and sees who waits for a lock meanwhile.
namespace terrace::identity::test {

/// With connections enough for so many to act on sessions at once; kept for the next test.
inline testing::DataLayer& layer_for(std::size_t callers) {
    auto options = testing::TestDatabase::instance().options();
    options.platform_lanes = callers;
    static std::map<std::size_t, testing::DataLayer> layers;
    return layers.try_emplace(callers, std::move(options)).first->second;
}

inline Session open_session(World& world, const Registered& in) {
    return world.wait(world.service.sessions().open(in.account.id, in.tenant, {})).value();
}

/// As if they had been opened now; past the bound, too.
inline void add_sessions(db::AdminConnection& admin, const Registered& in, int count) {
    admin.run(
        "insert into catalog.session (id, origin_id, user_id, tenant_id, refresh_hash, expires_at) "
        "select i, i, $1, $2, sha256(''), now() + interval '1 day' "
        "from (select gen_random_uuid() as i from generate_series(1, $3::int)) ids",
        db::Params().add(in.account.id).add(in.tenant).add(count));
}

inline std::int64_t live_sessions(db::AdminConnection& admin, const Account& of) {
    return admin
        .run("select count(*) from catalog.session where user_id = $1 and revoked_at is null", db::Params().add(of.id))
        .integer(0, 0);
}

inline bool is_live(db::AdminConnection& admin, const Uuid& session) {
    return admin.run("select revoked_at is null from catalog.session where id = $1", db::Params().add(session))
        .boolean(0, 0);
}

/// How many in the database of `observer` wait for a lock.
inline std::size_t waiting_for_locks(db::AdminConnection& observer) {
    const auto rows = observer.run(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
    return static_cast<std::size_t>(rows.integer(0, 0));
}

}  // namespace terrace::identity::test
