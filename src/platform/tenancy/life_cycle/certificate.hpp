#pragma once

#include "platform/db/database.hpp"
#include "platform/tenancy/data/kept_export.hpp"
#include "platform/tenancy/places/tenant_rows.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace terrace::tenancy {

/// What was erased of a tenant, when and by whom. Names nobody but the operators: the slug stands in it as a hash.
/// Times are RFC 3339, UTC.
struct Certificate {
    Uuid tenant;
    std::string slug;
    std::string isolation;
    std::string asked_at, asked_by;                             ///< the last `tenant delete`
    std::string erased_at, erased_by;                           ///< when the last of it went
    std::vector<std::pair<std::string, RowSum>> tables;         ///< of its place, by name
    std::vector<std::pair<std::string, std::int64_t>> catalog;  ///< rows of the catalog, by table
    std::int64_t persons = 0;                                   ///< who belonged to no other organisation
    std::vector<ErasedExport> exports;                          ///< that moves had kept
};

/// Its canonical form (RFC 8785): members sorted, no blanks. What is hashed.
std::string canonical_json(const Certificate& certificate);

/// Writes it into catalog.erasure, in the caller's transaction. Throws std::runtime_error.
void keep(db::AdminConnection& installation, const Certificate& certificate);

/// The certificates of a tenant's id or slug, the newest first (a slug may have been taken again), each as JSON
/// `{"certificate":…,"sha256":"…"}`.
std::vector<std::string> find_certificates(db::AdminConnection& installation, const std::string& slug_or_id);

}  // namespace terrace::tenancy
