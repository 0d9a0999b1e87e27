#include "platform/db/migrate_roles.hpp"

#include "platform/db/connection.hpp"
#include "platform/db/libpq_result.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace terrace::db {
namespace {

struct FreeMemory {
    void operator()(char* memory) const noexcept { PQfreemem(memory); }
};
using LibpqText = std::unique_ptr<char, FreeMemory>;

/// The message without its context: that repeats the text of the statement.
std::string fault_of(const PGresult* result) {
    const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return (sqlstate ? std::string(sqlstate) + ": " : "") + (message ? message : PQresultErrorMessage(result));
}

bool succeeded(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/// Another database of the cluster has just made or changed the same role.
bool met_another(const PGresult* result) {
    const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view state = sqlstate ? sqlstate : "";
    return state == "XX000" || state == "23505" || state == "42710";
}

void execute_for_cluster(PGconn* connection, const std::string& sql) {
    for (int tries = 1;; ++tries) {
        const LibpqResult result(PQexec(connection, sql.c_str()));
        if (succeeded(result.get())) return;
        if (tries == 20 || !met_another(result.get())) throw std::runtime_error(fault_of(result.get()));
        std::this_thread::sleep_for(std::chrono::milliseconds(10 * tries));
    }
}

std::string verifier(PGconn* connection, const std::string& role, const std::string& password) {
    const LibpqText text(PQencryptPasswordConn(connection, password.c_str(), role.c_str(), "scram-sha-256"));
    if (!text) throw std::runtime_error("cannot derive a password: " + one_line(PQerrorMessage(connection)));
    return text.get();
}

void make_role(PGconn* connection, const std::string& role) {
    execute_for_cluster(connection, "do $$ begin if not exists (select from pg_catalog.pg_roles where rolname = '" +
                                        role + "') then create role " + role + "; end if; end $$");
}

/// `role` comes from this file and needs no quotes; a SCRAM verifier holds none.
void make_login(PGconn* connection, const std::string& role, const std::string& password) {
    make_role(connection, role);
    execute_for_cluster(connection, "alter role " + role + " login nocreatedb nocreaterole noinherit password '" +
                                        verifier(connection, role, password) + "'");
    for (const char* setting :
         {"search_path = pg_catalog, pg_temp", "timezone = 'UTC'", "datestyle = 'ISO'", "bytea_output = 'hex'",
          "statement_timeout = '30s'", "idle_in_transaction_session_timeout = '30s'"}) {
        execute_for_cluster(connection, "alter role " + role + " set " + setting);
    }
}

}  // namespace

void execute(PGconn* connection, const std::string& sql) {
    const LibpqResult result(PQexec(connection, sql.c_str()));
    if (!succeeded(result.get())) throw std::runtime_error(fault_of(result.get()));
}

void make_roles(PGconn* connection, const std::string& app_password, const std::string& platform_password) {
    make_role(connection, "terrace_owner");
    execute_for_cluster(connection, "alter role terrace_owner nologin nocreatedb nocreaterole");
    make_login(connection, "terrace_app", app_password);
    make_login(connection, "terrace_platform", platform_password);
    // A managed service's administrator is no superuser and may only act as the owner when it is a member.
    execute_for_cluster(connection,
                        "do $$ begin if not pg_catalog.pg_has_role('terrace_owner', 'MEMBER') then"
                        " execute pg_catalog.format('grant terrace_owner to %I', current_user); end if; end $$");
}

void make_foundation(PGconn* connection) {
    execute(connection,
            "do $$ declare db text := pg_catalog.quote_ident(pg_catalog.current_database()); begin"
            " execute 'revoke all on database ' || db || ' from public';"
            " execute 'grant connect on database ' || db || ' to terrace_app, terrace_platform';"
            " execute 'grant create, temporary on database ' || db || ' to terrace_owner';"
            " if pg_catalog.to_regnamespace('public') is not null then"
            "   revoke all on schema public from public; end if;"
            " end $$;"
            "create schema if not exists catalog authorization terrace_owner;"
            "set role terrace_owner;"
            "revoke all on schema catalog from public;"
            "grant usage on schema catalog to terrace_platform;"
            "create table if not exists catalog.migration ("
            "  name text primary key, sha256 text not null, applied_at timestamptz not null default now());"
            "reset role");
}

}  // namespace terrace::db
