#pragma once

#include "platform/db/database.hpp"

#include <string>

namespace terrace::tenancy {

/// The tables of one schema as they are now: statements that make the same tables, with their keys, constraints,
/// indexes, policies and grants under the same names, in the schema that `search_path` names first. `create table …
/// (like …)` would copy neither foreign keys nor policies nor grants. Two schemas are alike exactly when their
/// baselines are, so its hash is their fingerprint. `tenant_place`, which is of a database and not of a tenant, is left
/// out.
struct Baseline {
    std::string statements;
    std::string fingerprint;  ///< SHA-256, in hex

    bool operator==(const Baseline&) const = default;
};

/// Within a transaction of the caller's, whose search_path it changes to `schema`. Throws std::runtime_error when the
/// schema holds what a baseline cannot say (a view, a sequence, a function, an identity column).
Baseline read_baseline(db::AdminConnection& connection, const std::string& schema);

}  // namespace terrace::tenancy
