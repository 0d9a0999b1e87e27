#include "platform/api/body.hpp"

#include "platform/base/text.hpp"

#include <string>

namespace terrace::api {
Result<json::Document> parse_object(const Context& context) {
    if (context.request.body.empty()) return std::unexpected(errors::parse_error("The body is empty; send an object."));
    TERRACE_TRY(document, json::Document::parse(context.request.body));
    const auto kind = document.root().kind();
    if (kind == json::Kind::object) return std::move(document);
    return std::unexpected(not_an_object(kind));
}

std::string_view kind_name(json::Kind kind) {
    switch (kind) {
        case json::Kind::null:
            return "null";
        case json::Kind::boolean:
            return "bool";
        case json::Kind::integer:
            return "int";
        case json::Kind::number:
            return "float";
        case json::Kind::string:
            return "str";
        case json::Kind::array:
            return "list";
        case json::Kind::object:
            break;
    }
    return "dict";
}

Error not_an_object(json::Kind kind) {
    FieldError error{"null", "No data provided"};
    if (kind != json::Kind::null)
        error = {"invalid", "Invalid data. Expected a dictionary, but got " + std::string(kind_name(kind)) + "."};
    return errors::validation_failed({{"non_field_errors", std::move(error)}});
}

bool is_media_type(std::string_view content_type, std::string_view wanted) {
    const auto semicolon = content_type.find(';');
    if (!equal_in_any_case(trim(content_type.substr(0, semicolon)), wanted)) return false;
    if (semicolon == std::string_view::npos) return true;
    if (wanted != "application/json") return false;
    const auto parameter = trim(content_type.substr(semicolon + 1));
    return equal_in_any_case(parameter, "charset=utf-8") || equal_in_any_case(parameter, "charset=\"utf-8\"");
}

}  // namespace terrace::api
