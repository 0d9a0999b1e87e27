#include "platform/api/options.hpp"

#include "platform/base/json.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace terrace::api {
namespace {

namespace asio = boost::asio;

/// What is known of one path when a caller asks.
struct Path {
    std::vector<Endpoint> endpoints;
    const Teller* finder = nullptr;  ///< of a path that names an object
    std::shared_ptr<const Schemas> schemas;
};

/// Puts what schemas refer to in place, so that an answer can be read by itself.
class Resolver {
  public:
    Resolver(const Schemas& own, const Schemas& shared) : own_(own), shared_(shared) {}

    /// A member `"$ref":"#/components/schemas/…"` becomes the members of what it names. Schemas are our own and written
    /// without spaces; in a string a quotation mark would be escaped. What refers to itself stays a reference.
    std::string resolved(std::string_view schema) {
        static constexpr std::string_view reference = R"("$ref":"#/components/schemas/)";
        std::string text;
        for (;;) {
            const auto found = schema.find(reference);
            text += schema.substr(0, found);
            if (found == schema.npos) return text;
            schema.remove_prefix(found + reference.size());
            const std::string_view name = schema.substr(0, schema.find('"'));
            schema.remove_prefix(name.size() + 1);
            const std::string* const members = under_way(name) ? nullptr : find(name);
            text += members ? members_of(name, *members) : std::string(reference).append(name) + '"';
        }
    }

  private:
    bool under_way(std::string_view name) const { return std::ranges::find(under_way_, name) != under_way_.end(); }

    const std::string* find(std::string_view name) const {
        for (const Schemas* schemas : {&own_, &shared_})
            for (const auto& [known, schema] : *schemas)
                if (known == name) return &schema;
        return nullptr;
    }

    std::string members_of(std::string_view name, std::string_view schema) {
        under_way_.push_back(name);
        std::string members = resolved(schema.substr(1, schema.size() - 2));
        under_way_.pop_back();
        return members;
    }

