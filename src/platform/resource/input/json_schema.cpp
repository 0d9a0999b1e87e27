#include "platform/resource/input/json_schema.hpp"

#include "platform/api/body.hpp"
#include "platform/resource/values/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace terrace::resource {
namespace {

[[noreturn]] void refuse(const std::string& sentence) {
    throw std::logic_error(sentence);
}

constexpr unsigned bit(json::Kind kind) {
    return 1U << static_cast<unsigned>(kind);
}

/// `number` takes integers too.
unsigned kinds_named(std::string_view name) {
    using enum json::Kind;
    constexpr std::pair<std::string_view, unsigned> names[] = {
        {"null", bit(null)},       {"boolean", bit(boolean)},
        {"integer", bit(integer)}, {"number", bit(integer) | bit(number)},
        {"string", bit(string)},   {"array", bit(array)},
        {"object", bit(object)}};
    for (const auto& [known, kinds] : names)
        if (known == name) return kinds;
    refuse(fmt::format("`{}` is no type of JSON.", name));
}

std::vector<std::string> read_texts(std::string_view keyword, json::Value list) {
    std::vector<std::string> texts;
    list.each_element([&](json::Value element) {
        const auto text = element.as_string();
        if (!text) refuse(fmt::format("`{}` is a list of texts.", keyword));
        texts.emplace_back(*text);
    });
    return texts;
}

unsigned read_kinds(json::Value type) {
    if (const auto name = type.as_string()) return kinds_named(*name);
    unsigned kinds = 0;
    for (const std::string& name : read_texts("type", type)) kinds |= kinds_named(name);
    return kinds;
}

double read_number(std::string_view keyword, json::Value value) {
    const auto number = value.as_number();
    if (!number) refuse(fmt::format("`{}` is a number.", keyword));
    return *number;
}

std::int64_t read_count(std::string_view keyword, json::Value value) {
    const auto count = value.as_integer();
    if (!count || *count < 0) refuse(fmt::format("`{}` is a whole number from 0 on.", keyword));
    return *count;
}

bool is_annotation(std::string_view keyword) {
    return keyword == "title" || keyword == "description" || keyword == "examples" || keyword == "default";
}

}  // namespace

JsonSchema::JsonSchema(std::string_view text) {
    const auto document = json::Document::parse(text);
    if (!document) refuse(document.error().detail);
    read(document->root(), 1);
}

std::size_t JsonSchema::read(json::Value schema, std::size_t level) {
    if (schema.kind() != json::Kind::object) refuse("a schema is an object.");
    if (level > most_levels) refuse(fmt::format("it is nested deeper than {} levels.", most_levels));
    Node node;
    schema.each_member([&](std::string_view keyword, json::Value value) { read_keyword(node, keyword, value, level); });
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
}

void JsonSchema::read_keyword(Node& node, std::string_view keyword, json::Value value, std::size_t level) {
    if (keyword == "type")
        node.kinds = read_kinds(value);
    else if (keyword == "properties")
        value.each_member([&](std::string_view name, json::Value property) {
            node.properties.emplace_back(name, read(property, level + 1));
        });
    else if (keyword == "required")
        node.required = read_texts(keyword, value);
    else if (keyword == "additionalProperties" && value.as_bool())
        node.closed = !*value.as_bool();
    else if (keyword == "items")
        node.items = read(value, level + 1);
    else if (keyword == "enum")
        node.choices = read_texts(keyword, value);
    else if (keyword == "minimum")
        node.minimum = read_number(keyword, value);
    else if (keyword == "maximum")
        node.maximum = read_number(keyword, value);
    else if (keyword == "minLength")
        node.min_length = read_count(keyword, value);
    else if (keyword == "maxLength")
        node.max_length = read_count(keyword, value);
    else if (keyword == "minItems")
        node.min_items = read_count(keyword, value);
    else if (keyword == "maxItems")
        node.max_items = read_count(keyword, value);
    else if (!is_annotation(keyword))
        refuse(fmt::format("`{}` is not among the keywords that it may have (json_schema.hpp).", keyword));
}

/// One check under way.
struct JsonSchema::Checker {
    const JsonSchema& schema;
    FieldErrors& errors;

