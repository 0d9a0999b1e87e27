#pragma once

#include "platform/db/database.hpp"

namespace terrace::tenancy {

/// The fence that keeps a tenant's writes out of its place while reads go on: a write that comes finds the state
/// `moving`, gives its lane back and waits in its server (db/header.hpp). It falls by itself after 20 seconds, so that
/// whoever raised it and was killed keeps nobody out for longer. `place` is a connection to the place's database. Each
/// throws std::runtime_error.

/// From its return on no writing unit has the tenant: those under way hold the lock, those that come find the state.
void raise_fence(db::AdminConnection& place, const Uuid& tenant);
/// Another 20 seconds from now, where it still stands.
void renew_fence(db::AdminConnection& place, const Uuid& tenant);
void lift_fence(db::AdminConnection& place, const Uuid& tenant);
/// Within the transaction that commits what was done behind it, not in the tenant's context: whether writes were kept
/// out the whole time. Keeps them out until that transaction ends.
bool fence_stands(db::AdminConnection& place, const Uuid& tenant);

}  // namespace terrace::tenancy
