#include "platform/resource/input/bulk.hpp"

#include "platform/http/problem.hpp"
#include "platform/resource/input/check.hpp"

#include <fmt/format.h>

#include <set>
#include <stdexcept>

namespace terrace::resource {
namespace {

/// What stands between the ids and the errors of a kept outcome; no id holds it.
constexpr std::string_view errors_member = "],\"errors\":";

Error of_whole(std::string code, std::string message) {
    return errors::validation_failed({{"non_field_errors", {std::move(code), std::move(message)}}});
}

Error of_field(std::string_view field, FieldError error) {
    return errors::validation_failed({{std::string(field), std::move(error)}});
}

std::expected<Uuid, FieldError> read_id(std::optional<json::Value> value) {
    if (!value) return std::unexpected(faults::required());
    if (value->is_null()) return std::unexpected(faults::null());
    const auto text = value->as_string();
    const auto id = text ? Uuid::parse(*text) : std::nullopt;
    if (!id) return std::unexpected(FieldError{"invalid", "Must be a valid UUID."});
    return *id;
}

std::expected<std::optional<std::int64_t>, FieldError> read_version(std::optional<json::Value> value) {
    if (!value) return std::nullopt;
    const auto version = value->as_integer();
    if (!version) return std::unexpected(FieldError{"invalid", "A valid integer is required."});
    return version;
}

Result<BulkTarget> read_change(const Resource& resource, json::Value element, const Viewer& viewer) {
    TERRACE_TRY(body, read_body(resource, element, BodyMode::update, viewer));
    const auto id = read_id(element.find("id"));
    if (!id) return std::unexpected(of_field("id", id.error()));
    const auto version = read_version(element.find("version"));
    if (!version) return std::unexpected(of_field("version", version.error()));
    return BulkTarget{*id, *version, std::move(body)};
}

Result<BulkTarget> read_target(json::Value element) {
    const auto id = read_id(element);
    if (!id) return std::unexpected(of_field("id", id.error()));
    return BulkTarget{*id, std::nullopt, {}};
}

/// Each element by `read`; an object that is named twice is an error of the second.
template <class Read>
BulkTargets read_targets(const std::vector<json::Value>& elements, Read read) {
    BulkTargets targets;
    std::set<Uuid> seen;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        Result<BulkTarget> target = read(elements[i]);
        if (target && !seen.insert(target->id).second)
            target = std::unexpected(of_field("id", {"unique", "This object is named twice."}));
        if (target) {
            targets.all.emplace_back(std::move(*target));
        } else {
            targets.errors.add(i, std::move(target).error());
            targets.all.emplace_back();
        }
    }
    return targets;
}

[[noreturn]] void malformed() {
    throw std::logic_error("what is kept of a request over many objects cannot be read");
}

}  // namespace

void BulkErrors::add(std::size_t index, Error error) {
    FieldErrors& errors = by_index_[index];
    if (!error.fields.empty() && count_ >= most_fields)
        errors = {std::move(error.fields.front())};
    else if (!error.fields.empty())
        errors = std::move(error.fields);
    else if (error.status == 404)
        errors.push_back({"id", {"does_not_exist", "There is no such object."}});
    else
        errors.push_back({"non_field_errors", {std::move(error.code), std::move(error.detail)}});
    count_ += errors.size();
}

std::string BulkErrors::json() const {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    for (const auto& [index, errors] : by_index_) http::write_errors(writer.key(std::to_string(index)), errors);
    writer.end_object();
    return text;
}

Error BulkErrors::error() const {
    return {.status = 400,
            .code = "bulk_failed",
            .detail = "Some of the objects are not valid.",
            .extension = "\"errors\":" + json()};
}

Result<std::vector<json::Value>> read_list(json::Value root, std::size_t most) {
    if (root.kind() != json::Kind::array) return std::unexpected(of_whole("not_a_list", "Expected a list of items."));
    std::vector<json::Value> elements;
    root.each_element([&](json::Value element) { elements.push_back(element); });
    if (elements.empty()) return std::unexpected(of_whole("empty", "This list may not be empty."));
    if (elements.size() > most)
        return std::unexpected(
            of_whole("max_length", fmt::format("Ensure this list has no more than {} elements.", most)));
    return elements;
}

Result<BulkTargets> read_changes(const Resource& resource, json::Value root, std::size_t most, const Viewer& viewer) {
    TERRACE_TRY(elements, read_list(root, most));
    return read_targets(elements, [&](json::Value element) { return read_change(resource, element, viewer); });
}

Result<BulkTargets> read_ids(json::Value root, std::size_t most) {
    if (root.kind() != json::Kind::object)
        return std::unexpected(of_whole("invalid", "Invalid data. Expected an object with the member ids."));
    FieldErrors unknown;
    root.each_member([&](std::string_view name, json::Value) {
        if (name != "ids") unknown.emplace_back(name, faults::unknown());
    });
    const auto ids = root.find("ids");
    if (!ids) unknown.emplace_back("ids", faults::required());
    if (!unknown.empty()) return std::unexpected(errors::validation_failed(std::move(unknown)));
    auto elements = read_list(*ids, most);
    if (!elements) return std::unexpected(of_field("ids", std::move(elements.error().fields.front().second)));
    return read_targets(*elements, read_target);
}

Result<bool> read_partial(std::optional<std::string_view> text) {
    if (!text || *text == "false") return false;
    if (*text == "true") return true;
    return std::unexpected(of_field("partial", {"invalid", "Must be true or false."}));
}

std::string BulkOutcome::json() const {
    std::string text;
    json::Writer writer(text);
    writer.begin_object().key("ids").begin_array();
    for (const auto& id : ids) {
        if (id)
            writer.string(id->to_string());
        else
            writer.null();
    }
    writer.end_array().key("errors").raw(errors).end_object();
    return text;
}

BulkOutcome BulkOutcome::parse(std::string_view json) {
    const auto document = json::Document::parse(json);
    const auto ids = document ? document->root().find("ids") : std::nullopt;
    const std::size_t errors = json.find(errors_member);
    if (!ids || errors == std::string_view::npos) malformed();
    BulkOutcome outcome;
    ids->each_element([&](json::Value id) {
        const auto text = id.as_string();
        outcome.ids.push_back(text ? Uuid::parse(*text) : std::nullopt);
    });
    // As it was written: to the end of the whole.
    outcome.errors = json.substr(errors + errors_member.size());
    outcome.errors.pop_back();
    return outcome;
}

std::string bulk_body(const std::vector<std::string>& results, std::string_view errors) {
    std::string body = "{\"results\":[";
    for (const std::string& result : results) {
        if (&result != &results.front()) body += ',';
        body += result.empty() ? "null" : result;
    }
    body += "],\"errors\":";
    body += errors;
    body += '}';
    return body;
}

}  // namespace terrace::resource