    void fail(const std::string& path, std::string code, std::string message) {
        if (errors.size() < most_errors) errors.emplace_back(path, FieldError{std::move(code), std::move(message)});
    }

    void check(const Node* node, json::Value value, const std::string& path, std::size_t level) {
        if (level > most_levels)
            return fail(path, "invalid", fmt::format("Nested deeper than {} levels.", most_levels));
        if (node && node->kinds != 0 && (node->kinds & bit(value.kind())) == 0)
            return fail(path, "invalid", fmt::format("Invalid data. Got {}.", api::kind_name(value.kind())));
        if (const auto text = value.as_string()) check_text(node, *text, path);
        if (const auto number = value.as_number()) check_number(node, *number, path);
        if (value.kind() == json::Kind::array) check_items(node, value, path, level);
        if (value.kind() == json::Kind::object) check_members(node, value, path, level);
    }

    void check_text(const Node* node, std::string_view text, const std::string& path) {
        if (text::has_control(text, true)) return fail(path, "invalid", "Control characters are not allowed.");
        if (!node) return;
        if (!node->choices.empty() && std::ranges::find(node->choices, text) == node->choices.end())
            return fail(path, "invalid_choice", "This is not a valid choice.");
        const auto length = static_cast<std::int64_t>(text::length(text));
        if (node->min_length && length < *node->min_length)
            fail(path, "min_length", fmt::format("Ensure this field has at least {} characters.", *node->min_length));
        if (node->max_length && length > *node->max_length)
            fail(path, "max_length",
                 fmt::format("Ensure this field has no more than {} characters.", *node->max_length));
    }

    /// What is beyond 64 bits would be answered as an integer that json::Document does not read again.
    void check_number(const Node* declared, double number, const std::string& path) {
        constexpr double beyond = 9'223'372'036'854'775'808.0;
        if (number > beyond || number < -beyond)
            return fail(path, "invalid", "Numbers beyond 64 bits are not accepted.");
        if (!declared) return;
        const Node& node = *declared;
        if (node.minimum && number < *node.minimum)
            fail(path, "min_value", fmt::format("Ensure this value is greater than or equal to {}.", *node.minimum));
        if (node.maximum && number > *node.maximum)
            fail(path, "max_value", fmt::format("Ensure this value is less than or equal to {}.", *node.maximum));
    }

    void check_items(const Node* node, json::Value array, const std::string& path, std::size_t level) {
        const auto size = static_cast<std::int64_t>(array.size());
        if (node && node->min_items && size < *node->min_items)
            fail(path, "min_length", fmt::format("Ensure this field has at least {} elements.", *node->min_items));
        if (node && node->max_items && size > *node->max_items)
            fail(path, "max_length", fmt::format("Ensure this field has no more than {} elements.", *node->max_items));
        const Node* const item = node && node->items ? &schema.nodes_[*node->items] : nullptr;
        std::size_t index = 0;
        array.each_element(
            [&](json::Value element) { check(item, element, fmt::format("{}.{}", path, index++), level + 1); });
    }

    void check_members(const Node* node, json::Value object, const std::string& path, std::size_t level) {
        if (node)
            for (const std::string& name : node->required)
                if (!object.find(name)) fail(fmt::format("{}.{}", path, name), "required", "This field is required.");
        object.each_member([&](std::string_view name, json::Value value) {
            const std::string below = fmt::format("{}.{}", path, name);
            if (text::has_control(name, false)) return fail(path, "invalid", "Control characters are not allowed.");
            const Node* const property = node ? property_of(*node, name) : nullptr;
            if (!property && node && node->closed) return fail(below, "unknown_field", "This field is not known.");
            check(property, value, below, level + 1);
        });
    }

    const Node* property_of(const Node& node, std::string_view name) const {
        const auto found = std::ranges::find(node.properties, name, &decltype(node.properties)::value_type::first);
        return found == node.properties.end() ? nullptr : &schema.nodes_[found->second];
    }
};

void JsonSchema::check(json::Value value, std::string name, FieldErrors& errors) const {
    Checker{*this, errors}.check(&nodes_.back(), value, name, 1);
}

}  // namespace terrace::resource
