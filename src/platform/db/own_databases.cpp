#include "platform/db/own_databases.hpp"

#include "platform/base/log.hpp"

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

bool OwnDatabases::make_room() {
    if (entries_.size() < options_.connections) return true;
    for (auto entry = entries_.end(); entry != entries_.begin();) {
        --entry;
        if (!entry->idle()) continue;
        entry->stop();
        by_key_.erase(entry->key);
        entries_.erase(entry);
        return true;
    }
    return false;
}

OwnDatabases::Entry* OwnDatabases::find_or_open(const std::string& key, const std::function<Entry()>& open) {
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
        entries_.splice(entries_.begin(), entries_, found->second);
        return &entries_.front();
    }
    if (!make_room()) return nullptr;
    entries_.push_front(open());
    entries_.front().key = key;
    by_key_.emplace(key, entries_.begin());
    return &entries_.front();
}

OwnDatabases::Entry* OwnDatabases::lanes_of(const Place& place) {
    return find_or_open(key_of(place, 'u'), [&] {
        LaneGroupOptions options = options_.lanes;
        options.lane.connection.url = options_.url(place);
        Entry entry{.key = {}, .lanes = std::make_shared<LaneGroup>(executor_, options, presence_), .leases = {}};
        entry.lanes->start();
        return entry;
    });
}

void OwnDatabases::submit(const Place& place, TaskPtr task) {
    if (stopped_) return task->refuse("the data layer is closed");
    try {
        if (waiting_.empty() || by_key_.contains(key_of(place, 'u'))) {
            if (Entry* entry = lanes_of(place)) return entry->lanes->submit(std::move(task));
        }
    } catch (const std::runtime_error& fault) {
        log::error("cluster_unknown", {{"cluster", place.cluster}, {"reason", fault.what()}});
        return task->refuse("the address of the tenant's cluster is not known");
    }
    if (waiting_.size() >= options_.lanes.queue.tasks) return task->refuse("too many units wait");
    waiting_.push_back({place, std::move(task)});
}

std::shared_ptr<LeasePool> OwnDatabases::leases(const Place& place) {
    if (stopped_) return nullptr;
    try {
        const Entry* entry = find_or_open(key_of(place, 'l'), [&] {
            LeasePoolOptions options = options_.leases;
            options.lane.connection.url = options_.url(place);
            Entry opened{.key = {}, .lanes = {}, .leases = std::make_shared<LeasePool>(executor_, options)};
            opened.leases->start();
            return opened;
        });
        return entry ? entry->leases : nullptr;
    } catch (const std::runtime_error& fault) {
        log::error("cluster_unknown", {{"cluster", place.cluster}, {"reason", fault.what()}});
        return nullptr;
    }
}

void OwnDatabases::pump() {
    while (!waiting_.empty()) {
        Waiting& first = waiting_.front();
        if (first.task->deadline < Clock::now()) {
            first.task->refuse("no connection within the time that a unit may wait");
        } else {
            Entry* entry = lanes_of(first.place);
            if (!entry) return;
            entry->lanes->submit(std::move(first.task));
        }
        waiting_.pop_front();
    }
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
