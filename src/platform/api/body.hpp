#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/base/error.hpp"
#include "platform/base/json.hpp"

#include <string_view>

namespace terrace::api {

/// The body as a JSON object, for handlers of endpoints that take one (every action takes an object, perhaps an empty
/// one). 400 `parse_error` for no body and for what is no JSON; 400 `validation_failed` under `non_field_errors` for
/// another kind of value.
Result<json::Document> parse_object(const Context& context);

/// 400 `validation_failed` for a body of another kind than an object, in Django REST Framework's words.
Error not_an_object(json::Kind kind);

/// What Django REST Framework calls the kinds (`str`, `list`, `dict`), for messages that its clients know.
std::string_view kind_name(json::Kind kind);

/// Whether a Content-Type is `wanted`, alone; `application/json` also with `charset=utf-8` (RFC 9110 §8.3.1: names in
/// any case, the value perhaps quoted).
bool is_media_type(std::string_view content_type, std::string_view wanted);

}  // namespace terrace::api
