#include "platform/api/openapi.hpp"
#include "platform/base/json.hpp"

#include <algorithm>
#include <string>

namespace terrace::api {
namespace {

std::string_view kind_text(Access::Kind kind) {
    switch (kind) {
        case Access::Kind::open:
            return "open";
        case Access::Kind::signed_in:
            return "signed_in";
        case Access::Kind::rule:
            return "rule";
        case Access::Kind::permission:
            break;
    }
    return "permission";
}

std::string padded(std::string_view text, std::size_t width) {
    std::string result(text);
    result.resize(std::max(width, result.size()), ' ');
    return result;
}

}  // namespace

std::string routes_json(const Api& api) {
    std::string text;
    json::Writer out(text);
    out.begin_array();
    for (const auto& endpoint : api.endpoints) {
        const auto& access = endpoint.access;
        out.begin_object();
        out.member("method", http::to_string(endpoint.method)).member("path", endpoint.path);
        out.member("operation_id", endpoint.documentation.operation_id).member("access", kind_text(access.kind));
        out.key("permission");
        access.permission.empty() ? out.null() : out.string(access.permission);
        out.member("tenant", access.kind != Access::Kind::open).member("any_host", endpoint.any_host);
        out.end_object();
    }
    out.end_array();
    return text;
}

std::string routes_text(const Api& api) {
    std::size_t path_width = 0;
    std::size_t id_width = 0;
    for (const auto& endpoint : api.endpoints) {
        path_width = std::max(path_width, endpoint.path.size());
        id_width = std::max(id_width, endpoint.documentation.operation_id.size());
    }
    std::string text;
    for (const auto& endpoint : api.endpoints) {
        const auto& access = endpoint.access;
        text += padded(http::to_string(endpoint.method), 7) + ' ' + padded(endpoint.path, path_width) + "  " +
                padded(endpoint.documentation.operation_id, id_width) + "  ";
        text += access.guarded() ? access.permission : std::string(kind_text(access.kind));
        text += '\n';
    }
    return text;
}

}  // namespace terrace::api
