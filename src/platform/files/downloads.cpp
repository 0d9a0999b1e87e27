#include "platform/files/downloads.hpp"

#include "platform/files/byte_range.hpp"
#include "platform/files/file_name.hpp"
#include "platform/files/media_type.hpp"
#include "platform/files/statements.hpp"
#include "platform/http/body_source.hpp"
#include "platform/http/problem.hpp"
#include "platform/resource/input/precondition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace terrace::files {
namespace {

namespace asio = boost::asio;

/// A range of a file, read chunk by chunk as the client takes it: each a unit of its own, none held open between them.
class RangeBody final : public http::BodySource {
  public:
    RangeBody(db::Database& database, db::TenantScope scope, const File& file, ByteRange range)
        : database_(database),
          scope_(std::move(scope)),
          file_(file.id),
          chunk_size_(file.chunk_size),
          next_(range.first),
          end_(range.last + 1),
          length_(static_cast<std::uint64_t>(range.length())) {}

    std::optional<std::uint64_t> length() const override { return length_; }

    asio::awaitable<Result<std::string>> next() override {
        if (next_ == end_) co_return std::string();
        const std::int64_t ordinal = next_ / chunk_size_;
        const std::int64_t first = next_ % chunk_size_;
        const std::int64_t length = std::min(chunk_size_ - first, end_ - next_);
        db::Statement read = read_chunk(scope_.tenant(), file_, ordinal, first, length);
        auto rows = co_await database_.run(scope_, db::UnitKind::point_read, *read.shape, std::move(read.params));
        if (!rows) co_return std::unexpected(db::to_error(rows.error()));
        // Its object may have let go of it in the meantime, and the sweep have come.
        if (rows->empty()) co_return std::unexpected(errors::not_found());
        next_ += length;
        co_return rows->bytes(0, 0);
    }

  private:
    db::Database& database_;
    db::TenantScope scope_;
    Uuid file_;
    std::int64_t chunk_size_;
    std::int64_t next_;
    std::int64_t end_;
    std::uint64_t length_;
};

/// If-Range (RFC 9110 §13.1.5): the range counts only for the same bytes. Ours is a strong ETag; a date is none.
bool range_holds(const http::Request& request, std::string_view tag) {
    const auto condition = request.header("if-range");
    return !condition || *condition == tag;
}

Result<bool> read_inline(const api::Context& context) {
    const auto value = context.query_value("inline");
    if (!value || *value == "false") return false;
    if (*value == "true") return true;
    return std::unexpected(errors::validation_failed({{"inline", {"invalid", "Must be a valid boolean."}}}));
}

/// What is true of every answer with the file's bytes. Whatever they are, a browser does not guess another type, runs
/// nothing of them, and asks again before it shows them to the next person.
void describe(http::Response& response, const File& file, std::string_view tag, bool in_place) {
    response.content_type = file.media_type;
    response.header("ETag", std::string(tag))
        .header("Accept-Ranges", "bytes")
        .header("Cache-Control", "private, no-cache")
        .header("Content-Disposition", content_disposition(!in_place || !may_stand_inline(file.media_type), file.name))
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        // nginx would else store what a slow client has not taken yet.
        .header("X-Accel-Buffering", "no");
}

http::Response not_satisfiable(const http::Request& request, const File& file) {
    auto response = http::problem(
        {.status = 416, .code = "range_not_satisfiable", .detail = "The file ends before this range begins."},
        request.request_id);
    response.header("Content-Range", fmt::format("bytes */{}", file.size));
    return response;
}

}  // namespace

asio::awaitable<Result<http::Response>> Downloads::download(api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    TERRACE_CO_TRY(in_place, read_inline(context));
    db::Statement find = find_file(context.tenant->id, *id);
    auto rows = co_await database_.run(*context.scope, db::UnitKind::point_read, *find.shape, std::move(find.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::unexpected(errors::not_found());
    const File file = file_from(*rows);
    TERRACE_CO_TRY(admitted, co_await holders_.admit(database_, context, file));
    if (!file.stored || !admitted) co_return std::unexpected(errors::not_found());

    const std::string tag = fmt::format("\"{}\"", file.sha256);
    http::Response response;
    describe(response, file, tag, in_place);
    if (resource::holds_already(context.request, tag)) {
        response.status = 304;
        response.content_type.clear();
        co_return response;
    }
    const bool ranged = context.request.method == http::Method::get && range_holds(context.request, tag);
    const auto [kind, part] = read_range(ranged ? context.request.header("range") : std::nullopt, file.size);
    if (kind == RangeRequest::Kind::unsatisfiable) co_return not_satisfiable(context.request, file);
    const bool partial = kind == RangeRequest::Kind::part;
    const ByteRange range = partial ? part : ByteRange{.first = 0, .last = file.size - 1};
    if (partial) {
        response.status = 206;
        response.header("Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.last, file.size));
    }
    response.rest = std::make_unique<RangeBody>(database_, *context.scope, file, range);
    co_return response;
}

}  // namespace terrace::files
