#pragma once

#include "platform/base/error.hpp"
#include "platform/db/rows.hpp"
#include "platform/db/scope.hpp"
#include "platform/db/statement.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

namespace terrace::db {

/// What became of a unit that did not succeed.
struct DbError {
    enum class Kind {
        constraint,   ///< class 23: `sqlstate`, `constraint`
        timeout,      ///< statement or lock timeout; nothing was kept
        unavailable,  ///< no connection, a full queue, a deadline, a read lost under way; nothing was kept
        in_doubt,     ///< a write whose answer was lost: it may have been kept
        moved,        ///< the tenant's place changed twice while we tried, or it takes no writes now
        rejected,     ///< any other refusal by PostgreSQL: a bug of ours or of the schema
    };
    Kind kind = Kind::unavailable;
    std::string sqlstate;
    std::string constraint;  ///< name of the violated constraint, for `constraint`
    std::string message;     ///< for the log only; never to a client
    /// Which of the unit's statements failed; empty when it was none of them.
    std::optional<std::size_t> statement{};
};

template <class T>
using DbResult = std::expected<T, DbError>;

/// The API's answer where a caller knows no better: 503 for unavailable, timeout, moved and in_doubt; 500 else.
/// Logs what is a bug.
Error to_error(const DbError& error);

enum class UnitKind {
    point_read,  ///< few rows by an index; shares deep lanes under a short statement timeout
    read,        ///< lists with search, reports, anything of unknown cost: lanes that run one unit at a time
    write,
};

/// Statements known up front, sent as one pipelined segment with one Sync: one implicit transaction, one round trip.
/// The lane puts the scope's header before them.
struct Unit {
    UnitKind kind = UnitKind::point_read;
    std::vector<Statement> statements;
    /// `write` only: commit without waiting for the WAL (numbers that may have gaps, read audit).
    bool asynchronous_commit = false;
    /// Its request has had a unit already: where units wait, it goes first, lest that work be thrown away.
    bool ahead = false;
};

/// One Rows a statement, in order.
using UnitRows = std::vector<Rows>;

struct DatabaseOptions {
    std::string app_url;              ///< as terrace_app: tenants' rows
    std::string platform_url;         ///< as terrace_platform: the catalog
    bool unnamed_statements = false;  ///< DATABASE_POOLER=transaction

    std::size_t point_read_lanes = 2, point_read_depth = 16;
    std::size_t read_lanes = 2;
    std::size_t write_lanes = 4, write_depth = 2;
    std::size_t platform_lanes = 2, platform_depth = 4;
    std::size_t leases = 2;
    /// Open at once to databases of one tenant each, all together: one that runs a unit of any kind at a time, or one
    /// that is leased.
    std::size_t own_database_connections = 25;
    /// The URL of such a database as terrace_app. Throws std::runtime_error where the cluster's is not to be found.
    std::function<std::string(const Place&)> own_database_url{};
    std::size_t queue_limit = 1'000;  ///< units waiting, per class of lanes
    std::size_t queue_limit_per_tenant = 200;
    std::size_t statements_per_connection = 400;

    std::chrono::milliseconds point_read_timeout{500};  ///< of a statement of such a unit, a tenant's or the platform's
    std::chrono::milliseconds statement_timeout{5'000};
    /// Short, so that a write on a connection that has died is answered within two seconds.
    std::chrono::milliseconds write_timeout{1'300};
    std::chrono::milliseconds queue_deadline{1'500};   ///< a unit that waited longer is answered 503
    std::chrono::milliseconds overload_wait{400};      ///< the same, once a queue has stood for longer than that
    std::chrono::milliseconds outage_patience{1'000};  ///< without any connection for longer: answered 503 at once
    std::chrono::milliseconds connect_timeout{2'000};
    std::chrono::milliseconds lease_timeout{10'000};  ///< then a lease is closed under its holder
};

/// A connection of one's own for a transaction that must look before it writes. BEGIN and the scope's header are sent
/// with the first statement. Destroyed without commit(): rolled back. Bound by a lease timeout. One call at a time; a
/// statement that fails leaves only commit(), which then answers its error, and destruction.
class Lease {
  public:
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) noexcept;
    ~Lease();

    boost::asio::awaitable<DbResult<Rows>> run(const Shape& shape, Params params);
    boost::asio::awaitable<DbResult<void>> commit();

  private:
    friend class Database;
    struct Impl;
    explicit Lease(std::unique_ptr<Impl> impl) noexcept;
    std::unique_ptr<Impl> impl_;
};

/// The data layer of one event loop: lanes by class, a bounded queue that is fair between tenants, a few leases. Used
/// on the loop's thread only; outlives its calls. Reconnects by itself with jittered back-off. While PostgreSQL is
/// away, calls answer `unavailable` within the queue deadline, and at once when it is away for longer.
class Database {
  public:
    Database(boost::asio::any_io_executor executor, DatabaseOptions options);
    ~Database();

    boost::asio::awaitable<DbResult<UnitRows>> run(TenantScope scope, Unit unit);
    boost::asio::awaitable<DbResult<UnitRows>> run(PlatformScope scope, Unit unit);
    /// One statement, for the many cases that have one.
    boost::asio::awaitable<DbResult<Rows>> run(TenantScope scope, UnitKind kind, const Shape& shape, Params params);
    boost::asio::awaitable<DbResult<Rows>> run(PlatformScope scope, UnitKind kind, const Shape& shape, Params params);

    /// Whether a unit that came now would wait in vain, as far as can be told from what was served lately: who asks
    /// before begins no work for nothing. What others send makes a tenant's unit hopeless only where it fills the queue
    /// as a whole. False for a database of the tenant's own.
    bool is_hopeless(const TenantScope& scope, UnitKind kind) const;
    /// Whether the tenant's units of this kind run one after the other as things are: so many tenants wait, or its
    /// database has one lane.
    bool is_crowded(const TenantScope& scope, UnitKind kind) const;

    boost::asio::awaitable<DbResult<Lease>> lease(TenantScope scope);
    boost::asio::awaitable<DbResult<Lease>> lease(PlatformScope scope);

    /// How a unit that did not find its tenant gets the place that the catalog names now (tenancy sets it). `why`:
    /// moved, and while a move keeps writes out the answer waits for its end, for a time that is bounded; or
    /// unavailable, as a database of its own is that the tenant has left, and the answer comes at once. Empty: the
    /// tenant is gone.
    using Resolve =
        std::function<boost::asio::awaitable<std::optional<TenantScope>>(TenantScope known, DbError::Kind why)>;
    void on_moved(Resolve resolve);
    /// Whether reads may skip the place check: true while tenancy's knowledge of places is fresh.
    void on_read(std::function<bool()> places_are_fresh);

    /// True when a lane of each kind is connected (readiness). More lanes connect when they are needed, leases too.
    bool ready() const;
    /// Fails what waits, closes every connection.
    void close();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

/// A blocking statement on an administrator's connection, for commands and tests (never in `serve`).
class AdminConnection {
  public:
    /// Throws std::runtime_error with libpq's message, without the URL's password.
    explicit AdminConnection(const std::string& url);
    AdminConnection(AdminConnection&&) noexcept;
    ~AdminConnection();
    /// One that a pooler may stand before: the session has no settings, so transactions make their own.
    static AdminConnection behind_pooler(const std::string& url);

    /// Any SQL; several statements when there are no parameters. Throws std::runtime_error with SQLSTATE and message.
    Rows run(const std::string& sql, const Params& params = {});
    /// For the data layer's own parts.
    pg_conn* handle() const;

  private:
    struct Impl;
    explicit AdminConnection(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace terrace::db
