#pragma once

#include "platform/http/body_source.hpp"
#include "platform/resource/engine/download_places.hpp"
#include "platform/resource/engine/related.hpp"
#include "platform/resource/query/list_statement.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace terrace::resource {

/// The forms in which a whole list can be had beside JSON, which has pages (api::Format).
enum class ExportFormat { csv, ndjson };

/// Whose list, in whose sight.
struct ExportOf {
    const Resource& resource;
    db::Database& database;
    ListStatements& lists;
    tenancy::TenantPtr tenant;
    db::TenantScope scope;
    Sight sight;
    RelatedReader related;
    std::shared_ptr<const access::PermissionSet> permissions;  ///< that `related` looks at
    ListQuery query;                                           ///< its limit and cursor are not looked at
    ExportFormat format = ExportFormat::csv;
    DownloadPlaces* downloads = nullptr;  ///< where there are any: they outlive it
};

/// A batch that is being read, whether anybody waits for it or not.
class Reading {
  public:
    Reading(const boost::asio::any_io_executor& executor, const ExportOf& of, db::Statement statement,
            std::size_t limit);

    boost::asio::awaitable<db::DbResult<db::Rows>> outcome();
    std::size_t limit() const { return limit_; }  ///< rows beyond these say only that there are more

  private:
    struct State;
    std::shared_ptr<State> state_;  // shared with the unit, which ends alone where the client has gone
    std::size_t limit_;
};

/// Reads a whole list batch by batch, each a unit of its own that begins after the last row of the one before. No
/// connection is held between two, and others take their turn. So it is no snapshot: as with pages, each row that is
/// there throughout and keeps its place in the order comes exactly once. PostgreSQL reads one batch ahead.
class Export final : public http::BodySource {
  public:
    explicit Export(ExportOf of) : of_(std::move(of)) {}

    /// The next rows as text; nothing to say once all have come. On a list that a search has cut short: 400, because a
    /// part must not pass for the whole. With the first, where it is not all, the tenant's place: 429 when there is
    /// none.
    boost::asio::awaitable<Result<std::string>> next() override;
    bool done() const { return done_; }

  private:
    bool take_place();
    void read_on(const boost::asio::any_io_executor& executor);
    Result<db::Rows> found(db::Rows rows) const;
    void write(const db::Rows& rows, std::size_t count, const std::vector<RelatedObjects>& related,
               std::string& out) const;
    Cursor place_of(const db::Rows& rows, std::size_t row) const;

    ExportOf of_;
    std::optional<DownloadPlaces::Place> place_;
    std::optional<Cursor> after_;
    std::optional<Reading> reading_;
    std::int64_t batch_ = 100;  ///< rows of the next
    bool begun_ = false, done_ = false;
};

}  // namespace terrace::resource
