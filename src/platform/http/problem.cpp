#include "platform/http/problem.hpp"

#include "platform/base/json.hpp"
#include "platform/http/status.hpp"

#include <algorithm>

namespace terrace::http {
// Each looks at all before it: of at most FieldErrors::most.
void write_errors(json::Writer& writer, const FieldErrors& fields) {
    writer.begin_object();
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        const std::string& name = field->first;
        if (std::ranges::find(fields.begin(), field, name, &FieldErrors::value_type::first) != field) continue;
        std::string quoted;
        json::append_string(quoted, name);  // an unknown field's name is the client's
        writer.key(std::string_view(quoted).substr(1, quoted.size() - 2)).begin_array();
        for (auto same = field; same != fields.end(); ++same)
            if (same->first == name)
                writer.begin_object()
                    .member("code", same->second.code)
                    .member("message", same->second.message)
                    .end_object();
        writer.end_array();
    }
    writer.end_object();
}

Response problem(const Error& error, std::string_view request_id) {
    Response response{.status = error.status, .content_type = "application/problem+json"};
    json::Writer writer(response.body);
    writer.begin_object()
        .member("type", "about:blank")
        .member("title", reason_phrase(error.status))
        .member("status", error.status)
        .member("code", error.code)
        .member("detail", error.detail)
        .member("request_id", request_id);
    if (!error.fields.empty()) write_errors(writer.key("errors"), error.fields);
    if (!error.extension.empty()) writer.raw(error.extension);
    writer.end_object();

    if (error.status == 401) response.header("WWW-Authenticate", "Bearer");
    if (error.retry_after.count() > 0) response.header("Retry-After", std::to_string(error.retry_after.count()));
    return response;
}

}  // namespace terrace::http
