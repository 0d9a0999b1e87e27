#include "platform/resource/engine/engine_state.hpp"
#include "platform/resource/input/check.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/query/projection.hpp"

#include <algorithm>
#include <iterator>

namespace terrace::resource {
namespace {

bool same(const FieldMeta& field, const void* a, const void* b) {
    return field.get(a) == field.get(b);
}

/// `{"fields":["name","phone"]}`: which columns differ, and whether `lists` do; values stay out of the audit. Empty
/// when nothing does.
std::string changed_fields(const Resource& resource, const void* before, const void* after,
                           const std::vector<std::string_view>& lists) {
    std::string changes;
    json::Writer writer(changes);
    bool any = false;
    writer.begin_object().key("fields").begin_array();
    for (const FieldMeta* field : resource.columns) {
        if (field->lookup || same(*field, before, after)) continue;
        writer.string(field->name);
        any = true;
    }
    for (const std::string_view list : lists) writer.string(list);
    any = any || !lists.empty();
    writer.end_array().end_object();
    return any ? changes : std::string();
}

template <class Writes>
std::vector<std::string_view> lists_of(const Writes& children) {
    std::vector<std::string_view> lists;
    for (const auto& write : children)
        if (std::ranges::find(lists, write.child->relation->name) == lists.end())
            lists.push_back(write.child->relation->name);
    return lists;
}

/// A copy of `previous` in which everything that a later body of the viewer may set has its initial value.
Object cleared(const Resource& resource, const void* previous, const Viewer& viewer) {
    Object object = resource.object_type.copy(previous);
    const Object initial = resource.object_type.make();
    for (const FieldMeta* field : resource.acceptable)
        if (field->source == FieldMeta::Source::column && !field->create_only && viewer.writes(*field))
            field->set(object.get(), field->get(initial.get()));
    return object;
}

FieldErrors changes_for_good(const Resource& resource, const void* before, const void* after) {
    FieldErrors errors;
    for (const FieldMeta* field : resource.acceptable)
        if (field->create_only && field->source == FieldMeta::Source::column && !same(*field, before, after))
            errors.emplace_back(field->name, faults::unchangeable());
    return errors;
}

bool is_archived(const Resource& resource, const db::Rows& rows, std::size_t row) {
    return !rows.is_null(row, *resource.find_column("archived_at"));
}

}  // namespace

Object object_from(const Resource& resource, const db::Rows& rows, std::size_t row) {
    Object object = resource.object_type.make();
    for (std::size_t i = 0; i < resource.columns.size(); ++i) {
        const FieldMeta& field = *resource.columns[i];
        field.set(object.get(), value_from_row(field.type, rows, row, i, field.scale));
    }
    return object;
}

Result<void> Engine::permit(const ChangeRequest& request, const StoredRow& stored) const {
    const bool archives = request.change == Change::archive || request.change == Change::restore;
    const Guard* guard =
        request.action ? request.action->guard.get() : resource_.guard(archives ? Act::archive : Act::update);
    if (!guard) return {};
    const Sight sight = guard->sight(request.caller.permissions.get(), request.caller.user);
    if (sight.whole() || sight.admits(object_from(resource_, stored.rows, stored.index).get())) return {};
    return std::unexpected(errors::permission_denied("Your role does not allow this here."));
}

/// A request that was done already is answered again, also when what it did took the object out of the rule.
Result<void> Engine::permit_unless_done(const ChangeRequest& request, const Stored& stored) const {
    return stored.kept ? Result<void>() : permit(request, {stored.id, stored.rows});
}

/// What `request` has to write over `stored`; an effect without a shape when it is so already.
Result<Engine::Pending> Engine::pending(const ChangeRequest& request, const StoredRow& stored,
                                        const std::vector<ChildWrite>& children) const {
    const std::int64_t version = stored.rows.integer(stored.index, resource_.version_column);
    const bool archive = request.change == Change::archive;
    if (archive || request.change == Change::restore) {
        if (is_archived(resource_, stored.rows, stored.index) == archive) return Pending{};
        Pending pending{.act = resource_.permission(archive ? "archive" : "restore")};
        pending.effect = writes_.archive(archive, stored.id, version, request.key,
                                         entry(request.caller, pending.act, stored.id, "{}"));
        pending.previous = object_from(resource_, stored.rows, stored.index);
        const void* const object = pending.previous.get();
        pending.touches = writes_.touches(request.caller.tenant->id, object, object);
        return pending;
    }
    const Viewer viewer(request.caller.permissions.get(), request.caller.user);
    Object previous = object_from(resource_, stored.rows, stored.index);
    if (!request.action)
        if (auto allowed = check_writable(resource_, viewer, request.body, previous.get()); !allowed)
            return std::unexpected(std::move(allowed).error());
    const Object object = request.change == Change::replace ? cleared(resource_, previous.get(), viewer)
                                                            : resource_.object_type.copy(previous.get());
    const Object input = resource_.input_type.make();
    if (!request.action) request.body.apply(object.get(), input.get());
    if (auto errors = changes_for_good(resource_, previous.get(), object.get()); !errors.empty())
        return std::unexpected(errors::validation_failed(std::move(errors)));
    WriteState state{.object = object.get(),
                     .previous = previous.get(),
                     .input = input.get(),
                     .tenant = *request.caller.tenant,
                     .user = request.caller.user};
    if (request.action)
        if (auto performed = perform(request, state); !performed) return std::unexpected(std::move(performed).error());
    TERRACE_TRY(before, complete(state));
    if (auto seen = permit(request.caller, Act::read, object.get()); !seen)
        return std::unexpected(std::move(seen).error());
    const std::string changes = changed_fields(resource_, previous.get(), object.get(), lists_of(children));
    Pending pending{.before = std::move(before)};
    if (request.action && request.action->output)
        pending.output = write_output(*request.action->output, state.output.get());
    // What an action adds to its unit, and what becomes of files, belongs to the version that it was judged by, and is
    // done once with it.
    if (changes.empty() && (!request.action || pending.before.empty())) return pending;
    std::optional<IdempotencyKey> key = request.key;
    if (key) key->answer = pending.output;
    pending.act = resource_.permission(request.action ? request.action->word() : "update");
    pending.effect = writes_.update(object.get(), previous.get(), version, key,
                                    entry(request.caller, pending.act, stored.id, changes.empty() ? "{}" : changes));
    pending.files = attachments(request.caller, stored.id, object.get(), previous.get());
    if ((request.action && !pending.before.empty()) || !children.empty() || !pending.files.empty()) {
        std::vector<Step> first{Step{writes_.hold(request.caller.tenant->id, {{stored.id, version}})}};
        pending.files.add_to(first);
        pending.before.insert(pending.before.begin(), std::make_move_iterator(first.begin()),
                              std::make_move_iterator(first.end()));
    }
    pending.touches = writes_.touches(request.caller.tenant->id, object.get(), previous.get());
    if (request.one_of_many) pending.order = writes_.order_of(object.get());
    if (!resource_.after_commit.empty()) pending.previous = std::move(previous);
    return pending;
}

boost::asio::awaitable<Result<http::Response>> Engine::change(api::Context& context, Change change,
                                                              const Action* action) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    ChangeRequest request{.caller = caller_of(context),
                          .change = change,
                          .action = action,
                          .key = std::nullopt,
                          .if_match = IfMatch::from(context.request),
                          .body = {}};
    TERRACE_CO_TRY(key, read_key(context.request, request.caller.user, change == Change::archive ? 204 : 200));
    request.key = std::move(key);
    auto stored = co_await load(request.caller, *id, request.key);
    if (!stored) co_return std::unexpected(std::move(stored).error());
    auto permitted = permit_unless_done(request, *stored);
    if (!permitted) co_return std::unexpected(std::move(permitted).error());
    if (change == Change::update || change == Change::replace) {
        const BodyMode mode = change == Change::update ? BodyMode::update : BodyMode::replace;
        TERRACE_CO_TRY(body, parse_body(resource_, context.request.body, mode, Viewer(*context.principal)));
        request.body = std::move(body);
    }
    if (action) {
        TERRACE_CO_TRY(body, parse_body(*action->input, context.request.body, BodyMode::create, Viewer::system()));
        request.body = std::move(body);
    }
    if (change == Change::restore) {
        auto empty = parse_empty_body(context.request.body);
        if (!empty) co_return std::unexpected(std::move(empty).error());
    }
    for (int i = 0; i < most_attempts; ++i) {
        auto response = co_await attempt(request, *stored);
        if (!response) co_return std::unexpected(std::move(response).error());
        if (*response) co_return std::move(**response);
        stored = co_await load(request.caller, *id, request.key);
        if (!stored) co_return std::unexpected(std::move(stored).error());
        permitted = permit_unless_done(request, *stored);
        if (!permitted) co_return std::unexpected(std::move(permitted).error());
    }
    co_return std::unexpected(errors::unavailable());
}

