#include "platform/resource/engine/engine_state.hpp"
#include "platform/resource/input/bulk.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/query/projection.hpp"

#include <map>
#include <utility>

namespace terrace::resource {
namespace {

bool is_of_server(const Error& error) {
    return error.status >= 500;
}

}  // namespace

/// One object of such a request.
struct Engine::ManyItem {
    Uuid id;
    std::optional<std::int64_t> version;  ///< of an object that was there before
    Pending pending;                      ///< an effect without a shape when it is so already
    std::string answer;                   ///< the object as JSON
};

/// A request over many objects under way: of each what it is about to write, or what is wrong with it.
struct Engine::Many {
    Caller caller;
    std::optional<IdempotencyKey> key;
    bool partial = false;
    int status = 200;
    FieldSet fields = 0;  ///< that the caller may see
    std::vector<ManyItem> items;
    BulkErrors errors;

    /// Partial: as much as is right, but not nothing.
    bool is_refused() const { return !errors.empty() && (!partial || errors.size() == items.size()); }
};

/// The one unit of a request over many objects, and which object each of its statements is of.
struct Engine::ManyUnit {
    db::Unit unit{.kind = db::UnitKind::write};
    std::vector<std::optional<std::size_t>> owners;
    std::optional<std::size_t> hold;
    std::size_t effects = 0;  ///< where the writes of the objects begin

