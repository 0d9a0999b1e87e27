#include "platform/api/body.hpp"
#include "platform/resource/input/check_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace terrace::resource::checks {
namespace {

std::optional<FieldError> check_size(const FieldMeta& field, json::Value value) {
    if (value.kind() != json::Kind::array)
        return FieldError{"not_a_list",
                          fmt::format("Expected a list of items but got type \"{}\".", api::kind_name(value.kind()))};
    if (value.size() < field.min_items)
        return FieldError{"min_length", fmt::format("Ensure this field has at least {} elements.", field.min_items)};
    if (value.size() > field.max_items)
        return FieldError{"max_length",
                          fmt::format("Ensure this field has no more than {} elements.", field.max_items)};
    return {};
}

/// The elements as the type of the list; one that stood before is left out where the items are unique.
template <class Element>
std::expected<Value, FieldErrors> check_elements(const Resource& resource, const FieldMeta& field, json::Value list) {
    std::vector<Element> elements;
    FieldErrors errors;
    std::size_t index = 0;
    list.each_element([&](json::Value element) {
        auto checked = [&]() -> Checked {
            if (element.is_null()) return std::unexpected(faults::null());
            if constexpr (std::is_same_v<Element, std::string>) return check_text(resource, field, element);
            return check_integer(field, element);
        }();
        if (!checked)
            errors.emplace_back(fmt::format("{}.{}", field.name, index), std::move(checked.error()));
        else if (auto& value = std::get<Element>(*checked);
                 !field.unique_items || std::ranges::find(elements, value) == elements.end())
            elements.push_back(std::move(value));
        ++index;
    });
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return Value(std::move(elements));
}

}  // namespace

std::expected<Value, FieldErrors> check_list(const Resource& resource, const FieldMeta& field, json::Value value) {
    if (auto error = check_size(field, value))
        return std::unexpected(FieldErrors{{std::string(field.name), std::move(*error)}});
    if (field.type == Type::texts) return check_elements<std::string>(resource, field, value);
    return check_elements<std::int64_t>(resource, field, value);
}

}  // namespace terrace::resource::checks
