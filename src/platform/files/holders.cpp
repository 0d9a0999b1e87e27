#include "platform/files/holders.hpp"

#include "platform/base/mutant.hpp"
#include "platform/resource/input/viewer.hpp"

#include <algorithm>

namespace terrace::files {
namespace {

using resource::FieldMeta;
using resource::Resource;

bool may_read_any(const Resource& resource, const access::Principal& caller) {
    const resource::Guard* guard = resource.guard(resource::Act::read);
    return guard ? guard->admits(caller) : caller.may(resource.permission("read"));
}

resource::Sight sight_of(const Resource& resource, const access::Principal& caller) {
    const resource::Guard* guard = resource.guard(resource::Act::read);
    return guard ? guard->sight(caller.permissions.get(), caller.user) : resource::Sight::of_everything();
}

/// The column of the field, where the caller sees it.
std::optional<std::size_t> column_seen(const Resource& resource, const access::Principal& caller,
                                       std::string_view field) {
    const auto column = resource.find_column(field);
    if (!column) return {};
    const FieldMeta& meta = *resource.columns[*column];
    if (!meta.shown || meta.type != resource::Type::file || !resource::Viewer(caller).sees(meta)) return {};
    return column;
}

}  // namespace

Holders::Holders(const std::vector<const Resource*>& resources, std::vector<std::string_view> seen_by_members)
    : seen_by_members_(std::move(seen_by_members)) {
    for (const Resource* resource : resources) {
        const bool holds = std::ranges::any_of(
            resource->columns, [](const FieldMeta* field) { return field->type == resource::Type::file; });
        if (holds) holders_.push_back(std::make_unique<const Holder>(resource, resource::WriteStatements(*resource)));
    }
}

const Holders::Holder* Holders::find(std::string_view object_type) const {
    const auto found =
        std::ranges::find_if(holders_, [&](const auto& holder) { return holder->resource->object == object_type; });
    return found == holders_.end() ? nullptr : found->get();
}

boost::asio::awaitable<Result<bool>> Holders::admit(db::Database& database, const api::Context& context,
                                                    const File& file) const {
    const access::Principal& caller = *context.principal;
    if (!file.place) co_return file.created_by == caller.user || mutant("uploads-of-colleagues-shown");
    if (std::ranges::find(seen_by_members_, file.place->object_type) != seen_by_members_.end())
        co_return file.attached();
    const Holder* holder = find(file.place->object_type);
    if (!holder || !file.attached() || !may_read_any(*holder->resource, caller)) co_return false;
    const auto column = column_seen(*holder->resource, caller, file.place->field);
    if (!column) co_return false;
    db::Statement read =
        holder->statements.read(context.tenant->id, file.place->object, sight_of(*holder->resource, caller));
    auto rows = co_await database.run(*context.scope, db::UnitKind::point_read, *read.shape, std::move(read.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    co_return !rows->empty() &&
        resource::value_from_row(resource::Type::file, *rows, 0, *column) == resource::Value(resource::File{file.id});
}

}  // namespace terrace::files
