#include "platform/db/segment.hpp"

#include <libpq-fe.h>

#include <string_view>
#include <utility>

namespace terrace::db {
namespace {

std::string field(const pg_result* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? text : "";
}

/// PostgreSQL manual, appendix A.
DbError::Kind kind_of(std::string_view sqlstate) {
    if (sqlstate.starts_with("23")) return DbError::Kind::constraint;
    // Cancelled by a timeout, a lock not to be had, a deadlock or a serialization failure: rolled back, worth a retry.
    if (sqlstate == "57014" || sqlstate == "55P03" || sqlstate.starts_with("40")) return DbError::Kind::timeout;
    // No connection, out of resources, shutting down, read-only after a failover.
    if (sqlstate.empty() || sqlstate.starts_with("08") || sqlstate.starts_with("53") || sqlstate.starts_with("57P") ||
        sqlstate == "25006" || sqlstate == "25P03") {
        return DbError::Kind::unavailable;
    }
    return DbError::Kind::rejected;
}

}  // namespace

DbError error_of(const pg_result* result) {
    DbError error;
    error.sqlstate = field(result, PG_DIAG_SQLSTATE);
    error.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
    error.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    error.kind = kind_of(error.sqlstate);
    return error;
}

Segment::Step Segment::take(pg_result* result) {
    if (!result) return end_of_statement();
    Rows rows(result);
    switch (PQresultStatus(result)) {
        case PGRES_PIPELINE_SYNC:
            return synchronized();
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
            return succeeded(std::move(rows));
        case PGRES_FATAL_ERROR:
            return failed(error_of(result));
        case PGRES_PIPELINE_ABORTED:
            return aborted();
        default:  // COPY never ends in pipeline mode; the rest was never asked for
            return Step::broken;
    }
}

Segment::Step Segment::end_of_statement() {
    if (at_ == sent_.size()) {  // once, after an error at the Sync
        return error_ && !std::exchange(ended_, true) ? Step::pending : Step::broken;
    }
    if (!answered_) return Step::broken;
    answered_ = false;
    ++at_;
    return at_ == sent_.size() && !has_sync_ ? Step::finished : Step::pending;
}

Segment::Step Segment::aborted() {
    if (answered_ || at_ == sent_.size()) return Step::broken;
    if (!error_ && at_ == 0) skipped_ = follows_;
    if (!error_ && !skipped_) return Step::broken;
    answered_ = true;
    return Step::pending;
}

Segment::Step Segment::synchronized() const {
    return has_sync_ && at_ == sent_.size() && !answered_ ? Step::finished : Step::broken;
}

Segment::Step Segment::succeeded(Rows rows) {
    if (at_ == sent_.size() || answered_ || error_ || skipped_) return Step::broken;
    answered_ = true;
    done_ = at_ + 1;
    const Part part = sent_[at_].part;
    if (part == Part::place_check && (rows.empty() || rows.text(0, 0).empty())) moved_ = true;
    if (part == Part::statement) rows_.push_back(std::move(rows));
    return Step::pending;
}

Segment::Step Segment::failed(DbError error) {
    if (answered_ || error_ || skipped_) return Step::broken;
    error_ = std::move(error);
    if (at_ < sent_.size()) {
        answered_ = true;
        failed_number_ = sent_[at_].number;
        if (sent_[at_].part == Part::statement) error_->statement = rows_.size();
    }
    return Step::pending;
}

std::vector<std::uint64_t> Segment::numbers() const {
    std::vector<std::uint64_t> numbers;
    for (const Sent& sent : sent_) {
        if (sent.part != Part::deallocate && sent.part != Part::prepare) numbers.push_back(sent.number);
    }
    return numbers;
}

std::vector<std::uint64_t> Segment::unprepared() const {
    std::vector<std::uint64_t> numbers;
    for (std::size_t index = done_; index < sent_.size(); ++index) {
        if (sent_[index].part == Part::prepare) numbers.push_back(sent_[index].number);
    }
    return numbers;
}

}  // namespace terrace::db
