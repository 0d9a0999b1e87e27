#include "platform/resource/engine/engine_state.hpp"
#include "platform/resource/input/body.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/input/violation.hpp"
#include "platform/resource/query/projection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace terrace::resource {
namespace {

Error in_document(std::size_t index, Error error) {
    error.detail = fmt::format("Document {}: {}", index, error.detail);
    return error;
}

void locate(http::Response& response, const Resource& resource, const Uuid& id) {
    response.header("Location", fmt::format("{}/{}", resource.path(), id.to_string()));
}

}  // namespace

Caller caller_of(const api::Context& context) {
    return {.tenant = context.tenant,
            .scope = *context.scope,
            .user = context.principal->user,
            .session = context.principal->session,
            .permissions = context.principal->permissions,
            .client_address = context.request.client_address,
            .request_id = context.request.request_id};
}

Engine::Engine(const Resource& resource, EngineParts parts)
    : resource_(resource),
      database_(parts.database),
      downloads_(parts.downloads),
      seal_(parts.root_secret),
      lists_(resource),
      writes_(resource),
      related_(resource) {
    for (const Relation& relation : resource.relations)
        if (relation.writes) children_.push_back({&relation, std::make_unique<Engine>(*relation.resource, parts)});
}

Engine::~Engine() = default;

audit::Entry Engine::entry(const Caller& caller, std::string_view action, const Uuid& object,
                           std::string_view changes) const {
    return {.tenant = caller.tenant->id,
            .actor = caller.user,
            .session = caller.session,
            .action = action,
            .object_type = resource_.object,
            .object = object,
            .changes = changes,
            .client_address = caller.client_address,
            .request_id = caller.request_id};
}

Error Engine::error_of(const db::DbError& error) const {
    if (auto violated = violation(resource_, error)) return std::move(*violated);
    return db::to_error(error);
}

Result<std::vector<Step>> Engine::complete(WriteState& state) const {
    for (const auto& hook : resource_.before_validation) hook(state);
    for (const auto& check : resource_.checks) check(state);
    if (state.refusal) return std::unexpected(*std::move(state.refusal));
    if (!state.errors.empty()) return std::unexpected(errors::validation_failed(std::move(state.errors)));
    for (const auto& hook : resource_.before_write) hook(state);
    if (state.refusal) return std::unexpected(*std::move(state.refusal));
    return std::move(state.steps);
}

Sight Engine::sight(const Caller& caller, Act act) const {
    const Guard* guard = resource_.guard(act);
    return guard ? guard->sight(caller.permissions.get(), caller.user) : Sight::of_everything();
}

Result<void> Engine::permit(const Caller& caller, Act act, const void* object) const {
    if (sight(caller, act).admits(object)) return {};
    return std::unexpected(errors::permission_denied(act == Act::read ? "Your role could not see this object any more."
                                                                      : "Your role does not allow this here."));
}

/// Nobody makes what they may not see: the answer shows it.
Result<void> Engine::permit_new(const Caller& caller, const void* object) const {
    auto permitted = permit(caller, Act::create, object);
    return permitted ? permit(caller, Act::read, object) : permitted;
}

Result<Engine::Draft> Engine::draft(const Caller& caller, std::string_view text) const {
    TERRACE_TRY(document, json::Document::parse(text));
    return draft(caller, document.root());
}

Result<Engine::Draft> Engine::draft(const Caller& caller, json::Value root) const {
    const Viewer viewer(caller.permissions.get(), caller.user);
    TERRACE_TRY(body, read_body(resource_, root, BodyMode::create, viewer));
    return draft(caller, std::move(body));
}

Result<Engine::Draft> Engine::draft(const Caller& caller, Body body) const {
    const Viewer viewer(caller.permissions.get(), caller.user);
    Draft draft{Uuid::v7(), resource_.object_type.make(), resource_.input_type.make(), std::move(body.nested)};
    if (auto allowed = check_writable(resource_, viewer, body, draft.object.get()); !allowed)
        return std::unexpected(std::move(allowed).error());
    body.apply(draft.object.get(), draft.input.get());
    resource_.columns[resource_.id_column]->set(draft.object.get(), draft.id);
    return draft;
}