    void add(db::Statement statement, std::optional<std::size_t> owner = {}) {
        unit.statements.push_back(std::move(statement));
        owners.push_back(owner);
    }
};

/// Two such units take what they both write in one order, lest each wait for the other: first what goes before the
/// writes, then the rows of the objects, then the writes by their unique values, the key at last.
Engine::ManyUnit Engine::unit_of(const Many& many) const {
    std::multimap<std::string_view, std::size_t> writing;  // equal keys stay in the order of the request
    std::multimap<std::string_view, std::pair<const Step*, std::size_t>> before;
    for (std::size_t i = 0; i < many.items.size(); ++i) {
        const Pending& pending = many.items[i].pending;
        if (!pending.effect.shape || many.errors.has(i)) continue;
        writing.emplace(pending.order, i);
        for (const Step& step : pending.before) before.emplace(step.order, std::pair(&step, i));
        for (const Step& step : pending.touches) before.emplace(step.order, std::pair(&step, i));
    }

    const Uuid tenant = many.caller.tenant->id;
    ManyUnit made;
    for (const auto& [order, step] : before) made.add(step.first->statement, step.second);
    if (many.key) made.add(forget_expired_key(*many.key, tenant));
    std::vector<std::pair<Uuid, std::int64_t>> held;
    for (const auto& [order, i] : writing)
        if (many.items[i].version) held.emplace_back(many.items[i].id, *many.items[i].version);
    if (!held.empty()) {
        made.hold = made.owners.size();
        made.add(writes_.hold(tenant, held));
    }
    made.effects = made.owners.size();
    for (const auto& [order, i] : writing) made.add(many.items[i].pending.effect, i);
    if (many.key) {
        BulkOutcome outcome{.ids = {}, .errors = many.errors.json()};
        for (std::size_t i = 0; i < many.items.size(); ++i)
            outcome.ids.push_back(many.errors.has(i) ? std::nullopt : std::optional(many.items[i].id));
        IdempotencyKey key = *many.key;
        key.answer = outcome.json();
        made.add(keep_key(key, tenant, Uuid(), 0));
    }
    return made;
}

/// Writes all that is right in one unit; nothing when another writer was faster and the objects must be read anew. An
/// object that the database refuses is left out of a partial request, and the rest is tried again.
boost::asio::awaitable<Result<std::optional<http::Response>>> Engine::write_many(Many& many) {
    for (;;) {
        if (many.is_refused()) co_return std::unexpected(many.errors.error());
        ManyUnit made = unit_of(many);
        if (made.owners.empty()) break;
        auto rows = co_await database_.run(many.caller.scope, std::move(made.unit));
        if (rows) {
            co_await take_over(many, made, *rows);
            break;
        }
        const db::DbError& error = rows.error();
        if (made.hold && error.statement == made.hold && is_overtaken(error)) co_return std::nullopt;
        if (many.key && error.kind == db::DbError::Kind::constraint) {
            TERRACE_CO_TRY(kept, co_await find_kept(many.caller, *many.key));
            if (kept) co_return co_await answer_again(many, *kept);
            if (is_key_taken(error)) co_return std::unexpected(errors::unavailable());
        }
        Error refused = error_of(error);
        const auto owner = error.statement ? made.owners[*error.statement] : std::nullopt;
        if (!owner || is_of_server(refused)) co_return std::unexpected(std::move(refused));
        many.errors.add(*owner, std::move(refused));
    }
    std::vector<std::string> results(many.items.size());
    for (std::size_t i = 0; i < results.size(); ++i)
        if (!many.errors.has(i)) results[i] = std::move(many.items[i].answer);
    co_return http::Response::json(many.status, bulk_body(results, many.errors.json()));
}

/// What the unit has stored: into the answers, and to the hooks after the commit, in the order of the request.
boost::asio::awaitable<void> Engine::take_over(Many& many, const ManyUnit& written, const std::vector<db::Rows>& rows) {
    std::map<std::size_t, std::size_t> row_of;
    for (std::size_t i = written.effects; i < rows.size(); ++i)
        if (written.owners[i]) row_of.emplace(*written.owners[i], i);
    std::vector<CommittedState> writes;
    for (const auto& [index, row] : row_of) {
        ManyItem& item = many.items[index];
        item.answer = object_text(rows[row], 0, many);
        if (!resource_.after_commit.empty())
            writes.push_back(committed(many.caller, std::move(item.pending.act), rows[row], item.pending.previous));
    }
    if (!writes.empty()) co_await announce(std::move(writes));
}

/// The answer of the request that has used the key: the objects as they are now.
boost::asio::awaitable<Result<http::Response>> Engine::answer_again(const Many& many, const KeptKey& kept) {
    if (kept.request_hash != many.key->request_hash) co_return std::unexpected(idempotency_mismatch());
    const BulkOutcome outcome = BulkOutcome::parse(kept.answer.value_or(""));
    std::vector<Uuid> ids;
    for (const auto& id : outcome.ids)
        if (id) ids.push_back(*id);
    db::Statement read = writes_.read_many(many.caller.tenant->id, ids, sight(many.caller, Act::read));
    auto rows =
        co_await database_.run(many.caller.scope, db::UnitKind::point_read, *read.shape, std::move(read.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    const auto places = places_of(*rows);
    std::vector<std::string> results(outcome.ids.size());
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto place = outcome.ids[i] ? places.find(*outcome.ids[i]) : places.end();
        if (place != places.end()) results[i] = object_text(*rows, place->second, many);
    }
    http::Response response = http::Response::json(kept.status, bulk_body(results, outcome.errors));
    response.header("Idempotency-Replayed", "true");
    co_return response;
}

std::unordered_map<Uuid, std::size_t> Engine::places_of(const db::Rows& rows) const {
    std::unordered_map<Uuid, std::size_t> places;
    for (std::size_t i = 0; i < rows.size(); ++i) places.emplace(rows.uuid(i, resource_.id_column), i);
    return places;
}

Result<Engine::Many> Engine::begin_many(const api::Context& context, int status) const {
    Many many{.caller = caller_of(context),
              .key = {},
              .status = status,
              .fields = Viewer(*context.principal).fields(resource_),
              .items = {},
              .errors = {}};
    TERRACE_TRY(key, read_key(context.request, many.caller.user, status));
    many.key = std::move(key);
    TERRACE_TRY(partial, read_partial(context.query_value("partial")));
    many.partial = partial;
    return many;
}

boost::asio::awaitable<Result<http::Response>> Engine::create_many(api::Context& context, json::Value root) {
    TERRACE_CO_TRY(many, begin_many(context, 201));
    TERRACE_CO_TRY(elements, read_list(root, resource_.bulk->most));
    many.items.resize(elements.size());

    std::vector<Draft> drafts;
    std::vector<std::size_t> places;
    std::vector<std::vector<Step>> before;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        auto made = draft(many.caller, elements[i]);
        auto steps = made ? prepare(many.caller, *made) : std::unexpected(made.error());
        if (!steps) {
            many.errors.add(i, std::move(steps).error());
            continue;
        }
        drafts.push_back(std::move(*made));
        before.push_back(std::move(*steps));
        places.push_back(i);
    }
    if (many.is_refused()) co_return std::unexpected(many.errors.error());
    auto numbered = co_await number(many.caller, drafts);
    if (!numbered) co_return std::unexpected(std::move(numbered).error());

    const std::string action = resource_.permission("create");
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const void* object = drafts[i].object.get();
        ManyItem& item = many.items[places[i]];
        item.id = drafts[i].id;
        item.pending = {.before = std::move(before[i]),
                        .touches = writes_.touches(many.caller.tenant->id, object, nullptr),
                        .effect = writes_.insert(object, std::nullopt, entry(many.caller, action, item.id, "{}")),
                        .act = action,
                        .previous = nullptr,
                        .output = std::nullopt,
                        .order = writes_.order_of(object)};
    }
    TERRACE_CO_TRY(response, co_await write_many(many));
    co_return response ? std::move(*response) : Result<http::Response>(std::unexpected(errors::unavailable()));
}

