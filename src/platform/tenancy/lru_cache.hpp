#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace terrace::tenancy {

/// A map that forgets what was used longest ago when it holds more than `limit` entries. For one event loop.
template <class Key, class Value, class Hash = std::hash<Key>>
class LruCache {
  public:
    explicit LruCache(std::size_t limit) : limit_(limit) {}

    /// The value, which becomes the youngest; nothing when the key is unknown.
    std::optional<Value> find(const Key& key) {
        const auto found = index_.find(key);
        if (found == index_.end()) return std::nullopt;
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->second;
    }

    void put(const Key& key, Value value) {
        erase(key);
        entries_.emplace_front(key, std::move(value));
        index_.emplace(key, entries_.begin());
        if (entries_.size() > limit_) erase(Key(entries_.back().first));
    }

    void erase(const Key& key) {
        const auto found = index_.find(key);
        if (found == index_.end()) return;
        entries_.erase(found->second);
        index_.erase(found);
    }

    /// Forgets every entry whose key `belongs`.
    template <class Predicate>
    void erase_if(Predicate belongs) {
        for (auto entry = entries_.begin(); entry != entries_.end();) {
            if (belongs(std::as_const(entry->first))) {
                index_.erase(entry->first);
                entry = entries_.erase(entry);
            } else {
                ++entry;
            }
        }
    }

    void clear() {
        index_.clear();
        entries_.clear();
    }

    std::size_t size() const { return entries_.size(); }

  private:
    using Entries = std::list<std::pair<Key, Value>>;

    std::size_t limit_;
    Entries entries_;
    std::unordered_map<Key, typename Entries::iterator, Hash> index_;
};

}  // namespace terrace::tenancy
