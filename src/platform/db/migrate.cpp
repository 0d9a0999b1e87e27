#include "platform/db/migrate.hpp"

#include "platform/base/crypto.hpp"
#include "platform/db/admin_connection.hpp"
#include "platform/db/advisory_lock.hpp"
#include "platform/db/libpq_result.hpp"
#include "platform/db/migrate_roles.hpp"
#include "platform/db/sql_text.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <span>
#include <sstream>
#include <stdexcept>

namespace terrace::db {

namespace fs = std::filesystem;

namespace {

std::string read_text(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) throw std::runtime_error("cannot read " + path.string());
    return text.str();
}

LibpqResult query(PGconn* connection, const char* sql, std::initializer_list<const char*> values = {}) {
    LibpqResult result(PQexecParams(connection, sql, static_cast<int>(values.size()), nullptr, std::data(values),
                                    nullptr, nullptr, 0));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK && PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        throw std::runtime_error(PQresultErrorMessage(result.get()));
    }
    return result;
}

/// What has been applied: name and hash.
std::map<std::string, std::string> applied_files(PGconn* connection) {
    std::map<std::string, std::string> applied;
    const LibpqResult rows = query(connection, "select name, sha256 from catalog.migration");
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        applied.emplace(PQgetvalue(rows.get(), row, 0), PQgetvalue(rows.get(), row, 1));
    }
    return applied;
}

/// The line on which PostgreSQL found the fault: it counts characters from the start of the statement.
std::size_t line_of_fault(const ScriptStatement& statement, const PGresult* result) {
    const char* position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    std::size_t left = position ? std::stoul(position) - 1 : 0;
    std::size_t line = statement.line;
    for (const char c : statement.text) {
        if (left == 0) break;
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) --left;
        if (c == '\n') ++line;
    }
    return line;
}

[[noreturn]] void fail(const std::string& file, std::size_t line, const std::string& what,
                       const char* sqlstate = nullptr) {
    throw MigrationError(file + ":" + std::to_string(line) + ": " + what, sqlstate ? sqlstate : "");
}

void run_statement(PGconn* connection, const MigrationFile& file, const ScriptStatement& statement) {
    const LibpqResult result(PQexec(connection, statement.text.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const char* message = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
        fail(file.name, line_of_fault(statement, result.get()), message ? message : PQresultErrorMessage(result.get()),
             PQresultErrorField(result.get(), PG_DIAG_SQLSTATE));
    }
}

/// Words that would end the transaction of the file, or leave the role and settings that the migrator chose.
void check_statement(const MigrationFile& file, const ScriptStatement& statement) {
    static constexpr std::array<std::string_view, 12> refused{"begin",    "start", "commit",    "end",
                                                              "rollback", "abort", "savepoint", "release",
                                                              "set",      "reset", "copy",      "discard"};
    const std::vector<std::string> words = bare_words(statement.text);
    if (!words.empty() && std::ranges::find(refused, words.front()) != refused.end()) {
        fail(file.name, statement.line, "a migration cannot use " + words.front() + ": it runs in a transaction");
    }
}

void apply(PGconn* connection, const MigrationFile& file, const std::function<void()>& record) {
    const std::vector<ScriptStatement> statements = split_script(file.text);
    for (const ScriptStatement& statement : statements) check_statement(file, statement);
    execute(connection,
            "begin; set local role terrace_owner; set local lock_timeout = '5s'; set local row_security = off;"
            "set local search_path = pg_catalog, pg_temp");
    try {
        for (const ScriptStatement& statement : statements) run_statement(connection, file, statement);
        record();
        execute(connection, "commit");
    } catch (...) {
        if (PQstatus(connection) == CONNECTION_OK) execute(connection, "rollback");
        throw;
    }
}

/// `shared.patient` and 'shared.patient' become those of `schema`; a name that only ends so is another one.
std::string for_schema(const std::string& text, const std::string& schema) {
    static const std::regex shared(R"(\bshared\.)");
    return schema == "shared" ? text : std::regex_replace(text, shared, schema + ".");
}

std::vector<MigrationFile> of_every_database(std::vector<MigrationFile> files) {
    std::erase_if(files, [](const auto& file) { return file.name.starts_with("tenant/") || !concerns_places(file); });
    return files;
}

/// Held until the connection ends, however it ends: whoever migrates second waits, and finds nothing to do.
void lock_migrations(PGconn* connection) {
    const std::string key = std::to_string(migrate_lock_key());
    query(connection, "select pg_catalog.pg_advisory_lock($1::bigint)", {key.c_str()});
}

std::vector<std::string> apply_pending(PGconn* connection, std::span<const MigrationFile> files,
                                       const std::function<void(const std::string&)>& progress) {
    const auto applied = applied_files(connection);
    std::vector<std::string> names;
    for (const MigrationFile& file : files) {
        if (const auto found = applied.find(file.name); found != applied.end()) {
            if (found->second != file.sha256) fail(file.name, 1, "was applied already and has changed since");
            continue;
        }
        apply(connection, file, [&] {
            query(connection, "insert into catalog.migration (name, sha256) values ($1, $2)",
                  {file.name.c_str(), file.sha256.c_str()});
        });
        names.push_back(file.name);
        if (progress) progress(file.name);
    }
    return names;
}

}  // namespace

std::vector<MigrationFile> read_migrations(const fs::path& directory) {
    std::vector<MigrationFile> files;
    for (const std::string folder : {"catalog", "tenant"}) {
        if (!fs::exists(directory / folder)) continue;
        std::vector<fs::path> paths;
        for (const auto& entry : fs::directory_iterator(directory / folder)) {
            if (entry.path().extension() == ".sql") paths.push_back(entry.path());
        }
        std::ranges::sort(paths);
        for (const fs::path& path : paths) {
            std::string text = read_text(path);
            std::string sha256 = crypto::hex(crypto::sha256(text));
            files.push_back({folder + "/" + path.filename().string(), std::move(text), std::move(sha256)});
        }
    }
    if (files.empty()) throw std::runtime_error("no migrations in " + directory.string());
    return files;
}

bool concerns_places(const MigrationFile& file) {
    return file.name.starts_with("tenant/") || file.name.find("places") != file.name.npos;
}

void apply_migration(AdminConnection& connection, const MigrationFile& file, const std::string& schema,
                     const std::function<void()>& record) {
    apply(connection.handle(), {file.name, for_schema(file.text, schema), file.sha256}, record);
}

std::vector<std::string> migrate(const MigrateOptions& options) {
    const std::vector<MigrationFile> files = read_migrations(options.directory);
    const ConnectionHandle handle = connect_blocking(options.admin_url);
    PGconn* connection = handle.get();
    lock_migrations(connection);
    make_roles(connection, options.app_password, options.platform_password);
    make_foundation(connection);
    return apply_pending(connection, files, options.progress);
}

void make_cluster_roles(AdminConnection& cluster, const std::string& app_password,
                        const std::string& platform_password) {
    make_roles(cluster.handle(), app_password, platform_password);
}

void hold_off_migrations(AdminConnection& installation) {
    installation.run("select pg_catalog.pg_advisory_lock_shared($1::bigint)", Params().add(migrate_lock_key()));
}

void make_place_database(const std::string& admin_url, const fs::path& directory) {
    const std::vector<MigrationFile> files = read_migrations(directory);
    const ConnectionHandle connection = connect_blocking(admin_url);
    lock_migrations(connection.get());
    make_foundation(connection.get());
    apply_pending(connection.get(), of_every_database(files), {});
}

}  // namespace terrace::db
