#include "platform/resource/engine/engine.hpp"
#include "platform/resource/input/precondition.hpp"
#include "platform/resource/query/projection.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {
namespace {

constexpr std::size_t usual_object_size = 1024;

Error bad_cursor() {
    Error error = errors::parse_error("The parameter cursor is not one that this list has given.");
    error.fields = {{"cursor", {"invalid", "This is not a cursor of this list."}}};
    return error;
}

/// Everything that a cursor is bound to.
std::string binding(const Resource& resource, const Uuid& tenant, const ListQuery& query) {
    return fmt::format("{}/{}?{}&{}", tenant.to_string(), resource.name, query.selection, query.order->name);
}

/// The rows of one page, in the order that the client asked for, and whether more lie on either side.
struct Page {
    std::vector<std::size_t> rows;
    bool before = false, after = false;
    bool truncated = false;  ///< a search that read as many tokens as it may
    std::optional<std::int64_t> count;
};

Page cut_page(std::size_t fetched, std::size_t limit, const std::optional<Cursor>& cursor) {
    Page page;
    for (std::size_t i = 0; i < std::min(fetched, limit); ++i) page.rows.push_back(i);
    const bool more = fetched > limit;
    const bool backward = cursor && cursor->backward;
    if (backward) std::ranges::reverse(page.rows);
    page.before = backward ? more : cursor.has_value();
    page.after = backward ? true : more;
    return page;
}

/// Writes the page's JSON: the objects and the links to its neighbours.
class PageWriter {
  public:
    PageWriter(const Resource& resource, const ListQuery& query, const db::Rows& rows, const tenancy::Tenant& tenant,
               const CursorSeal& seal)
        : resource_(resource), query_(query), rows_(rows), tenant_(tenant), seal_(seal) {}

    std::string write(const Page& page) const {
        std::string body = "{\"results\":[";
        for (std::size_t i = 0; i < page.rows.size(); ++i) {
            if (i != 0) body += ',';
            write_object({resource_, rows_, page.rows[i], tenant_}, query_.fields, body);
            // The others will be about as long as the first.
            if (i == 0) body.reserve(body.size() * (page.rows.size() + 1));
        }
        body += "],\"next\":";
        body += page.after && !page.rows.empty() ? link(page.rows.back(), false) : "null";
        body += ",\"previous\":";
        body += page.before && !page.rows.empty() ? link(page.rows.front(), true) : "null";
        if (page.truncated) body += ",\"truncated\":true";
        if (page.count) body += fmt::format(",\"count\":{}", std::min(*page.count, most_counted));
        if (page.count > most_counted) body += ",\"count_truncated\":true";
        body += '}';
        return body;
    }

  private:
    std::string link(std::size_t row, bool backward) const {
        Cursor cursor{.backward = backward, .values = {}, .id = std::string(rows_.text(row, resource_.id_column))};
        for (const auto& term : query_.order->terms) cursor.values.emplace_back(rows_.text(row, term.column));
        const std::string sealed = seal_.seal(cursor, binding(resource_, tenant_.id, query_));
        return fmt::format("\"{}?limit={}{}{}{}&cursor={}\"", resource_.path(), query_.limit,
                           query_.selection.empty() ? "" : "&", query_.selection, query_.shape, sealed);
    }

    const Resource& resource_;
    const ListQuery& query_;
    const db::Rows& rows_;
    const tenancy::Tenant& tenant_;
    const CursorSeal& seal_;
};

}  // namespace

Sight Engine::sight(const api::Context& context, Act act) const {
    const Guard* guard = resource_.guard(act);
    if (!guard) return Sight::of_everything();
    return guard->sight(context.principal->permissions.get(), context.principal->user);
}

boost::asio::awaitable<Result<http::Response>> Engine::list(api::Context& context) {
    const tenancy::TenantPtr tenant = context.tenant;
    TERRACE_CO_TRY(query, read_list_query(resource_, context.query, Viewer(*context.principal), tenant->time_zone));
    if (context.format != "json") co_return co_await download(context, std::move(query));
    std::optional<Cursor> cursor;
    if (!query.cursor.empty()) {
        cursor = seal_.open(query.cursor, binding(resource_, tenant->id, query));
        if (!cursor || cursor->values.size() != query.order->terms.size()) co_return std::unexpected(bad_cursor());
    }
    db::Rows rows;
    std::optional<std::int64_t> count;
    if (query.counts) count = 0;
    if (!query.searches || !query.words.empty()) {
        const bool quick = !query.searches && !query.counts;
        db::Unit unit{.kind = quick ? db::UnitKind::point_read : db::UnitKind::read};
        unit.statements.push_back(lists_.make(tenant->id, sight(context, Act::read), query, cursor));
        if (query.counts) unit.statements.push_back(lists_.count(tenant->id, sight(context, Act::read), query));
        auto answers = co_await database_.run(*context.scope, std::move(unit));
        if (!answers) co_return std::unexpected(db::to_error(answers.error()));
        rows = std::move(answers->front());
        if (query.counts) count = answers->back().integer(0, 0);
    }
    // A search always answers a row, which says whether it was cut short.
    const bool nothing = rows.empty() || rows.is_null(0, resource_.id_column);
    Page page = cut_page(nothing ? 0 : rows.size(), static_cast<std::size_t>(query.limit), cursor);
    page.count = count;
    page.truncated = !query.words.empty() && rows.boolean(0, resource_.columns.size());
    co_return http::Response::json(200, PageWriter(resource_, query, rows, *tenant, seal_).write(page));
}

boost::asio::awaitable<Result<http::Response>> Engine::retrieve(api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    const auto fields = read_fields(resource_, context.query, Viewer(*context.principal).fields(resource_));
    if (!fields) co_return std::unexpected(errors::validation_failed({{"fields", fields.error()}}));
    db::Statement statement = writes_.read(context.tenant->id, *id, sight(context, Act::read));
    auto rows =
        co_await database_.run(*context.scope, db::UnitKind::point_read, *statement.shape, std::move(statement.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::unexpected(errors::not_found());
    http::Response response = answer(*rows, *context.tenant, *fields, 200);
    if (holds_already(context.request, response.headers.front().second)) {
        response.status = 304;
        response.content_type.clear();
        response.body.clear();
    }
    co_return response;
}

http::Response Engine::answer(const db::Rows& rows, const Caller& caller, int status) const {
    return answer(rows, *caller.tenant, Viewer(caller.permissions.get(), caller.user).fields(resource_), status);
}

http::Response Engine::answer(const db::Rows& rows, const tenancy::Tenant& tenant, FieldSet fields, int status) const {
    std::string body;
    body.reserve(usual_object_size);
    write_object({resource_, rows, 0, tenant}, fields, body);
    std::string tag = entity_tag(rows.integer(0, resource_.version_column), body);
    http::Response response = http::Response::json(status, std::move(body));
    response.header("ETag", std::move(tag));
    return response;
}

}  // namespace terrace::resource
