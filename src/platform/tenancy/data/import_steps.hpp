#pragma once

#include "platform/base/clock.hpp"
#include "platform/db/statement_error.hpp"
#include "platform/tenancy/data/archive_files.hpp"
#include "platform/tenancy/data/data_turn.hpp"
#include "platform/tenancy/data/import.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Internal to imports: what each step does is told in import.cpp (the frame), import_stage.cpp (the archive's lines
/// become rows of temporary tables), import_remap.cpp (new ids), import_merge.cpp (those rows become the tenant's) and
/// bad_rows.cpp (what is said of those that cannot).
namespace terrace::tenancy {

/// Thrown to undo what was begun.
struct ImportCancelled {};

class Import {
  public:
    /// `options` must outlive it.
    explicit Import(const ImportOptions& options);

    ImportOutcome run();

  private:
    using Lines = std::pair<std::int64_t, std::int64_t>;  ///< first and last, both meant

    void find_tenant();
    void check_tables();
    void check_files();
    void check_may_be_filled();

    void stage();
    void stage_table(const TenantTable& table);
    void stage_lines(const TenantTable& table, const std::string& data, Lines lines);
    void check_members(const TenantTable& table, Lines lines);
    void check_tenant(const TenantTable& table);
    void remap();

    void rehearse();
    void write();
    void merge(bool in_earnest);
    void merge_table(const TenantTable& table, ImportedTable& outcome, bool in_earnest);
    void find_conflicts(const TenantTable& table, ImportedTable& outcome);
    std::string merge_statement(const TenantTable& table, bool in_earnest);
    void remove_made_rows();
    void count_files_anew();
    bool is_only_added_to(const TenantTable& table);
    void tell_processes();

    /// Does `work` on parts of `lines`, each in a savepoint: where PostgreSQL refuses one for its rows it is halved,
    /// down to the rows that are bad, which `refused` hears of. Returns the sum of what `work` returns.
    std::int64_t on_good_lines(Lines lines, const std::function<std::int64_t(Lines)>& work,
                               const std::function<void(std::int64_t line, const db::StatementError&)>& refused);
    /// What is wrong with a line that could not become a row.
    void explain(const TenantTable& table, std::int64_t line, const db::StatementError& error);
    /// What is wrong with a row that broke a rule of the table.
    void explain_rule(const TenantTable& table, std::int64_t line, const db::StatementError& error, bool among_staged);
    void report(const TenantTable& table, std::int64_t line, const std::string& column, const std::string& message);
    std::string columns_of(const TenantTable& table, const std::string& rule);
    bool refuses(const std::string& query, const db::Params& params);

    std::string place(const TenantTable& table) const { return tenant_.side.schema + "." + table.name; }
    db::Params tenant() const { return db::Params().add(tenant_.id); }
    void step(std::int64_t rows);

    const ImportOptions& options_;
    Manifest manifest_;
    db::AdminConnection installation_;
    DataTenant tenant_;  ///< that gets the rows
    bool is_own_ = false;
    std::optional<db::AdminConnection> target_;
    std::vector<TenantTable> tables_;
    std::optional<db::AdminConnection> fence_;  ///< while writes are kept out
    Clock::time_point renewed_;
    std::int64_t done_ = 0, all_ = 0;
    ImportOutcome outcome_;
};

/// Of the temporary table that holds a table's rows from the archive, each with its line.
std::string staged(const TenantTable& table);
/// A column's name, which read_tenant_tables quotes where it must, as JSON has it.
std::string plain(const std::string& column);
/// Whether PostgreSQL refused the statement for what is in a row.
bool is_fault_of_row(const db::StatementError& error);

}  // namespace terrace::tenancy
