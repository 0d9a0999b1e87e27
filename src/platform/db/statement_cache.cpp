#include "platform/db/statement_cache.hpp"

#include <algorithm>

namespace terrace::db {

StatementCache::Use StatementCache::use(const Shape& shape, const std::string& schema) {
    Key key{shape.id(), shape.of_tenant() ? schema : std::string()};
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
        entries_.splice(entries_.begin(), entries_, found->second);
        return {found->second->number, false};
    }
    entries_.push_front({key, ++last_number_});
    by_key_.emplace(std::move(key), entries_.begin());
    if (entries_.size() > capacity_) retire(entries_.back().number);
    return {last_number_, true};
}

void StatementCache::forget(std::uint64_t number) {
    erase(number);
}

void StatementCache::retire(std::uint64_t number) {
    if (erase(number)) evicted_.push_back(number);
}

void StatementCache::clear() {
    entries_.clear();
    by_key_.clear();
    evicted_.clear();
}

bool StatementCache::erase(std::uint64_t number) {
    const auto found = std::ranges::find(entries_, number, &Entry::number);
    if (found == entries_.end()) return false;
    by_key_.erase(found->key);
    entries_.erase(found);
    return true;
}

}  // namespace terrace::db
