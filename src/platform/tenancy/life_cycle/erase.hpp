#pragma once

#include "platform/tenancy/life_cycle/change_state.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace terrace::tenancy {

enum class EraseWhen : std::uint8_t { when_due, now };

struct Erased {
    std::int64_t rows = 0;  ///< of its place
    std::int64_t persons = 0;
    /// Kept exports of moves that lie on another machine: the next prune there removes them.
    std::int64_t exports_elsewhere = 0;
};

/// Erases a tenant that is being deleted, once its 30 days are over (`when_due`) or at once: the rows of its place,
/// the place itself where it was its alone, exports that moves had kept, what the catalog holds about it, and the
/// persons who belong to no other organisation and whom nothing else refers to. Leaves a certificate (certificate.hpp).
///
/// In shared tables and in a schema that is one transaction. A database of its own is counted first, and from then on
/// the tenant cannot come back; then it is dropped, then the catalog follows. Killed at any point, the next call goes
/// on, and the certificate says what was there. Two at once: the second waits, then finds no tenant. Waits for
/// migrations. Blocking; an administrator's work. Throws std::runtime_error with a sentence for the operator.
Erased erase_tenant(const TenantAct& act, EraseWhen when);

/// The slugs of tenants whose 30 days are over or whose erasure was cut off, the oldest first.
std::vector<std::string> due_tenants(const std::string& admin_url);

}  // namespace terrace::tenancy
