#include "platform/base/mutant.hpp"
#include "platform/resource/engine/engine_state.hpp"
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
    return fmt::format("{}/{}?{}&{}", (mutant("cursor-of-any-tenant") ? Uuid{} : tenant).to_string(), resource.name,
                       query.selection, query.order->name);
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
    PageWriter(const Resource& resource, const ListQuery& query, const db::Rows& rows,
               const std::vector<RelatedObjects>& related, const tenancy::Tenant& tenant, const CursorSeal& seal)
        : resource_(resource), query_(query), rows_(rows), related_(related), tenant_(tenant), seal_(seal) {}

    std::string write(const Page& page) const {
        std::string body = "{\"results\":[";
        for (std::size_t i = 0; i < page.rows.size(); ++i) {
            if (i != 0) body += ',';
            write_object({resource_, rows_, page.rows[i], tenant_}, query_.projection.fields, related_, body);
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
    const std::vector<RelatedObjects>& related_;
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
    std::vector<RelatedObjects> related;
    if (!query.projection.related.empty() && !page.rows.empty()) {
        auto read = co_await reader(caller_of(context)).read(rows, query.projection);
        if (!read) co_return std::unexpected(db::to_error(read.error()));
        related = std::move(*read);
    }
    co_return http::Response::json(200, PageWriter(resource_, query, rows, related, *tenant, seal_).write(page));
}

boost::asio::awaitable<Result<http::Response>> Engine::retrieve(api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    const auto projection = read_projection(resource_, context.query, Viewer(*context.principal));
    if (!projection) co_return std::unexpected(errors::validation_failed(projection.error()));
    const Caller caller = caller_of(context);
    // Its lists are found by the same id: they need no unit of their own.
    db::Unit unit{.kind = db::UnitKind::point_read};
    unit.statements.push_back(writes_.read(caller.tenant->id, *id, sight(context, Act::read)));
    for (db::Statement& statement : reader(caller).children_of(*id, *projection))
        unit.statements.push_back(std::move(statement));
    auto rows = co_await database_.run(caller.scope, std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    const db::Rows object = std::move(rows->front());
    if (object.empty()) co_return std::unexpected(errors::not_found());
    rows->erase(rows->begin());
    auto related = co_await reader(caller).read(object, *projection, std::move(*rows));
    if (!related) co_return std::unexpected(db::to_error(related.error()));
    http::Response response = answer(object, *caller.tenant, projection->fields, *related, 200);
    if (holds_already(context.request, response.headers.front().second)) {
        response.status = 304;
        response.content_type.clear();
        response.body.clear();
    }
    co_return response;
}

boost::asio::awaitable<Result<std::shared_ptr<const void>>> Engine::find(api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    auto stored = co_await load(caller_of(context), *id, std::nullopt);
    if (!stored) co_return std::unexpected(std::move(stored).error());
    co_return std::shared_ptr<const void>(object_from(resource_, stored->rows));
}

RelatedReader Engine::reader(const Caller& caller) const {
    return {database_, related_, caller.scope, Viewer(caller.permissions.get(), caller.user)};
}

boost::asio::awaitable<Result<http::Response>> Engine::answer(const db::Rows& rows, const Caller& caller, int status,
                                                              std::vector<db::Rows> lists) const {
    const Projection projection = whole(resource_, Viewer(caller.permissions.get(), caller.user));
    std::vector<RelatedObjects> related;
    if (!projection.related.empty()) {
        auto read = co_await reader(caller).read(rows, projection, std::move(lists));
        if (!read) co_return std::unexpected(db::to_error(read.error()));
        related = std::move(*read);
    }
    co_return answer(rows, *caller.tenant, projection.fields, related, status);
}

http::Response Engine::answer(const db::Rows& rows, const tenancy::Tenant& tenant, FieldSet fields,
                              const std::vector<RelatedObjects>& related, int status) const {
    std::string body;
    body.reserve(usual_object_size);
    write_object({resource_, rows, 0, tenant}, fields, related, body);
    std::string tag = entity_tag(rows.integer(0, resource_.version_column), body);
    http::Response response = http::Response::json(status, std::move(body));
    response.header("ETag", std::move(tag));
    return response;
}

}  // namespace terrace::resource
