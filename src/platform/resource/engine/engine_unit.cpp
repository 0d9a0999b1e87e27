#include "platform/resource/engine/engine_state.hpp"
#include "platform/resource/input/viewer.hpp"

#include <iterator>
#include <map>
#include <utility>

namespace terrace::resource {

/// One unit: what goes before, the object, its children, and what its lists then are. The children that were there
/// before are held, so that nothing is kept where another writer has changed one.
boost::asio::awaitable<std::expected<Engine::Written, Engine::WriteFault>> Engine::write(const Caller& caller,
                                                                                         Writing writing) {
    db::Unit unit{.kind = db::UnitKind::write, .ahead = writing.ahead};
    std::vector<const ChildWrite*> owners;  // of the statements, by their place
    const auto add = [&](db::Statement statement, const ChildWrite* owner = nullptr) {
        unit.statements.push_back(std::move(statement));
        owners.push_back(owner);
    };
    for (Step& step : writing.before) add(std::move(step.statement));
    for (const Child& child : children_) {
        std::vector<std::pair<Uuid, std::int64_t>> held;
        for (const ChildWrite& write : writing.children)
            if (write.child == &child && write.version) held.emplace_back(write.id, *write.version);
        if (!held.empty()) add(child.engine->writes_.hold(caller.tenant->id, held));
    }
    std::multimap<std::string_view, std::pair<Step*, const ChildWrite*>> steps;
    for (ChildWrite& write : writing.children)
        for (Step& step : write.pending.before) steps.emplace(step.order, std::pair(&step, &write));
    for (auto& [order, step] : steps) add(std::move(step.first->statement), step.second);
    if (writing.key) add(forget_expired_key(*writing.key, caller.tenant->id));
    const std::size_t effect = owners.size();
    add(std::move(writing.effect));
    for (ChildWrite& write : writing.children) add(std::move(write.pending.effect), &write);
    const Projection projection = whole(resource_, Viewer(caller.permissions.get(), caller.user));
    if (!projection.related.empty())
        for (db::Statement& list : reader(caller).children_of(writing.id, projection)) add(std::move(list));

    auto rows = co_await database_.run(caller.scope, std::move(unit));
    if (!rows) {
        WriteFault fault{std::move(rows).error(), std::nullopt};
        const auto place = fault.error.statement;
        const ChildWrite* const owner = place && *place < owners.size() ? owners[*place] : nullptr;
        if (owner) fault.of_child = error_of(*owner, fault.error);
        co_return std::unexpected(std::move(fault));
    }
    Written written{.object = std::move((*rows)[effect]), .lists = {}};
    const auto lists = rows->begin() + static_cast<std::ptrdiff_t>(effect + 1 + writing.children.size());
    written.lists.assign(std::move_iterator(lists), std::move_iterator(rows->end()));
    for (std::size_t i = 0; i < writing.children.size(); ++i) {
        ChildWrite& write = writing.children[i];
        co_await write.child->engine->announce(caller, std::move(write.pending.act), (*rows)[effect + 1 + i],
                                               std::move(write.pending.previous));
    }
    co_return written;
}

}  // namespace terrace::resource
