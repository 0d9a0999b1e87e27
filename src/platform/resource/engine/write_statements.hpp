#pragma once

#include "platform/audit/audit.hpp"
#include "platform/resource/declaration/write.hpp"
#include "platform/resource/input/idempotency.hpp"
#include "platform/resource/resource.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
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
    /// The objects with these ids that lie in sight, in no order.
    db::Statement read_many(const Uuid& tenant, const std::vector<Uuid>& ids, const Sight& sight) const;
    /// Locks the objects, in the order of their ids, if each still has its version; else it fails by is_overtaken, and
    /// its unit with it.
    db::Statement hold(const Uuid& tenant, const std::vector<std::pair<Uuid, std::int64_t>>& versions) const;
    /// What the unique constraints of the table see in an object: writes of many go in this order.
    std::string order_of(const void* object) const;
    /// Takes the next `count` numbers of the resource's counter; answers the last.
    db::Statement take_numbers(const Uuid& tenant, std::int64_t count) const;

    db::Statement insert(const void* object, const std::optional<IdempotencyKey>& key, const audit::Entry& entry) const;
    /// The same for a numbered resource, with the next number taken in the statement itself: the counter's row stays
    /// locked until the unit has committed.
    db::Statement insert_numbering(const void* object, const std::optional<IdempotencyKey>& key,
                                   const audit::Entry& entry) const;
    /// Stores `object` if the stored version still is `version`; answers no row otherwise.
    db::Statement update(const void* object, const void* previous, std::int64_t version,
                         const std::optional<IdempotencyKey>& key, const audit::Entry& entry) const;
    /// Moves the versions of what the object touches, and of what it has touched before. They go first in its unit, in
    /// the order of the keys, and before a `hold` of a stored object: a parent is locked before its child, as where it
    /// is written with its children, and nothing is moved where another writer of the object was faster.
    std::vector<Step> touches(const Uuid& tenant, const void* object, const void* previous) const;
    /// Deletes the object if the stored version still is `version`.
    db::Statement remove(const void* object, const Uuid& id, std::int64_t version, const audit::Entry& entry) const;
    db::Statement archive(bool archived, const Uuid& id, std::int64_t version, const std::optional<IdempotencyKey>& key,
                          const audit::Entry& entry) const;

  private:
    struct Pair {
        const db::Shape* plain;
        const db::Shape* keyed;
        const db::Shape* choose(bool key) const { return key ? keyed : plain; }
    };
    const db::Shape& compose_read(const Reach& reach, bool many) const;
    /// What an update touches beside the plain columns. Most touch none of it, and do not pay for it.
    struct Touched {
        bool tokens = false;   ///< a word or number that is searched has changed
        bool lookups = false;  ///< a column that another is looked up by has changed
        /// A reference by key names another object. Else its column is left alone: the key that was read may have been
        /// changed meanwhile, and would then be that of nothing.
        bool keys = false;
        std::size_t index() const { return (keys ? 4u : 0u) + (tokens ? 2u : 0u) + (lookups ? 1u : 0u); }
        static Touched of(std::size_t index) { return {(index & 2) != 0, (index & 1) != 0, (index & 4) != 0}; }
    };
    void bind_rest(const void* object, const std::optional<IdempotencyKey>& key, const audit::Entry& entry,
                   db::Params& params) const;
    Touched touched_by(const void* object, const void* previous) const;

    const db::Shape& compose_insert(bool numbering, bool keyed) const;
    const db::Shape& compose_update(Touched touched, bool keyed) const;
    const db::Shape& compose_archive(bool archived, bool keyed) const;
    const db::Shape& compose_remove() const;

    const Resource& resource_;
    std::vector<const db::Shape*> reads_, reads_many_;  ///< by the index of the sight
    std::vector<std::pair<const FieldMeta*, const db::Shape*>> touches_;
    const db::Shape* hold_;
    const db::Shape* take_numbers_;
    const db::Shape* remove_;
    Pair insert_, insert_numbering_, archive_, restore_;
    std::array<Pair, 8> update_;  ///< by Touched::index
};

/// Whether a unit failed at its `hold`: another writer was faster.
bool is_overtaken(const db::DbError& error);

}  // namespace terrace::resource