/// Nothing when another writer was faster.
boost::asio::awaitable<Result<std::optional<http::Response>>> Engine::attempt(const ChangeRequest& request,
                                                                              const Stored& stored) {
    if (stored.kept) {
        if (stored.kept->request_hash != request.key->request_hash) co_return std::unexpected(idempotency_mismatch());
        co_return co_await answer_again(stored, *stored.kept, request.caller);
    }
    const std::int64_t version = stored.rows.integer(0, resource_.version_column);
    if (request.if_match && !request.if_match->accepts(version)) co_return std::unexpected(errors::version_conflict());
    std::vector<ChildWrite> children;
    if (!request.body.nested.empty()) {
        TERRACE_CO_TRY(changed, co_await changed_children(request, stored.id));
        children = std::move(changed);
    }
    TERRACE_CO_TRY(pending, this->pending(request, {stored.id, stored.rows}, children));
    const bool writes = pending.effect.shape != nullptr;
    if (!writes && request.key) {
        IdempotencyKey key = *request.key;
        key.answer = pending.output;
        pending.effect = keep_key(key, request.caller.tenant->id, stored.id, version);
    }

    Written written;
    if (pending.effect.shape) {
        const bool held = request.action || !children.empty() || !pending.touches.empty() || !pending.files.empty();
        if (!pending.touches.empty())
            pending.touches.push_back({writes_.hold(request.caller.tenant->id, {{stored.id, version}})});
        pending.files.come_after(pending.touches.size());
        std::ranges::move(pending.before, std::back_inserter(pending.touches));
        auto done = co_await write(request.caller, {.id = stored.id,
                                                    .before = std::move(pending.touches),
                                                    .key = request.key,
                                                    .effect = std::move(pending.effect),
                                                    .children = std::move(children)});
        if (!done && request.key && is_key_taken(done.error().error)) co_return std::nullopt;
        const bool refused = !done && pending.files.refused(done.error().error);
        if (!done && held && !refused && is_overtaken(done.error().error)) co_return std::nullopt;
        if (!done) co_return std::unexpected(co_await error_of(request.caller, pending.files, done.error()));
        if (writes && done->object.empty()) co_return std::nullopt;
        written = std::move(*done);
        if (writes)
            co_await announce(request.caller, std::move(pending.act), written.object, std::move(pending.previous));
    }
    if (request.change == Change::archive) co_return http::Response::no_content();
    if (pending.output) co_return http::Response::json(200, std::move(*pending.output));
    if (writes) co_return co_await answer(written.object, request.caller, 200, std::move(written.lists));
    co_return co_await answer(stored.rows, request.caller, 200);
}

boost::asio::awaitable<Result<http::Response>> Engine::update(api::Context& context) {
    return change(context, Change::update);
}

boost::asio::awaitable<Result<http::Response>> Engine::replace(api::Context& context) {
    return change(context, Change::replace);
}

boost::asio::awaitable<Result<http::Response>> Engine::archive(api::Context& context) {
    return change(context, Change::archive);
}

boost::asio::awaitable<Result<http::Response>> Engine::restore(api::Context& context) {
    return change(context, Change::restore);
}

}  // namespace terrace::resource