    const Schemas& own_;
    const Schemas& shared_;
    std::vector<std::string_view> under_way_;
};

/// The code of the problem that the caller would be answered, whatever is sent.
std::optional<std::string> refusal(const Endpoint& endpoint, const Context& context, const void* object) {
    auto admitted = admit(endpoint.access, endpoint.method, context);
    if (admitted && object && endpoint.teller) admitted = endpoint.teller->permits(*context.principal, object);
    if (admitted) return {};
    return std::move(admitted).error().code;
}

void write_permissions(json::Writer& out, const Access& access) {
    out.key("permissions").begin_array();
    if (access.kind == Access::Kind::permission) out.string(access.permission);
    for (const auto& permission : access.rule_permissions) out.string(permission);
    out.end_array();
}

void write_told_parameters(json::Writer& out, const std::vector<Parameter>& parameters, Resolver& resolver) {
    out.key("parameters").begin_array();
    for (const Parameter& parameter : parameters) {
        out.begin_object().member("name", parameter.name).member("in", parameter.in);
        if (!parameter.description.empty()) out.member("description", parameter.description);
        out.key("schema").raw(resolver.resolved(parameter.schema)).end_object();
    }
    out.end_array();
}

/// What a caller who may call the endpoint can send.
void write_input(json::Writer& out, const Endpoint& endpoint, const Path& path, const access::Principal& caller) {
    const Documentation& documentation = endpoint.documentation;
    const Told told =
        endpoint.teller ? endpoint.teller->tell(documentation, caller) : Told{documentation.parameters, {}};
    Resolver resolver(told.schemas, *path.schemas);
    write_told_parameters(out, told.parameters, resolver);
    if (documentation.request_schema.empty()) return;
    const std::string body = R"({"$ref":"#/components/schemas/)" + documentation.request_schema + R"("})";
    out.key("body").raw(resolver.resolved(body));
}

void write_told(json::Writer& out, const Endpoint& endpoint, const Path& path, const Context& context,
                const void* object) {
    const auto refused = refusal(endpoint, context, object);
    out.begin_object().member("operation", endpoint.documentation.operation_id);
    out.member("method", http::to_string(endpoint.method)).member("summary", endpoint.documentation.summary);
    write_permissions(out, endpoint.access);
    out.member("permitted", !refused);
    if (refused)
        out.member("refusal", *refused);
    else
        write_input(out, endpoint, path, *context.principal);
    out.end_object();
}

asio::awaitable<Result<http::Response>> tell(std::shared_ptr<const Path> path, Context& context) {
    std::shared_ptr<const void> object;
    const auto& caller = *context.principal;
    // To whom the path is closed, no object on it can be told from none.
    if (path->finder &&
        std::ranges::any_of(path->endpoints, [&](const Endpoint& e) { return e.access.allows(caller); })) {
        TERRACE_CO_TRY(found, co_await path->finder->find(context));
        object = std::move(found);
    }
    std::string body;
    json::Writer out(body);
    out.begin_object().key("operations").begin_array();
    for (const Endpoint& endpoint : path->endpoints) write_told(out, endpoint, *path, context, object.get());
    out.end_array().end_object();
    co_return http::Response::json(200, std::move(body));
}

/// `patients_list_options`: after the first operation of the path.
Endpoint options_of(std::string name, std::shared_ptr<const Path> path) {
    const Endpoint& first = path->endpoints.front();
    return {.method = http::Method::options,
            .path = std::move(name),
            .access = Access::signed_in(),
            .handler = [path](Context& context) { return tell(path, context); },
            .documentation = {
                .operation_id = first.documentation.operation_id + "_options",
                .summary = "What the caller may do here",
                .description = "Each operation of this address, by the caller's role as it is now. Who is not signed "
                               "in is answered 204 with `Allow` alone.",
                .tag = first.documentation.tag,
                .response_schema = "Options"}};
}

constexpr std::string_view options_schema =
    R"({"type":"object","additionalProperties":false,"required":["operations"],"properties":{"operations":)"
    R"({"type":"array","items":{"$ref":"#/components/schemas/OptionsOperation"}}}})";

constexpr std::string_view operation_schema =
    R"({"type":"object","additionalProperties":false,)"
    R"("required":["operation","method","summary","permissions","permitted"],"properties":{)"
    R"("operation":{"type":"string","description":"Its `operationId` in OpenAPI."},"method":{"type":"string"},)"
    R"("summary":{"type":"string"},)"
    R"("permissions":{"type":"array","items":{"type":"string"},"description":"Those that decide."},)"
    R"("permitted":{"type":"boolean"},)"
    R"("refusal":{"type":"string","description":"The `code` with which it would be refused; present when it is not )"
    R"(permitted. What follows is then missing."},)"
    R"("parameters":{"type":"array","items":{"$ref":"#/components/schemas/OptionsParameter"}},)"
    R"("body":{"type":"object","additionalProperties":true,"description":"The JSON Schema of what may be sent. A )"
    R"(member that is `readOnly` is seen by the caller, who may not change it."}}})";

constexpr std::string_view parameter_schema =
    R"({"type":"object","additionalProperties":false,"required":["name","in","schema"],"properties":{)"
    R"("name":{"type":"string"},"in":{"type":"string","enum":["query","header"]},"description":{"type":"string"},)"
    R"("schema":{"type":"object","additionalProperties":true,"description":"A JSON Schema."}}})";

bool tells(const Path& path, std::string_view name) {
    return std::ranges::any_of(path.endpoints, [](const Endpoint& e) { return e.access.guarded(); }) &&
           (path.finder || path_names(name).empty());
}

}  // namespace

void add_options(Api& api) {
    const auto schemas = std::make_shared<const Schemas>(api.schemas);
    std::vector<std::pair<std::string, std::shared_ptr<Path>>> paths;
    for (const Endpoint& endpoint : api.endpoints) {
        auto found = std::ranges::find(paths, endpoint.path, [](const auto& entry) { return entry.first; });
        if (found == paths.end()) {
            paths.emplace_back(endpoint.path, std::make_shared<Path>(Path{.endpoints = {}, .schemas = schemas}));
            found = std::prev(paths.end());
        }
        found->second->endpoints.push_back(endpoint);
        if (!path_names(endpoint.path).empty() && endpoint.teller) found->second->finder = endpoint.teller.get();
    }
    for (auto& [name, path] : paths)
        if (tells(*path, name)) api.endpoints.push_back(options_of(name, path));
    api.schemas.emplace_back("Options", options_schema);
    api.schemas.emplace_back("OptionsOperation", operation_schema);
    api.schemas.emplace_back("OptionsParameter", parameter_schema);
}

}  // namespace terrace::api
