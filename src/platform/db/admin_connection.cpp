#include "platform/db/admin_connection.hpp"

#include "platform/db/connection.hpp"
#include "platform/db/database.hpp"
#include "platform/db/statement_error.hpp"

#include <libpq-fe.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace terrace::db {
namespace {

void ignore_notice(void*, const PGresult*) {}

/// Empty where the result says nothing of it.
std::string field(const PGresult* result, int which) {
    const char* text = PQresultErrorField(result, which);
    return text ? text : "";
}

}  // namespace

ConnectionHandle connect_blocking(const std::string& url, const char* options) {
    const char* const settings = options ? "options" : nullptr;  // a null name ends the list
    // A network that falls silent is found out in half a minute: a command holds locks for as long. What stands before
    // the URL it may say otherwise.
    const std::vector<const char*> names{
        "keepalives_idle",  "keepalives_interval", "keepalives_count", "tcp_user_timeout", "dbname",
        "application_name", "client_encoding",     "connect_timeout",  settings,           nullptr};
    const std::vector<const char*> values{"10",   "5",  "3",     "30000", url.c_str(), "terrace-admin",
                                          "UTF8", "10", options, nullptr};
    ConnectionHandle connection(PQconnectdbParams(names.data(), values.data(), 1));
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        throw std::runtime_error("cannot connect to PostgreSQL: " + one_line(PQerrorMessage(connection.get())));
    }
    PQsetNoticeReceiver(connection.get(), ignore_notice, nullptr);
    return connection;
}

void FinishConnection::operator()(pg_conn* connection) const noexcept {
    PQfinish(connection);
}

struct AdminConnection::Impl {
    ConnectionHandle connection;
};

AdminConnection::AdminConnection(const std::string& url) : impl_(std::make_unique<Impl>(Impl{connect_blocking(url)})) {}
AdminConnection::AdminConnection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AdminConnection::AdminConnection(AdminConnection&&) noexcept = default;
AdminConnection::~AdminConnection() = default;

AdminConnection AdminConnection::behind_pooler(const std::string& url) {
    return AdminConnection(std::make_unique<Impl>(Impl{connect_blocking(url, nullptr)}));
}

pg_conn* AdminConnection::handle() const {
    return impl_->connection.get();
}

Rows AdminConnection::run(const std::string& sql, const Params& params) {
    PGconn* connection = impl_->connection.get();
    std::vector<const char*> values(params.size());
    for (std::size_t index = 0; index < params.size(); ++index) values[index] = params.text(index);
    PGresult* result = params.size() == 0 ? PQexec(connection, sql.c_str())
                                          : PQexecParams(connection, sql.c_str(), static_cast<int>(values.size()),
                                                         nullptr, values.data(), nullptr, nullptr, 0);
    Rows rows(result);
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        const std::string message = one_line(PQerrorMessage(connection));
        const std::string sqlstate = field(result, PG_DIAG_SQLSTATE);
        if (sqlstate.empty()) throw std::runtime_error(message);
        throw StatementError(sqlstate + ": " + message, sqlstate, field(result, PG_DIAG_CONSTRAINT_NAME),
                             field(result, PG_DIAG_COLUMN_NAME));
    }
    return rows;
}

}  // namespace terrace::db
