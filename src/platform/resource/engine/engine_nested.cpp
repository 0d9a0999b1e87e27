#include "platform/resource/engine/engine_state.hpp"
#include "platform/resource/input/check.hpp"
#include "platform/resource/input/viewer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace terrace::resource {
namespace {

Viewer viewer_of(const Caller& caller) {
    return {caller.permissions.get(), caller.user};
}

/// An error of a child as one of its parent. What has no fields stays what it is, such as a 403 or a 409.
Error within(std::string_view path, Error error) {
    for (auto& [field, fault] : error.fields) field = fmt::format("{}.{}", path, field);
    return error;
}

/// The faults of all children; the first error that is of no field ends the request.
class Faults {
  public:
    void add(std::string_view field, FieldError fault) { fields_.emplace_back(field, std::move(fault)); }
    void add(Error error) {
        if (error.status == 400)
            std::ranges::move(error.fields, std::back_inserter(fields_));
        else if (!other_)
            other_ = std::move(error);
    }
    /// Nothing where there is none.
    std::optional<Error> error() && {
        if (other_) return std::move(other_);
        if (fields_.empty()) return {};
        return errors::validation_failed(std::move(fields_));
    }

  private:
    FieldErrors fields_;
    std::optional<Error> other_;
};

Error not_permitted(std::string_view act, const Resource& resource) {
    return errors::permission_denied(fmt::format("Your role does not allow you to {} {}.", act, resource.name));
}

/// What frees a unique value goes first. Equal kinds go by their unique values, in one order for all requests.
void put_in_order(auto& writes) {
    const auto rank = [](const auto& write) { return write.removes ? 0 : write.version ? 1 : 2; };
    std::ranges::sort(writes, {}, [&](const auto& write) {
        return std::tuple(rank(write), std::string_view(write.pending.order), write.id);
    });
}

}  // namespace

const Engine::Child& Engine::child(const Relation& relation) const {
    return *std::ranges::find(children_, &relation, &Child::relation);
}

Result<Engine::ChildWrite> Engine::create_child(const Caller& caller, const Relation& relation, const Uuid& parent,
                                                const Body& body) const {
    if (!viewer_of(caller).may(Act::create, resource_)) return std::unexpected(not_permitted("create", resource_));
    TERRACE_TRY(draft, this->draft(caller, body));
    const void* const object = draft.object.get();
    relation.by->set(draft.object.get(), parent);
    TERRACE_TRY(before, prepare(caller, draft));
    Pending pending{.before = std::move(before), .act = resource_.permission(Act::create)};
    const audit::Entry audited = entry(caller, pending.act, draft.id, "{}");
    pending.effect = resource_.number ? writes_.insert_numbering(object, std::nullopt, audited)
                                      : writes_.insert(object, std::nullopt, audited);
    pending.order = writes_.order_of(object);
    return ChildWrite{.id = draft.id, .version = std::nullopt, .pending = std::move(pending)};
}

/// Nothing where it is so already.
Result<std::optional<Engine::ChildWrite>> Engine::change_child(const ChangeRequest& request,
                                                               const StoredRow& stored) const {
    TERRACE_TRY(pending, this->pending(request, stored, {}));
    if (!pending.effect.shape) return std::nullopt;
    if (!viewer_of(request.caller).may(Act::update, resource_))
        return std::unexpected(not_permitted("update", resource_));
    if (auto permitted = permit(request, stored); !permitted) return std::unexpected(std::move(permitted).error());
    return ChildWrite{.id = stored.id,
                      .version = stored.rows.integer(stored.index, resource_.version_column),
                      .pending = std::move(pending)};
}

Result<Engine::ChildWrite> Engine::remove_child(const Caller& caller, const StoredRow& stored) const {
    if (!viewer_of(caller).may(Act::archive, resource_)) return std::unexpected(not_permitted("remove", resource_));
    const ChangeRequest request{
        .caller = caller, .change = Change::archive, .action = nullptr, .key = {}, .if_match = {}, .body = {}};
    if (auto permitted = permit(request, stored); !permitted) return std::unexpected(std::move(permitted).error());
    ChildWrite write{.id = stored.id,
                     .version = stored.rows.integer(stored.index, resource_.version_column),
                     .pending = {},
                     .removes = true};
    if (resource_.archivable) {
        TERRACE_TRY(pending, this->pending(request, stored, {}));
        write.pending = std::move(pending);
        return write;
    }
    write.pending.act = resource_.permission("remove");
    write.pending.previous = object_from(resource_, stored.rows, stored.index);
    write.pending.effect = writes_.remove(write.pending.previous.get(), stored.id, *write.version,
                                          entry(caller, write.pending.act, stored.id, "{}"));
    return write;
}

Result<std::vector<Engine::ChildWrite>> Engine::new_children(const Caller& caller, const Draft& parent) const {
    std::vector<ChildWrite> writes;
    Faults faults;
    for (const NestedList& list : parent.nested) {
        const Child& child = this->child(*list.relation);
        for (const NestedList::Element& element : list.elements) {
            std::string path = fmt::format("{}.{}", list.relation->name, element.index);
            auto write = child.engine->create_child(caller, *list.relation, parent.id, element.body);
            if (!write) {
                faults.add(within(path, std::move(write).error()));
                continue;
            }
            write->child = &child;
            write->path = std::move(path);
            writes.push_back(std::move(*write));
        }
    }
    if (auto error = std::move(faults).error()) return std::unexpected(*std::move(error));
    put_in_order(writes);
    return writes;
}

