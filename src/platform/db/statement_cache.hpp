#pragma once

#include "platform/db/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

/// Internal to the data layer.
namespace terrace::db {

/// Which statements one connection has prepared, least recently used last. No input or output: the lane sends what
/// this says.
class StatementCache {
  public:
    /// Numbers are never used twice on a connection; the name on the wire is `s<number>`.
    struct Use {
        std::uint64_t number;
        bool fresh;  ///< must be prepared first
    };

    explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}

    Use use(const Shape& shape, const std::string& schema);
    /// Numbers that were pushed out since the last call: to be deallocated before the next segment.
    std::vector<std::uint64_t> take_evicted() { return std::exchange(evicted_, {}); }
    /// The server does not know the statement (its preparation failed, or it was deallocated behind our back).
    void forget(std::uint64_t number);
    /// The server's plan is stale (0A000 after a migration): deallocate, prepare anew.
    void retire(std::uint64_t number);
    void clear();

    std::size_t size() const { return entries_.size(); }

    static std::string name(std::uint64_t number) { return "s" + std::to_string(number); }

  private:
    struct Key {
        std::uint32_t shape;
        std::string schema;  ///< empty for shapes that do not name the tenant's schema
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept {
            return std::hash<std::string>{}(key.schema) ^ (key.shape * 0x9e3779b97f4a7c15ull);
        }
    };
    struct Entry {
        Key key;
        std::uint64_t number;
    };
    using Entries = std::list<Entry>;

    bool erase(std::uint64_t number);

    std::size_t capacity_;
    std::uint64_t last_number_ = 0;
    Entries entries_;
    std::unordered_map<Key, Entries::iterator, KeyHash> by_key_;
    std::vector<std::uint64_t> evicted_;
};

}  // namespace terrace::db
