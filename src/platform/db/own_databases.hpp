#pragma once

#include "platform/db/lane_group.hpp"
#include "platform/db/lease_pool.hpp"
#include "platform/db/scope.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

/// Internal to the data layer.
namespace terrace::db {

struct OwnDatabasesOptions {
    LaneGroupOptions
        lanes;  ///< of one database: a lane that runs one unit of any kind at a time; its URL is set for each
    LeasePoolOptions leases;
    /// The URL of a database as terrace_app; throws std::runtime_error when the cluster's address is not to be found.
    std::function<std::string(const Place&)> url;
    std::size_t connections = 25;  ///< open at once, of all tenants together
};

/// The connections to databases of one tenant each, for one event loop. Opened when a unit comes, kept while there is
/// room; when there is none, the one closes that was used longest ago of those with nothing under way. While all are
/// busy, units wait, each in turn, for as long as a unit may. A database that does not answer keeps its place for a
/// while, so that each of its units is refused at once and not with an attempt of its own. Those of one cluster that
/// try to connect may have half of the places, and of the queue, so that a cluster that is away holds up its own
/// tenants alone.
class OwnDatabases {
  public:
    OwnDatabases(boost::asio::any_io_executor executor, OwnDatabasesOptions options);

    /// As LaneGroup's.
    void submit(const Place& place, TaskPtr task);
    /// The leases of one database; null while there is no room for one more connection.
    std::shared_ptr<LeasePool> leases(const Place& place);
    /// As LaneGroup's; also lets those in for whom there is room now.
    bool tick(Clock::time_point now);
    void renew_idle(std::string_view why);
    /// To be called when a unit has ended: there may be room for who waits.
    void pump();
    void stop();

    std::size_t open() const { return entries_.size(); }

  private:
    struct Entry {
        std::string key;
        std::string cluster;
        std::shared_ptr<LaneGroup> lanes;  ///< of the two one is set
        std::shared_ptr<LeasePool> leases;

        bool connected() const { return lanes ? lanes->ready() : leases->ready(); }
        bool idle() const { return lanes ? lanes->idle() : leases->idle(); }
        void stop() const { lanes ? lanes->stop() : leases->stop(); }
    };
    using Entries = std::list<Entry>;  ///< used last first
    struct Waiting {
        Place place;
        std::string key;
        TaskPtr task;
    };

    /// The entry of `key`, opened by `open` when there is room; null otherwise.
    Entry* find_or_open(const std::string& key, const std::string& cluster, const std::function<Entry()>& open);
    bool make_room(const std::string& cluster);
    bool close_one(const std::function<bool(const Entry&)>& of);
    Entry* lanes_of(const std::string& key, const Place& place);
    bool has_gone(Waiting& waiting);
    bool may_wait(const std::string& cluster) const;

    boost::asio::any_io_executor executor_;
    OwnDatabasesOptions options_;
    std::shared_ptr<Presence> presence_ = std::make_shared<Presence>();
    Entries entries_;
    std::unordered_map<std::string, Entries::iterator> by_key_;
    std::deque<Waiting> waiting_;
    bool stopped_ = false;
};

}  // namespace terrace::db
