#include "platform/tenancy/places/migrate_places.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/db/advisory_lock.hpp"
#include "platform/db/migrate.hpp"
#include "platform/tenancy/places/baseline.hpp"
#include "platform/tenancy/places/clusters.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

namespace terrace::tenancy {
namespace {

constexpr int tries_for_a_lock = 5;
constexpr std::string_view lock_not_available = "55P03";

struct PendingPlace {
    std::string name;
    std::string cluster;
    bool own_database = false;
    std::set<std::string> applied;
};

std::string array_text(const std::vector<db::MigrationFile>& files) {
    std::string text = "{";
    for (const auto& file : files) text.append(text.size() > 1 ? "," : "").append('"' + file.name + '"');
    return text + "}";
}

std::set<std::string> names_in(std::string_view text) {
    std::set<std::string> words;
    while (!text.empty()) {
        const auto blank = text.find(' ');
        words.emplace(text.substr(0, blank));
        text.remove_prefix(blank == text.npos ? text.size() : blank + 1);
    }
    return words;
}

/// Spare ones first: nobody's day hangs on them.
std::vector<PendingPlace> pending_places(db::AdminConnection& installation,
                                         const std::vector<db::MigrationFile>& files) {
    const db::Rows rows = installation.run(
        "select name, cluster, isolation = 'database', array_to_string(applied, ' ') from catalog.place"
        " where state <> 'making' and (state = 'failed' or fingerprint = '' or not applied @> $1::text[])"
        " order by taken_at nulls first, name",
        db::Params().add(array_text(files)));
    std::vector<PendingPlace> places;
    places.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        places.push_back({std::string(rows.text(row, 0)), std::string(rows.text(row, 1)), rows.boolean(row, 2),
                          names_in(rows.text(row, 3))});
    return places;
}

Baseline read_tables(db::AdminConnection& connection, const std::string& schema) {
    const db::AdminTransaction transaction(connection);
    return read_baseline(connection, schema);
}

/// The first statement of ours that theirs lack.
std::string first_difference(const Baseline& ours, const Baseline& theirs) {
    const auto [here, there] = std::ranges::mismatch(ours.statements, theirs.statements);
    const auto line_at = [](const std::string& text, auto at) {
        auto start = at;
        while (start != text.begin() && *std::prev(start) != '\n') --start;
        return std::string(start, std::find(at, text.end(), '\n'));
    };
    return "its tables are not like the shared ones: \"" + line_at(ours.statements, here) + "\" where those have \"" +
           line_at(theirs.statements, there) + "\"";
}

/// One connection's worth of work, in a thread of its own.
class Migrator {
  public:
    Migrator(const MigratePlacesOptions& options, const std::vector<db::MigrationFile>& files, const Baseline& shared)
        : options_(options),
          files_(files),
          shared_(shared),
          installation_(std::make_unique<db::AdminConnection>(options.admin_url)),
          clusters_(*installation_, options.admin_url) {}

    /// What went wrong, empty when all is well. Recorded in the catalog either way.
    std::string run(const PendingPlace& place) {
        std::string fault;
        try {
            place.own_database ? migrate_database(place) : migrate_schema(place);
        } catch (const std::exception& error) {
            fault = error.what();
        }
        installation_->run(
            "update catalog.place set state = case when $2 = '' then 'ready' else 'failed' end, error = nullif($2, '')"
            " where name = $1",
            db::Params().add(place.name).add(fault));
        return fault;
    }

  private:
    void migrate_schema(PendingPlace place) {
        for (const auto& file : files_) {
            // What every database needs this one has: it is the installation's.
            const bool of_database = !file.name.starts_with("tenant/");
            if (of_database && place.applied.insert(file.name).second) record(place, file);
        }
        apply(*installation_, place, place.name, [&](const db::MigrationFile& file) { record(place, file); });
        compare(*installation_, place, place.name);
    }

    /// Its own record is kept with what was done; the installation's follows, also when a kill came between the two.
    void migrate_database(const PendingPlace& place) {
        const std::string url = clusters_.url(place.cluster, place.name);
        db::make_place_database(url, options_.directory);
        db::AdminConnection own(url);
        PendingPlace there = place;
        const db::Rows rows = own.run("select string_agg(name, ' ') from catalog.migration");
        there.applied = names_in(rows.text(0, 0));
        apply(own, there, "shared", [&](const db::MigrationFile& file) {
            own.run("insert into catalog.migration (name, sha256) values ($1, $2)",
                    db::Params().add(file.name).add(file.sha256));
        });
        for (const auto& file : files_)
            if (!place.applied.contains(file.name)) record(place, file);
        compare(own, place, "shared");
    }

    void apply(db::AdminConnection& connection, const PendingPlace& place, const std::string& schema,
               const std::function<void(const db::MigrationFile&)>& record) {
        for (const auto& file : files_) {
            if (place.applied.contains(file.name)) continue;
            for (int tries = 1;; ++tries) {
                try {
                    db::apply_migration(connection, file, schema, [&] { record(file); });
                    break;
                } catch (const db::MigrationError& fault) {
                    if (fault.sqlstate != lock_not_available || tries == tries_for_a_lock) throw;
                    std::this_thread::sleep_for(std::chrono::milliseconds(200 * tries));
                }
            }
        }
    }

    /// What its tables are is to be looked at again, also when a kill comes before that.
    void record(const PendingPlace& place, const db::MigrationFile& file) {
        installation_->run(
            "update catalog.place set applied = applied || array[$2::text], fingerprint = '' where name = $1",
            db::Params().add(place.name).add(file.name));
    }

