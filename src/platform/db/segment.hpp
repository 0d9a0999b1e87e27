#pragma once

#include "platform/db/database.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

struct pg_result;

/// Internal to the data layer.
namespace terrace::db {

/// The error of a failed result. DETAIL and HINT are left behind: they hold values of rows.
DbError error_of(const pg_result* result);

/// Follows the results of one task in a pipeline: which answer belongs to which statement, and when all is over. No
/// input or output. libpq 15 gives, for each statement, one result and one null, then PIPELINE_SYNC without a null.
/// With a Sync behind it nothing is final before that (deferred constraints fail there). In a batch of reads only the
/// last has one; the others are over with their last statement, and one that fails takes with it those behind it, which
/// have not run.
class Segment {
  public:
    enum class Part : std::uint8_t { deallocate, prepare, header, place_check, statement };
    enum class Step {
        pending,
        finished,  ///< the outcome is final
        broken,    ///< not what was asked for: the connection can no longer be trusted
    };

    /// To be called for each statement sent, in order; `number` is that of the statement cache.
    void expect(Part part, std::uint64_t number) { sent_.push_back({part, number}); }

    void expect_sync() { has_sync_ = true; }
    /// Another task stands before it and the same Sync.
    void follow() { follows_ = true; }

    /// Takes what PQgetResult gave: owns it, null included.
    Step take(pg_result* result);

    bool moved() const { return moved_; }
    const std::optional<DbError>& error() const { return error_; }
    /// It was not run, for the fault of one before it.
    bool skipped() const { return skipped_; }
    /// The prepared statement at fault, when the error is of one of them.
    std::uint64_t failed_number() const { return failed_number_; }
    /// The prepared statements that it used.
    std::vector<std::uint64_t> numbers() const;
    /// The preparations that did not come to pass.
    std::vector<std::uint64_t> unprepared() const;
    UnitRows take_rows() { return std::move(rows_); }

  private:
    struct Sent {
        Part part;
        std::uint64_t number;
    };

    Step end_of_statement();
    Step aborted();
    Step synchronized() const;
    Step succeeded(Rows rows);
    Step failed(DbError error);

    std::vector<Sent> sent_;
    std::size_t at_ = 0;  ///< the statement whose answer comes next
    bool has_sync_ = false;
    bool follows_ = false;
    bool answered_ = false;
    bool skipped_ = false;
    std::size_t done_ = 0;  ///< statements that succeeded: all before the error
    bool ended_ = false;
    bool moved_ = false;
    std::optional<DbError> error_;
    std::uint64_t failed_number_ = 0;
    UnitRows rows_;
};

}  // namespace terrace::db
