#include "platform/resource/resource.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <stdexcept>

namespace terrace::resource {

std::string Resource::permission(std::string_view action) const {
    return fmt::format("{}.{}", name, action);
}

std::string Resource::permission(Act act) const {
    return permission(to_string(act));
}

std::string Resource::path() const {
    return fmt::format("/api/v1/{}", name);
}

std::optional<std::size_t> Resource::find_column(std::string_view name) const {
    // A member's name is one text in the whole program (name_of): computed fields ask by it for every row.
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i]->name.data() == name.data() && columns[i]->name.size() == name.size()) return i;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i]->name == name) return i;
    return {};
}

const FieldMeta& Resource::column(std::string_view name) const {
    const auto index = find_column(name);
    if (!index) throw std::logic_error(fmt::format("the resource {} has no column {}", this->name, name));
    return *columns[*index];
}

const re2::RE2* Resource::pattern_of(const FieldMeta& field) const {
    return patterns[static_cast<std::size_t>(&field - fields.data())].get();
}

const JsonSchema& Resource::json_schema_of(const FieldMeta& field) const {
    return *json_schemas[static_cast<std::size_t>(&field - fields.data())];
}

Value Row::value(std::string_view name) const {
    const auto column = resource.find_column(name);
    if (!column) throw std::logic_error(fmt::format("the resource {} has no column {}", resource.name, name));
    const FieldMeta& field = *resource.columns[*column];
    return value_from_row(field.type, rows, index, *column, field.scale);
}

}  // namespace terrace::resource
