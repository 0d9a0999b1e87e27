#pragma once

#include "platform/http/body_source.hpp"
#include "platform/resource/query/list_statement.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

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
    ListQuery query;  ///< its limit and cursor are not looked at
    ExportFormat format = ExportFormat::csv;
};

/// Reads a whole list batch by batch, each a unit of its own that begins after the last row of the one before. No
/// connection is held between two, and others take their turn. So it is no snapshot: as with pages, each row that is
/// there throughout and keeps its place in the order comes exactly once.
class Export final : public http::BodySource {
  public:
    explicit Export(ExportOf of) : of_(std::move(of)) {}

    /// The next rows as text; nothing to say once all have come. On a list that a search has cut short: 400, because a
    /// part must not pass for the whole.
    boost::asio::awaitable<Result<std::string>> next() override;
    bool done() const { return done_; }

  private:
    boost::asio::awaitable<Result<db::Rows>> read();
    void write(const db::Rows& rows, std::size_t count, std::string& out) const;

    ExportOf of_;
    std::optional<Cursor> after_;
    std::int64_t batch_ = 100;  ///< rows
    bool begun_ = false, done_ = false;
};

}  // namespace terrace::resource
