#include "platform/api/request_checks.hpp"

#include "platform/api/body.hpp"
#include "platform/api/csrf.hpp"
#include "platform/api/negotiate.hpp"
#include "platform/base/mutant.hpp"

#include <algorithm>
#include <utility>

namespace terrace::api {
namespace {

Error cross_site() {
    return {.status = 403, .code = "cross_site", .detail = "This call comes from another site."};
}

Error unsupported_media_type(std::string_view type) {
    return {.status = 415, .code = "unsupported_media_type", .detail = "Send " + std::string(type) + "."};
}

Error not_acceptable(const Endpoint& endpoint) {
    std::string detail = "This is answered as application/json";
    for (const auto& format : endpoint.documentation.formats) detail += ", " + format.media_type;
    return {.status = 406, .code = "not_acceptable", .detail = detail + " only."};
}

}  // namespace

Result<void> check_accept(const Endpoint& endpoint, const http::Request& request) {
    if (endpoint.documentation.response_schema.empty()) return {};
    const auto accept = request.header("accept");
    if (!accept || admits(*accept, endpoint.documentation.response_type)) return {};
    return std::unexpected(not_acceptable(endpoint));
}

Result<std::string_view> choose_format(const Endpoint& endpoint, const Context& context) {
    const auto asked = context.query_value("format");
    const auto accept = context.request.header("accept").value_or("");
    bool known = false;
    std::string_view best;
    int most = 0;
    const auto consider = [&](std::string_view name, std::string_view media_type) {
        if (asked && *asked != name) return;
        known = true;
        const int wanted = weight(accept, media_type);
        if (wanted <= most) return;
        best = name;
        most = wanted;
    };
    consider("json", endpoint.documentation.response_type);
    for (const auto& format : endpoint.documentation.formats) consider(format.name, format.media_type);
    if (!known)
        return std::unexpected(
            errors::validation_failed({{"format", {"invalid_choice", "This is not a format of this list."}}}));
    if (best.empty()) return std::unexpected(not_acceptable(endpoint));
    return best;
}

Result<void> check_unsafe(const Endpoint& endpoint, const Cors& cors, const http::Request& request) {
    const bool unchecked = mutant("cross-site-unchecked", endpoint.documentation.operation_id);
    if (!unchecked && !is_same_site_call(request) && !cors.admits(request)) return std::unexpected(cross_site());
    const auto type = request.header("content-type");
    const std::string_view taken = endpoint.documentation.request_type;
    const bool acceptable = type ? is_media_type(*type, taken) : request.body.empty();
    if (!acceptable) return std::unexpected(unsupported_media_type(taken));
    return {};
}

Result<http::Query> read_query(const std::vector<std::string>& names, const http::Request& request) {
    if (request.query.empty()) return http::Query{};
    auto query = http::parse_query(request.query);
    if (!query) return std::unexpected(errors::parse_error("The query string is malformed."));
    FieldErrors faults;
    for (auto parameter = query->begin(); parameter != query->end() && !faults.full(); ++parameter) {
        const std::string& name = parameter->first;
        if (std::ranges::find(names, name) == names.end())
            faults.emplace_back(name, {"unknown_field", "This parameter is not known here."});
        else if (std::ranges::find(query->begin(), parameter, name, &http::Query::value_type::first) != parameter)
            faults.emplace_back(name, {"invalid", "This parameter stands twice."});
    }
    if (!faults.empty()) return std::unexpected(errors::validation_failed(std::move(faults)));
    return std::move(*query);
}

}  // namespace terrace::api
