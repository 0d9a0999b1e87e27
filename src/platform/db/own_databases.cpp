#include "platform/db/own_databases.hpp"

#include "platform/base/log.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <set>
#include <stdexcept>
#include <utility>

namespace terrace::db {

namespace asio = boost::asio;

namespace {

std::string key_of(const Place& place, char kind) {
    return place.cluster + '/' + place.database + '/' + kind;
}

}  // namespace

OwnDatabases::OwnDatabases(asio::any_io_executor executor, OwnDatabasesOptions options)
    : executor_(std::move(executor)), options_(std::move(options)) {}

/// The one used longest ago of those that are idle and `of` means; false when there is none.
bool OwnDatabases::close_one(const std::function<bool(const Entry&)>& of) {
    for (auto entry = entries_.end(); entry != entries_.begin();) {
        --entry;
        if (!entry->idle() || !of(*entry)) continue;
        entry->stop();
        by_key_.erase(entry->key);
        entries_.erase(entry);
        return true;
    }
    return false;
}

bool OwnDatabases::make_room(const std::string& cluster) {
    const auto tries = [&](const Entry& entry) { return entry.cluster == cluster && !entry.connected(); };
    const std::size_t most = std::max<std::size_t>(1, options_.connections / 2);
    if (std::cmp_greater_equal(std::ranges::count_if(entries_, tries), most) && !close_one(tries)) return false;
    return entries_.size() < options_.connections || close_one([](const Entry&) { return true; });
}

OwnDatabases::Entry* OwnDatabases::find_or_open(const std::string& key, const std::string& cluster,
                                                const std::function<Entry()>& open) {
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
        entries_.splice(entries_.begin(), entries_, found->second);
        return &entries_.front();
    }
    if (!make_room(cluster)) return nullptr;
    entries_.push_front(open());
    entries_.front().key = key;
    entries_.front().cluster = cluster;
    by_key_.emplace(key, entries_.begin());
    return &entries_.front();
}

OwnDatabases::Entry* OwnDatabases::lanes_of(const std::string& key, const Place& place) {
    return find_or_open(key, place.cluster, [&] {
        LaneGroupOptions options = options_.lanes;
        options.lane.connection.url = options_.url(place);
        Entry entry{.key = {},
                    .cluster = {},
                    .lanes = std::make_shared<LaneGroup>(executor_, options, presence_),
                    .leases = {}};
        entry.lanes->start();
        return entry;
    });
}

/// Whether it waits no more: it was sent, or refused.
bool OwnDatabases::has_gone(Waiting& waiting) {
    if (waiting.task->deadline < Clock::now()) {
        waiting.task->refuse("no connection within the time that a unit may wait");
        return true;
    }
    try {
        Entry* entry = lanes_of(waiting.key, waiting.place);
        if (!entry) return false;
        entry->lanes->submit(waiting.task);
    } catch (const std::exception& fault) {  // also a bug: whoever waits behind is not to be lost with it
        log::error("cluster_unknown", {{"cluster", waiting.place.cluster}, {"reason", fault.what()}});
        waiting.task->refuse("the address of the tenant's cluster is not known");
    }
    return true;
}

bool OwnDatabases::may_wait(const std::string& cluster) const {
    const std::size_t most = options_.lanes.queue.tasks;
    const auto is_there = [&](const Waiting& each) { return each.place.cluster == cluster; };
    return waiting_.size() < most && std::cmp_less(std::ranges::count_if(waiting_, is_there), std::max(most / 2, 1UZ));
}

void OwnDatabases::submit(const Place& place, TaskPtr task) {
    if (stopped_) return task->refuse("the data layer is closed");
    Waiting unit{.place = place, .key = key_of(place, 'u'), .task = std::move(task)};
    if ((waiting_.empty() || by_key_.contains(unit.key)) && has_gone(unit)) return;
    if (!may_wait(place.cluster)) return unit.task->refuse("too many units wait");
    waiting_.push_back(std::move(unit));
    if (waiting_.size() > 1) pump();
}

std::shared_ptr<LeasePool> OwnDatabases::leases(const Place& place) {
    if (stopped_) return nullptr;
    try {
        const Entry* entry = find_or_open(key_of(place, 'l'), place.cluster, [&] {
            LeasePoolOptions options = options_.leases;
            options.lane.connection.url = options_.url(place);
            return Entry{
                .key = {}, .cluster = {}, .lanes = {}, .leases = std::make_shared<LeasePool>(executor_, options)};
        });
        return entry ? entry->leases : nullptr;
    } catch (const std::runtime_error& fault) {
        log::error("cluster_unknown", {{"cluster", place.cluster}, {"reason", fault.what()}});
        return nullptr;
    }
}

/// Those for whom there is room go, each in turn; who waits for a cluster that is away holds up nobody behind.
void OwnDatabases::pump() {
    std::deque<Waiting> all = std::exchange(waiting_, {});
    std::set<std::string> full;  // clusters
    const auto has_gone_or_never = [&](Waiting& each) {
        const bool is_late = each.task->deadline < Clock::now();
        if (!is_late && full.contains(each.place.cluster) && !by_key_.contains(each.key)) return false;
        if (has_gone(each)) return true;
        full.insert(each.place.cluster);
        return false;
    };
    std::erase_if(all, has_gone_or_never);
    waiting_.insert(waiting_.begin(), std::move_iterator(all.begin()), std::move_iterator(all.end()));
}

bool OwnDatabases::tick(Clock::time_point now) {
    bool silent = false;
    for (const Entry& entry : entries_) silent |= entry.lanes ? entry.lanes->tick(now) : entry.leases->tick(now);
    pump();
    return silent;
}

void OwnDatabases::renew_idle(std::string_view why) {
    for (const Entry& entry : entries_) entry.lanes ? entry.lanes->renew_idle(why) : entry.leases->renew_idle(why);
}

void OwnDatabases::stop() {
    stopped_ = true;
    for (const Entry& entry : entries_) entry.stop();
    for (const Waiting& each : std::exchange(waiting_, {})) each.task->refuse("the data layer closes");
}

}  // namespace terrace::db