    void compare(db::AdminConnection& connection, const PendingPlace& place, const std::string& schema) {
        const Baseline now = read_tables(connection, schema);
        installation_->run("update catalog.place set fingerprint = $2 where name = $1",
                           db::Params().add(place.name).add(now.fingerprint));
        if (now != shared_) throw std::runtime_error(first_difference(now, shared_));
    }

    const MigratePlacesOptions& options_;
    const std::vector<db::MigrationFile>& files_;
    const Baseline& shared_;
    std::unique_ptr<db::AdminConnection> installation_;  ///< to which what follows refers, wherever this is moved to
    Clusters clusters_;
};

/// The places that are still to be done, for all jobs together.
class Plan {
  public:
    Plan(const MigratePlacesOptions& options, std::vector<PendingPlace> places, MigratePlacesOutcome outcome)
        : options_(options), places_(std::move(places)), outcome_(std::move(outcome)) {
        outcome_.pending = places_.size();
    }

    /// The next one; null when there is none, or no more are to be done now.
    const PendingPlace* next() {
        const std::lock_guard lock(mutex_);
        if (outcome_.stopped || at_ == places_.size()) return nullptr;
        if (options_.paused && options_.paused()) {
            outcome_.stopped = true;
            return nullptr;
        }
        return &places_[at_++];
    }

    void report(const PendingPlace& place, const std::string& fault, bool canary) {
        const std::lock_guard lock(mutex_);
        ++done_;
        if (fault.empty()) {
            ++outcome_.migrated;
        } else {
            outcome_.failed.push_back(place.name);
            outcome_.stopped |= canary;
        }
        if (options_.progress) options_.progress(done_, places_.size(), place.name, fault);
    }

    void stop() {
        const std::lock_guard lock(mutex_);
        outcome_.stopped = true;
    }

    MigratePlacesOutcome outcome() && { return std::move(outcome_); }

  private:
    const MigratePlacesOptions& options_;
    std::vector<PendingPlace> places_;
    std::mutex mutex_;
    std::size_t at_ = 0;
    std::size_t done_ = 0;
    MigratePlacesOutcome outcome_;
};

void run_canaries(Migrator& migrator, Plan& plan, std::size_t count) {
    for (; count > 0; --count) {
        const PendingPlace* place = plan.next();
        if (!place) return;
        plan.report(*place, migrator.run(*place), true);
    }
}

/// Roles are a cluster's, and their passwords follow the root secret. Which clusters could not be reached: one of them
/// holds up nobody's migration but its own places'.
MigratePlacesOutcome set_up_clusters(db::AdminConnection& installation, const MigratePlacesOptions& options) {
    MigratePlacesOutcome outcome;
    const Clusters clusters(installation, options.admin_url);
    const db::Rows names = installation.run("select name from catalog.cluster where name <> 'main' order by name");
    for (std::size_t row = 0; row < names.size(); ++row) {
        const std::string name(names.text(row, 0));
        try {
            db::AdminConnection there = clusters.connect(name, "");
            db::make_cluster_roles(there, options.app_password, options.platform_password);
        } catch (const std::runtime_error& fault) {
            outcome.unreachable.emplace(name, fault.what());
        }
    }
    return outcome;
}

/// What ended it early: the installation's own connection was lost.
std::exception_ptr run_all(Migrator& migrator, Plan& plan) {
    try {
        while (const PendingPlace* place = plan.next()) plan.report(*place, migrator.run(*place), false);
        return nullptr;
    } catch (...) {
        plan.stop();
        return std::current_exception();
    }
}

}  // namespace

MigratePlacesOutcome migrate_places(const MigratePlacesOptions& options) {
    std::vector<db::MigrationFile> files = db::read_migrations(options.directory);
    std::erase_if(files, [](const auto& file) { return !db::concerns_places(file); });
    db::AdminConnection installation(options.admin_url);
    // Held until this connection ends, as by db::migrate.
    installation.run("select pg_catalog.pg_advisory_lock($1::bigint)", db::Params().add(db::migrate_lock_key()));
    MigratePlacesOutcome outcome = set_up_clusters(installation, options);
    std::vector<PendingPlace> pending = pending_places(installation, files);
    outcome.out_of_reach =
        std::erase_if(pending, [&](const PendingPlace& place) { return outcome.unreachable.contains(place.cluster); });
    if (pending.empty()) return outcome;
    const Baseline shared = read_tables(installation, "shared");

    const std::size_t jobs = std::clamp<std::size_t>(options.jobs, 1, pending.size());
    Plan plan(options, std::move(pending), std::move(outcome));
    std::vector<Migrator> migrators;
    migrators.reserve(jobs);
    for (std::size_t job = 0; job < jobs; ++job) migrators.emplace_back(options, files, shared);
    run_canaries(migrators.front(), plan, options.canaries);
    std::vector<std::exception_ptr> faults(jobs);
    {
        std::vector<std::jthread> threads;
        threads.reserve(jobs);
        for (std::size_t job = 0; job < jobs; ++job)
            threads.emplace_back([&, job] { faults[job] = run_all(migrators[job], plan); });
    }
    for (const std::exception_ptr& fault : faults)
        if (fault) std::rethrow_exception(fault);
    return std::move(plan).outcome();
}

}  // namespace terrace::tenancy
