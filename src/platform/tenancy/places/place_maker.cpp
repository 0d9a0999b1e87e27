#include "platform/tenancy/places/place_maker.hpp"

#include "platform/base/crypto.hpp"
#include "platform/db/admin_transaction.hpp"
#include "platform/db/advisory_lock.hpp"
#include "platform/db/migrate.hpp"
#include "platform/tenancy/places/baseline.hpp"

#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

namespace terrace::tenancy {
namespace {

std::string random_name() {
    return "t_" + crypto::hex(crypto::sha256(crypto::random_bytes(32))).substr(0, 16);
}

/// As terrace_owner, waiting for no one's lock for long: a place is made when nobody is in the way.
void begin_as_owner(db::AdminConnection& connection) {
    connection.run("set local role terrace_owner; set local lock_timeout = '5s'; set local row_security = off");
}

/// No migration may run meanwhile: the copy would be of neither the old tables nor the new ones.
void keep_migrations_out(db::AdminConnection& connection) {
    connection.run("select pg_catalog.pg_advisory_xact_lock_shared($1::bigint)",
                   db::Params().add(db::migrate_lock_key()));
}

/// `schema` is there and empty; checked, since the words of the baseline are no proof of what they made.
void make_tables(db::AdminConnection& connection, const std::string& schema, const Baseline& baseline) {
    connection.run("select set_config('search_path', $1, true)", db::Params().add(schema));
    connection.run(baseline.statements);
    if (read_baseline(connection, schema) != baseline) {
        throw std::runtime_error("the tables of a new place are not those of the shared ones: " + schema);
    }
}

/// The row of a place that is being made; what the shared tables are now is what it is.
void insert_row(db::AdminConnection& installation, const Spot& spot, const Uuid& tenant) {
    installation.run("insert into catalog.place (name, isolation, cluster, tenant_id) values ($1, $2, $3, $4)",
                     db::Params().add(spot.name).add(to_string(spot.isolation)).add(spot.cluster).add(tenant));
}

/// As texts sort and fold in the installation's database, so they must in another: `create database … <this>`.
std::string like_the_installation(db::AdminConnection& installation) {
    return std::string(installation
                           .run("select format('template template0 encoding ''UTF8'' lc_collate %L lc_ctype %L',"
                                " datcollate, datctype) from pg_database where datname = current_database()")
                           .text(0, 0));
}

/// Clusters that have half-made places, and those places.
std::map<std::string, std::vector<std::string>> half_made(db::AdminConnection& installation) {
    const db::Rows rows = installation.run("select cluster, name from catalog.place where state = 'making'");
    std::map<std::string, std::vector<std::string>> found;
    for (std::size_t row = 0; row < rows.size(); ++row)
        found[std::string(rows.text(row, 0))].emplace_back(rows.text(row, 1));
    return found;
}

/// A database of its own says itself what it has.
void copy_record(db::AdminConnection& installation, db::AdminConnection& database) {
    const db::Rows files = installation.run("select name, sha256 from catalog.migration where name like 'tenant/%'");
    for (std::size_t row = 0; row < files.size(); ++row)
        database.run("insert into catalog.migration (name, sha256) values ($1, $2)",
                     db::Params().add(files.text(row, 0)).add(files.text(row, 1)));
}

void mark_ready(db::AdminConnection& installation, const std::string& name, const Baseline& baseline) {
    installation.run(
        "update catalog.place set state = 'ready', fingerprint = $2, applied ="
        " (select array_agg(m.name order by m.name) from catalog.migration m"
        "   where m.name like 'tenant/%' or m.name like 'catalog/%places%')"
        " where name = $1",
        db::Params().add(name).add(baseline.fingerprint));
}

}  // namespace

PlaceMaker::PlaceMaker(std::string admin_url, std::filesystem::path migrations)
    : admin_url_(std::move(admin_url)),
      migrations_(std::move(migrations)),
      connection_(admin_url_),
      clusters_(connection_, admin_url_) {}

std::size_t PlaceMaker::spare(Isolation isolation, const std::string& cluster) {
    const db::Rows rows = connection_.run(
        "select count(*) from catalog.place"
        " where isolation = $1 and cluster = $2 and taken_at is null and state = 'ready'",
        db::Params().add(to_string(isolation)).add(cluster));
    return static_cast<std::size_t>(rows.integer(0, 0));
}

/// One maker at a time, until this connection ends or lets go: what is half made is then nobody's work.
void PlaceMaker::take_turn() {
    connection_.run("select pg_catalog.pg_advisory_lock($1::bigint)",
                    db::Params().add(db::advisory_lock_key("make places", Uuid{})));
}

void PlaceMaker::give_back_turn() {
    connection_.run("select pg_catalog.pg_advisory_unlock($1::bigint)",
                    db::Params().add(db::advisory_lock_key("make places", Uuid{})));
}

std::size_t PlaceMaker::fill(Isolation isolation, std::size_t count, const std::string& cluster) {
    require_cluster(isolation, cluster);
    if (isolation == Isolation::shared) return 0;
    take_turn();
    remove_what_can_be();
    std::size_t made = 0;
    for (std::size_t there = spare(isolation, cluster); there < count; ++there, ++made) {
        isolation == Isolation::schema ? make_schema() : make_database(cluster);
    }
    give_back_turn();
    return made;
}

void PlaceMaker::remove_half_made() {
    take_turn();
    const std::string fault = remove_what_can_be();
    give_back_turn();
    if (!fault.empty()) throw std::runtime_error(fault);
}

/// A database is not made in a transaction, so a kill leaves one behind. Returns why some of them are still there.
std::string PlaceMaker::remove_what_can_be() {
    std::string fault;
    for (const auto& [cluster, names] : half_made(connection_)) {
        try {
            db::AdminConnection there = clusters_.connect(cluster, "");
            for (const std::string& name : names) {
                there.run("drop database if exists " + name + " with (force)");
                connection_.run("delete from catalog.place where name = $1", db::Params().add(name));
            }
        } catch (const std::runtime_error& error) {
            if (cluster == main_cluster) throw;
            fault = error.what();
        }
    }
    return fault;
}

void PlaceMaker::make_schema() {
    const std::string name = random_name();
    db::AdminTransaction transaction(connection_);
    begin_as_owner(connection_);
    keep_migrations_out(connection_);
    const Baseline baseline = read_baseline(connection_, "shared");
    connection_.run("create schema " + name);
    connection_.run("grant usage on schema " + name + " to terrace_app");
    make_tables(connection_, name, baseline);
    insert_row(connection_, {.isolation = Isolation::schema, .name = name}, Uuid::v7());
    mark_ready(connection_, name, baseline);
    transaction.commit();
}

void PlaceMaker::make_database(const std::string& cluster) {
    const std::string name = random_name();
    const Uuid tenant = Uuid::v7();
    const std::string form = like_the_installation(connection_);
    db::AdminConnection there = clusters_.connect(cluster, "");
    insert_row(connection_, {.isolation = Isolation::database, .name = name, .cluster = cluster}, tenant);
    there.run("create database " + name + " " + form);
    const std::string url = clusters_.url(cluster, name);
    db::make_place_database(url, migrations_);

    db::AdminTransaction migrations_kept_out(connection_);
    keep_migrations_out(connection_);
    const Baseline baseline = read_baseline(connection_, "shared");
    db::AdminConnection database(url);
    db::AdminTransaction transaction(database);
    begin_as_owner(database);
    make_tables(database, "shared", baseline);
    copy_record(connection_, database);
    database.run("insert into shared.tenant_place (tenant_id, epoch, state) values ($1, 1, 'active')",
                 db::Params().add(tenant));
    transaction.commit();
    mark_ready(connection_, name, baseline);
    migrations_kept_out.commit();
}

}  // namespace terrace::tenancy