boost::asio::awaitable<Result<http::Response>> Engine::update_many(api::Context& context) {
    TERRACE_CO_TRY(document, json::Document::parse(context.request.body));
    TERRACE_CO_TRY(targets, read_changes(resource_, document.root(), resource_.bulk->most, Viewer(*context.principal)));
    co_return co_await change_many(context, Change::update, targets);
}

boost::asio::awaitable<Result<http::Response>> Engine::archive_many(api::Context& context) {
    TERRACE_CO_TRY(document, json::Document::parse(context.request.body));
    TERRACE_CO_TRY(targets, read_ids(document.root(), resource_.bulk->most));
    co_return co_await change_many(context, Change::archive, targets);
}

/// As `change`, but of many: reads all, and writes them if all still are as they were read.
boost::asio::awaitable<Result<http::Response>> Engine::change_many(api::Context& context, Change change,
                                                                   const BulkTargets& targets) {
    TERRACE_CO_TRY(many, begin_many(context, 200));
    std::vector<Uuid> ids;
    for (const auto& target : targets.all)
        if (target) ids.push_back(target->id);
    for (int i = 0; i < most_attempts; ++i) {
        db::Unit unit{.kind = db::UnitKind::point_read};
        unit.statements.push_back(writes_.read_many(many.caller.tenant->id, ids, sight(many.caller, Act::read)));
        if (many.key) unit.statements.push_back(find_key(*many.key, many.caller.tenant->id));
        auto rows = co_await database_.run(many.caller.scope, std::move(unit));
        if (!rows) co_return std::unexpected(db::to_error(rows.error()));
        if (many.key)
            if (const auto kept = kept_key(rows->back())) co_return co_await answer_again(many, *kept);
        look_at(many, change, targets, rows->front());
        TERRACE_CO_TRY(response, co_await write_many(many));
        if (response) co_return std::move(*response);
    }
    co_return std::unexpected(errors::unavailable());
}

/// What is to be written over each of the stored `rows`.
void Engine::look_at(Many& many, Change change, const BulkTargets& targets, const db::Rows& rows) const {
    many.items = std::vector<ManyItem>(targets.all.size());
    many.errors = targets.errors;
    const auto places = places_of(rows);
    ChangeRequest request{.caller = many.caller,
                          .change = change,
                          .action = nullptr,
                          .key = {},
                          .if_match = {},
                          .body = {},
                          .one_of_many = true};
    for (std::size_t i = 0; i < targets.all.size(); ++i) {
        if (!targets.all[i]) continue;
        const BulkTarget& target = *targets.all[i];
        const auto place = places.find(target.id);
        if (place == places.end()) {
            many.errors.add(i, errors::not_found());
            continue;
        }
        request.body = target.body;
        auto item = look_at(request, target, {target.id, rows, place->second});
        if (item) {
            item->answer = object_text(rows, place->second, many);
            many.items[i] = std::move(*item);
        } else {
            many.errors.add(i, std::move(item).error());
        }
    }
}

Result<Engine::ManyItem> Engine::look_at(const ChangeRequest& request, const BulkTarget& target,
                                         const StoredRow& stored) const {
    const std::int64_t version = stored.rows.integer(stored.index, resource_.version_column);
    auto permitted = permit(request, stored);
    if (!permitted) return std::unexpected(std::move(permitted).error());
    if (target.version && *target.version != version) return std::unexpected(errors::version_conflict());
    TERRACE_TRY(found, pending(request, stored, {}));
    return ManyItem{.id = stored.id, .version = version, .pending = std::move(found), .answer = {}};
}

std::string Engine::object_text(const db::Rows& rows, std::size_t row, const Many& many) const {
    std::string text;
    write_object({resource_, rows, row, *many.caller.tenant}, many.fields, text);
    return text;
}

}  // namespace terrace::resource
