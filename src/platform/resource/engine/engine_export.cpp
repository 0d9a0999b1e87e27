#include "platform/resource/engine/engine.hpp"
#include "platform/resource/engine/export.hpp"

#include <fmt/format.h>

namespace terrace::resource {
namespace {

/// What belongs to pages has no meaning in a download, and whoever sends it expects what does not come.
Result<void> check_parameters(const http::Query& query) {
    FieldErrors faults;
    for (const auto& [name, value] : query)
        if (name == "limit" || name == "cursor" || name == "count")
            faults.emplace_back(name, FieldError{"invalid", "A download has the whole list."});
    if (!faults.empty()) return std::unexpected(errors::validation_failed(std::move(faults)));
    return {};
}

}  // namespace

/// The first batch is read before the answer begins, so that what is wrong is told as a problem; a list that fits in it
/// has a length and takes no place. Of a longer one the rest is read while the client takes what came before.
boost::asio::awaitable<Result<http::Response>> Engine::download(api::Context& context, ListQuery query) {
    if (auto sound = check_parameters(context.query); !sound) co_return std::unexpected(std::move(sound).error());
    const bool csv = context.format == "csv";
    auto rows = std::make_unique<Export>(ExportOf{.resource = resource_,
                                                  .database = database_,
                                                  .lists = lists_,
                                                  .tenant = context.tenant,
                                                  .scope = *context.scope,
                                                  .sight = sight(context, Act::read),
                                                  .related = reader(caller_of(context)),
                                                  .permissions = context.principal->permissions,
                                                  .query = std::move(query),
                                                  .format = csv ? ExportFormat::csv : ExportFormat::ndjson,
                                                  .downloads = downloads_});
    TERRACE_CO_TRY(first, co_await rows->next());
    http::Response response{.content_type = csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
                            .body = std::move(first)};
    response.header("Content-Disposition",
                    fmt::format("attachment; filename=\"{}.{}\"", resource_.name, context.format));
    // nginx would else store what a slow client has not taken yet, and ask us for more.
    response.header("X-Accel-Buffering", "no");
    if (!rows->done()) response.rest = std::move(rows);
    co_return response;
}

}  // namespace terrace::resource