/// The stored children of one list, and what the request does to them.
class Engine::ListChange {
  public:
    ListChange(const ChangeRequest& request, const Child& child, const Uuid& parent, const db::Rows& rows)
        : request_(request), child_(child), parent_(parent), rows_(rows) {
        const Resource& resource = *child.relation->resource;
        for (std::size_t i = 0; i < rows.size(); ++i) places_.emplace(rows.uuid(i, resource.id_column), i);
    }

    void apply(const NestedList& list, std::vector<ChildWrite>& writes, Faults& faults) {
        const std::string_view name = child_.relation->name;
        if (rows_.size() > child_.relation->most)
            return faults.add(name, {"max_length", "This list is too long to be written as a whole."});
        for (const NestedList::Element& element : list.elements) {
            const std::string path = fmt::format("{}.{}", name, element.index);
            if (element.id)
                change(element, path, writes, faults);
            else
                add(child_.engine->create_child(request_.caller, *child_.relation, parent_, element.body), path, writes,
                    faults);
        }
        remove_others(list, writes, faults);
        const auto created = std::ranges::count_if(list.elements, [](const auto& element) { return !element.id; });
        if (rows_.size() - removed_ + static_cast<std::size_t>(created) > child_.relation->most)
            faults.add(name, {"max_length",
                              fmt::format("Ensure this field has no more than {} elements.", child_.relation->most)});
    }

  private:
    StoredRow stored(const Uuid& id) const { return {id, rows_, places_.at(id)}; }

    void change(const NestedList::Element& element, const std::string& path, std::vector<ChildWrite>& writes,
                Faults& faults) {
        if (!places_.contains(*element.id)) return faults.add(path + ".id", faults::does_not_exist());
        named_.insert(*element.id);
        const OnChild policy = child_.relation->writes->update;
        if (policy == OnChild::ignore) return;
        ChangeRequest request{.caller = request_.caller,
                              .change = request_.change,
                              .action = nullptr,
                              .key = {},
                              .if_match = {},
                              .body = element.body,
                              .one_of_many = true};
        auto write = child_.engine->change_child(request, stored(*element.id));
        if (!write) return faults.add(within(path, std::move(write).error()));
        if (!*write) return;
        if (policy == OnChild::refuse)
            return faults.add(path + ".non_field_errors", {"invalid", "This cannot be changed here."});
        add(std::move(**write), path, writes, faults);
    }

    void remove_others(const NestedList& list, std::vector<ChildWrite>& writes, Faults& faults) {
        const OnChild policy = child_.relation->writes->remove;
        const std::string_view name = child_.relation->name;
        // A PUT without the list by one who may remove nothing leaves it, as it leaves fields that are not theirs.
        const bool may = viewer_of(request_.caller).may(Act::archive, *child_.relation->resource);
        if (policy == OnChild::ignore || (!list.given && !may)) return;
        for (std::size_t place = 0; place < rows_.size(); ++place) {
            const Uuid id = rows_.uuid(place, child_.relation->resource->id_column);
            if (named_.contains(id)) continue;
            ++removed_;
            if (policy == OnChild::refuse)
                return faults.add(name, {"invalid", "What is in this list stays in it; the body leaves some out."});
            add(child_.engine->remove_child(request_.caller, {id, rows_, place}), std::string(name), writes, faults);
        }
    }

    void add(Result<ChildWrite> write, std::string path, std::vector<ChildWrite>& writes, Faults& faults) {
        if (!write) return faults.add(within(path, std::move(write).error()));
        write->child = &child_;
        write->path = std::move(path);
        writes.push_back(std::move(*write));
    }

    const ChangeRequest& request_;
    const Child& child_;
    const Uuid& parent_;
    const db::Rows& rows_;
    std::unordered_map<Uuid, std::size_t> places_;
    std::unordered_set<Uuid> named_;
    std::size_t removed_ = 0;
};

/// What the parent's version says of its children holds: who writes them by way of it is found by its lock, and who
/// writes one by itself by that of the child.
boost::asio::awaitable<Result<std::vector<Engine::ChildWrite>>> Engine::changed_children(const ChangeRequest& request,
                                                                                         const Uuid& parent) const {
    const RelatedReader reader = this->reader(request.caller);
    db::Unit unit{.kind = db::UnitKind::point_read};
    for (const NestedList& list : request.body.nested)
        unit.statements.push_back(reader.children_of(parent, *list.relation));
    auto rows = co_await database_.run(request.caller.scope, std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    std::vector<ChildWrite> writes;
    Faults faults;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const NestedList& list = request.body.nested[i];
        ListChange(request, child(*list.relation), parent, (*rows)[i]).apply(list, writes, faults);
    }
    if (auto error = std::move(faults).error()) co_return std::unexpected(*std::move(error));
    put_in_order(writes);
    co_return writes;
}

Error Engine::error_of(const ChildWrite& write, const db::DbError& error) {
    if (write.removes && error.kind == db::DbError::Kind::constraint)
        return errors::validation_failed(
            {{write.path, {"in_use", "Something that this list leaves out is referred to elsewhere."}}});
    return within(write.path, write.child->engine->error_of(error));
}

}  // namespace terrace::resource
