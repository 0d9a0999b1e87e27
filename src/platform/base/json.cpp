#include "platform/base/json.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <vector>

namespace terrace::json {

namespace dom = simdjson::dom;

namespace {

constexpr std::size_t deepest = 64;
constexpr std::string_view too_deep = "The JSON is nested more than 64 levels deep.";

/// What simdjson lets pass and we do not; `depth` counts the arrays and objects around the element.
std::optional<std::string> find_fault(dom::element element, std::size_t depth);

bool has_nul(std::string_view text) {
    return text.find('\0') != text.npos;
}

std::optional<std::string> find_fault(dom::object object, std::size_t depth) {
    std::vector<std::string_view> names;
    for (const dom::key_value_pair member : object) {
        if (has_nul(member.key)) return "A member's name contains a NUL character.";
        if (auto fault = find_fault(member.value, depth)) return fault;
        names.push_back(member.key);
    }
    std::ranges::sort(names);
    if (const auto twice = std::ranges::adjacent_find(names); twice != names.end())
        return fmt::format("The member \"{}\" stands twice in one object.", twice->substr(0, 64));
    return {};
}

std::optional<std::string> find_fault(dom::element element, std::size_t depth) {
    const bool container = element.is_array() || element.is_object();
    if (container && depth == deepest) return std::string(too_deep);
    switch (element.type()) {
        case dom::element_type::STRING:
            if (has_nul(element.get_string().value_unsafe())) return "A text contains a NUL character.";
            return {};
        case dom::element_type::ARRAY:
            for (const dom::element child : element.get_array().value_unsafe())
                if (auto fault = find_fault(child, depth + 1)) return fault;
            return {};
        case dom::element_type::OBJECT:
            return find_fault(element.get_object().value_unsafe(), depth + 1);
        default:
            return {};
    }
}

std::string explain(simdjson::error_code error) {
    switch (error) {
        case simdjson::EMPTY:
            return "The text is empty; JSON was expected.";
        case simdjson::DEPTH_ERROR:
            return std::string(too_deep);
        case simdjson::UTF8_ERROR:
            return "The text is not valid UTF-8.";
        case simdjson::NUMBER_ERROR:
            return "The JSON contains a number that is malformed or too large.";
        case simdjson::STRING_ERROR:
        case simdjson::UNCLOSED_STRING:
        case simdjson::UNESCAPED_CHARS:
            return "The JSON contains a malformed or unfinished text.";
        default:
            return "The text is not well-formed JSON.";
    }
}

}  // namespace

struct Document::Impl {
    dom::document document;
};

/// Converts between a Value and the simdjson element whose bytes it carries.
struct Access {
    static Value wrap(dom::element element) {
        Value value;
        value.words_ = std::bit_cast<Value::Words>(element);
        return value;
    }
    static dom::element unwrap(const Value& value) { return std::bit_cast<dom::element>(value.words_); }
};

Kind Value::kind() const {
    switch (Access::unwrap(*this).type()) {
        case dom::element_type::ARRAY:
            return Kind::array;
        case dom::element_type::OBJECT:
            return Kind::object;
        case dom::element_type::INT64:
            return Kind::integer;
        case dom::element_type::UINT64:  // only what does not fit an int64
        case dom::element_type::DOUBLE:
            return Kind::number;
        case dom::element_type::STRING:
            return Kind::string;
        case dom::element_type::BOOL:
            return Kind::boolean;
        case dom::element_type::NULL_VALUE:
            return Kind::null;
    }
    std::unreachable();
}

std::optional<bool> Value::as_bool() const {
    bool value = false;
    if (Access::unwrap(*this).get_bool().get(value) != simdjson::SUCCESS) return {};
    return value;
}

std::optional<std::int64_t> Value::as_integer() const {
    if (kind() != Kind::integer) return {};
    return Access::unwrap(*this).get_int64().value_unsafe();
}

std::optional<double> Value::as_number() const {
    double value = 0;
    if (Access::unwrap(*this).get_double().get(value) != simdjson::SUCCESS) return {};
    return value;
}

std::optional<std::string_view> Value::as_string() const {
    std::string_view value;
    if (Access::unwrap(*this).get_string().get(value) != simdjson::SUCCESS) return {};
    return value;
}

std::optional<Value> Value::find(std::string_view key) const {
    dom::object object;
    if (Access::unwrap(*this).get_object().get(object) != simdjson::SUCCESS) return {};
    dom::element found;
    if (object.at_key(key).get(found) != simdjson::SUCCESS) return {};
    return Access::wrap(found);
}

std::size_t Value::size() const {
    std::size_t count = 0;
    if (kind() == Kind::array) each_element([&](Value) { ++count; });
    if (kind() == Kind::object) each_member([&](std::string_view, Value) { ++count; });
    return count;
}

void Value::visit_members(void (*visit)(void*, std::string_view, Value), void* context) const {
    dom::object object;
    if (Access::unwrap(*this).get_object().get(object) != simdjson::SUCCESS) return;
    for (const dom::key_value_pair member : object) visit(context, member.key, Access::wrap(member.value));
}

void Value::visit_elements(void (*visit)(void*, Value), void* context) const {
    dom::array array;
    if (Access::unwrap(*this).get_array().get(array) != simdjson::SUCCESS) return;
    for (const dom::element element : array) visit(context, Access::wrap(element));
}

Document::Document() : impl_(std::make_unique<Impl>()) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view text) {
    thread_local dom::parser parser;
    // simdjson counts a level differently where the innermost is empty: it gets one more, find_fault counts exactly.
    if (parser.capacity() < text.size() || parser.max_depth() != deepest + 1)
        if (parser.allocate(std::max<std::size_t>(text.size(), 4096), deepest + 1) != simdjson::SUCCESS)
            throw std::bad_alloc();
    Document document;
    dom::element root;
    const auto error = parser.parse_into_document(document.impl_->document, text.data(), text.size()).get(root);
    if (error != simdjson::SUCCESS) return std::unexpected(errors::parse_error(explain(error)));
    if (auto fault = find_fault(root, 0)) return std::unexpected(errors::parse_error(std::move(*fault)));
    return document;
}

Value Document::root() const {
    return Access::wrap(impl_->document.root());
}

}  // namespace terrace::json