Result<std::vector<Step>> Engine::prepare(const Caller& caller, const Draft& draft) const {
    WriteState state{
        .object = draft.object.get(), .input = draft.input.get(), .tenant = *caller.tenant, .user = caller.user};
    TERRACE_TRY(before, complete(state));
    auto permitted = permit_new(caller, draft.object.get());
    if (!permitted) return std::unexpected(std::move(permitted).error());
    return std::move(before);
}

boost::asio::awaitable<Result<void>> Engine::number(const Caller& caller, std::vector<Draft>& drafts) {
    if (!resource_.number) co_return Result<void>();
    const auto count = static_cast<std::int64_t>(drafts.size());
    db::Unit unit{.kind = db::UnitKind::write, .asynchronous_commit = true};
    unit.statements.push_back(writes_.take_numbers(caller.tenant->id, count));
    auto rows = co_await database_.run(caller.scope, std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    std::int64_t next = rows->front().integer(0, 0) - count;
    for (Draft& draft : drafts) resource_.number->field->set(draft.object.get(), ++next);
    co_return Result<void>();
}

boost::asio::awaitable<Result<http::Response>> Engine::create(api::Context& context) {
    TERRACE_CO_TRY(document, json::Document::parse(context.request.body));
    if (resource_.bulk && resource_.bulk->create && document.root().kind() == json::Kind::array)
        co_return co_await create_many(context, document.root());
    const Caller caller = caller_of(context);
    TERRACE_CO_TRY(key, read_key(context.request, caller.user, 201));
    TERRACE_CO_TRY(first, draft(caller, document.root()));
    std::vector<Draft> drafts;
    drafts.push_back(std::move(first));
    Draft& draft = drafts.front();
    TERRACE_CO_TRY(steps, prepare(caller, draft));
    Attachments files = attachments(caller, draft.id, draft.object.get(), nullptr);
    std::vector<Step> before;
    files.add_to(before);
    std::ranges::move(steps, std::back_inserter(before));
    TERRACE_CO_TRY(children, new_children(caller, draft));
    // The insert can take the number itself, and then keeps the counter's row until it is on disk. That costs least
    // while the tenant has no other create under way here; others would have to wait for the disk one after the other,
    // unless they come one after the other anyway: then a unit of its own for the number would be work for nothing.
    std::optional<UnderWay::Turn> turn;
    if (resource_.number) turn.emplace(creates_.begin(caller.tenant->id));
    const bool numbering = turn && (turn->alone() || database_.is_crowded(caller.scope, db::UnitKind::write));
    const bool numbered_before = turn && !numbering;
    if (numbered_before) {
        auto numbered = co_await number(caller, drafts);
        if (!numbered) co_return std::unexpected(std::move(numbered).error());
    }
    std::ranges::move(writes_.touches(caller.tenant->id, draft.object.get(), nullptr), std::back_inserter(before));
    const std::string action = resource_.permission("create");
    const audit::Entry audited = entry(caller, action, draft.id, "{}");
    auto written =
        co_await write(caller, {.id = draft.id,
                                .before = std::move(before),
                                .key = key,
                                .effect = numbering ? writes_.insert_numbering(draft.object.get(), key, audited)
                                                    : writes_.insert(draft.object.get(), key, audited),
                                .children = std::move(children),
                                .ahead = numbered_before});
    if (!written) {
        const db::DbError& fault = written.error().error;
        const bool perhaps_done = fault.kind == db::DbError::Kind::constraint || files.refused(fault);
        Error error = is_key_taken(fault) ? errors::unavailable() : co_await error_of(caller, files, written.error());
        if (key && perhaps_done) co_return co_await replay(caller, *key, std::move(error));
        co_return std::unexpected(std::move(error));
    }
    co_await announce(caller, action, written->object, nullptr);
    auto response = co_await answer(written->object, caller, 201, std::move(written->lists));
    if (response) locate(*response, resource_, draft.id);
    co_return response;
}

boost::asio::awaitable<Result<http::Response>> Engine::answer_again(const Stored& stored, const KeptKey& kept,
                                                                    const Caller& caller) const {
    Result<http::Response> response = kept.answer          ? http::Response::json(kept.status, *kept.answer)
                                      : kept.status == 204 ? http::Response::no_content()
                                                           : co_await answer(stored.rows, caller, kept.status);
    if (!response) co_return response;
    if (kept.status == 201) locate(*response, resource_, stored.id);
    response->header("Idempotency-Replayed", "true");
    co_return response;
}

boost::asio::awaitable<Result<http::Response>> Engine::replay(const Caller& caller, const IdempotencyKey& key,
                                                              Error otherwise) {
    db::Statement find = find_key(key, caller.tenant->id);
    auto found = co_await database_.run(caller.scope, db::UnitKind::point_read, *find.shape, std::move(find.params));
    if (!found) co_return std::unexpected(db::to_error(found.error()));
    const auto kept = kept_key(*found);
    if (!kept) co_return std::unexpected(std::move(otherwise));
    if (kept->request_hash != key.request_hash) co_return std::unexpected(idempotency_mismatch());
    auto stored = co_await load(caller, kept->object, std::nullopt);
    if (!stored) co_return std::unexpected(std::move(stored).error());
    co_return co_await answer_again(*stored, *kept, caller);
}

boost::asio::awaitable<Result<Engine::Stored>> Engine::load(const Caller& caller, const Uuid& id,
                                                            const std::optional<IdempotencyKey>& key) {
    db::Unit unit{.kind = db::UnitKind::point_read};
    unit.statements.push_back(writes_.read(caller.tenant->id, id, sight(caller, Act::read)));
    if (key) unit.statements.push_back(find_key(*key, caller.tenant->id));
    auto rows = co_await database_.run(caller.scope, std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->front().empty()) co_return std::unexpected(errors::not_found());
    Stored stored{id, std::move(rows->front()), std::nullopt};
    if (key) stored.kept = kept_key(rows->back());
    co_return stored;
}

boost::asio::awaitable<Result<std::vector<Uuid>>> Engine::create_all(Caller caller,
                                                                     std::vector<std::string> documents) {
    if (std::ranges::find(resource_.columns, Type::file, &FieldMeta::type) != resource_.columns.end())
        throw std::logic_error(fmt::format("create_all takes up no files, which {} have", resource_.name));
    std::vector<Draft> drafts;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        auto made = draft(caller, documents[i]);
        if (!made) co_return std::unexpected(in_document(i, std::move(made).error()));
        drafts.push_back(std::move(*made));
    }
    db::Unit unit{.kind = db::UnitKind::write};
    std::vector<std::vector<ChildWrite>> children;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        auto before = prepare(caller, drafts[i]);
        if (!before) co_return std::unexpected(in_document(i, std::move(before).error()));
        for (Step& step : *before) unit.statements.push_back(std::move(step.statement));
        for (Step& step : writes_.touches(caller.tenant->id, drafts[i].object.get(), nullptr))
            unit.statements.push_back(std::move(step.statement));
        auto made = new_children(caller, drafts[i]);
        if (!made) co_return std::unexpected(in_document(i, std::move(made).error()));
        children.push_back(std::move(*made));
    }
    auto numbered = co_await number(caller, drafts);
    if (!numbered) co_return std::unexpected(std::move(numbered).error());

    const std::string action = resource_.permission("create");
    std::vector<Uuid> ids;
    std::vector<std::size_t> effects;  // their places in the unit
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const Draft& draft = drafts[i];
        effects.push_back(unit.statements.size());
        unit.statements.push_back(
            writes_.insert(draft.object.get(), std::nullopt, entry(caller, action, draft.id, "{}")));
        for (ChildWrite& child : children[i]) {
            for (Step& step : child.pending.before) unit.statements.push_back(std::move(step.statement));
            effects.push_back(unit.statements.size());
            unit.statements.push_back(std::move(child.pending.effect));
        }
        ids.push_back(draft.id);
    }
    auto rows = co_await database_.run(caller.scope, std::move(unit));
    if (!rows) co_return std::unexpected(error_of(rows.error()));

    std::vector<CommittedState> writes;
    auto effect = effects.begin();
    for (std::vector<ChildWrite>& of_one : children) {
        const db::Rows& made = (*rows)[*effect++];
        if (!resource_.after_commit.empty()) writes.push_back(committed(caller, action, made, nullptr));
        for (ChildWrite& child : of_one)
            co_await child.child->engine->announce(caller, std::move(child.pending.act), (*rows)[*effect++], nullptr);
    }
    if (!writes.empty()) co_await announce(std::move(writes));
    co_return ids;
}

}  // namespace terrace::resource
