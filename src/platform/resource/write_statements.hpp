#pragma once

#include "platform/audit/audit.hpp"
#include "platform/resource/idempotency.hpp"
#include "platform/resource/resource.hpp"

#include <optional>
#include <string>
#include <vector>

namespace terrace::resource {

/// The statements that read and write one object of a resource, put together once at start. A write is one statement:
/// what must not happen when the effect touches no row (audit, search tokens, idempotency key) is chained to it by
/// data-modifying CTEs, and the object is answered as it was stored. Each names the tenant, as `$1`, beside the policy.
class WriteStatements {
  public:
    explicit WriteStatements(const Resource& resource);

    /// Answers no row where the object lies out of sight.
    db::Statement read(const Uuid& tenant, const Uuid& id, const Sight& sight) const;
    /// Takes the next `count` numbers of the resource's counter; answers the last.
    db::Statement take_numbers(const Uuid& tenant, std::int64_t count) const;

    db::Statement insert(const void* object, const std::optional<IdempotencyKey>& key, const audit::Entry& entry) const;
    /// Stores `object` if the stored version still is `version`; answers no row otherwise.
    db::Statement update(const void* object, const void* previous, std::int64_t version,
                         const std::optional<IdempotencyKey>& key, const audit::Entry& entry) const;
    db::Statement archive(bool archived, const Uuid& id, std::int64_t version, const std::optional<IdempotencyKey>& key,
                          const audit::Entry& entry) const;

  private:
    struct Pair {
        const db::Shape* plain;
        const db::Shape* keyed;
        const db::Shape* choose(bool key) const { return key ? keyed : plain; }
    };
    const db::Shape& compose_read(const Reach& reach) const;
    const db::Shape& compose_insert(bool keyed) const;
    const db::Shape& compose_update(bool keyed) const;
    const db::Shape& compose_archive(bool archived, bool keyed) const;

    const Resource& resource_;
    std::vector<const db::Shape*> reads_;  ///< by the index of the sight
    const db::Shape* take_numbers_;
    Pair insert_, update_, archive_, restore_;
};

}  // namespace terrace::resource
