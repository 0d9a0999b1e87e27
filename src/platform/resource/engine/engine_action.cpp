#include "platform/resource/engine/engine_state.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/query/projection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace terrace::resource {
namespace {

http::Response answered_again(const KeptKey& kept) {
    http::Response response = http::Response::json(kept.status, kept.answer.value_or("{}"));
    response.header("Idempotency-Replayed", "true");
    return response;
}

}  // namespace

Result<void> check_step(const Resource& resource, const Action& action, const void* object) {
    const Action::Transition& transition = *action.transition;
    const auto now = std::get<std::string>(transition.meta->get(object));
    if (std::ranges::find(transition.from, now) != transition.from.end()) return {};
    return std::unexpected(
        errors::conflict("invalid_transition", fmt::format("This {} is {}; {} takes one that is {}.", resource.object,
                                                           now, action.name, transition.sources())));
}

/// Runs the action on the object that is about to be stored.
Result<void> Engine::perform(const ChangeRequest& request, WriteState& state) const {
    const Action& action = *request.action;
    if (action.transition) {
        if (auto allowed = check_step(resource_, action, state.object); !allowed) return allowed;
        action.transition->meta->set(state.object, std::string(action.transition->to));
    }
    const Object input = action.input_type.make();
    request.body.apply(state.object, input.get());
    const void* const of_resource = std::exchange(state.input, input.get());
    if (action.run) action.run(state);
    state.input = of_resource;
    if (state.refusal) return std::unexpected(*std::move(state.refusal));
    if (!state.errors.empty()) return std::unexpected(errors::validation_failed(std::move(state.errors)));
    return {};
}

boost::asio::awaitable<Result<http::Response>> Engine::act(api::Context& context, const Action& action) {
    return change(context, Change::act, &action);
}

boost::asio::awaitable<Result<std::optional<KeptKey>>> Engine::find_kept(const Caller& caller,
                                                                         const IdempotencyKey& key) {
    db::Statement find = find_key(key, caller.tenant->id);
    auto rows = co_await database_.run(caller.scope, db::UnitKind::point_read, *find.shape, std::move(find.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    auto kept = kept_key(*rows);
    if (kept && kept->request_hash != key.request_hash) co_return std::unexpected(idempotency_mismatch());
    co_return kept;
}

/// The action, its audit and its key in one transaction; its answer.
boost::asio::awaitable<db::DbResult<Result<std::string>>> Engine::transact(const Caller& caller, const Action& action,
                                                                           const void* input,
                                                                           std::optional<IdempotencyKey> key) {
    auto lease = co_await database_.lease(caller.scope);
    if (!lease) co_return std::unexpected(std::move(lease).error());
    TransactionState state{.input = input,
                           .tenant = *caller.tenant,
                           .user = caller.user,
                           .permissions = caller.permissions.get(),
                           .lease = *lease,
                           .error_of = [this](const db::DbError& error) { return error_of(error); }};
    auto output = co_await action.run_on_list(state);
    if (!output) co_return Result<std::string>(std::unexpected(std::move(output).error()));
    std::string answer = write_output(*action.output, output->get());

    std::vector<db::Statement> last;
    const std::string name = resource_.permission(action.word());
    last.push_back(audit::insert(entry(caller, name, Uuid(), "{}")));
    if (key) {
        key->answer = answer;
        last.push_back(forget_expired_key(*key, caller.tenant->id));
        last.push_back(keep_key(*key, caller.tenant->id, Uuid(), 0));
    }
    for (db::Statement& statement : last) {
        auto done = co_await lease->run(*statement.shape, std::move(statement.params));
        if (!done) co_return std::unexpected(std::move(done).error());
    }
    auto committed = co_await lease->commit();
    if (!committed) co_return std::unexpected(std::move(committed).error());
    co_return answer;
}

boost::asio::awaitable<Result<http::Response>> Engine::act_on_list(api::Context& context, const Action& action) {
    const Caller caller = caller_of(context);
    TERRACE_CO_TRY(key, read_key(context.request, caller.user, 200));
    TERRACE_CO_TRY(body, parse_body(*action.input, context.request.body, BodyMode::create, Viewer::system()));
    const Object input = action.input_type.make();
    body.apply(nullptr, input.get());
    if (key) {
        TERRACE_CO_TRY(kept, co_await find_kept(caller, *key));
        if (kept) co_return answered_again(*kept);
    }
    auto answer = co_await transact(caller, action, input.get(), key);
    if (!answer && key && is_key_taken(answer.error())) {
        TERRACE_CO_TRY(kept, co_await find_kept(caller, *key));
        if (kept) co_return answered_again(*kept);
        co_return std::unexpected(errors::unavailable());
    }
    if (!answer) co_return std::unexpected(error_of(answer.error()));
    if (!*answer) co_return std::unexpected(std::move(*answer).error());
    co_return http::Response::json(200, std::move(**answer));
}

}  // namespace terrace::resource
